package io.sluice.state.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * All judged slates of a run, in order. A slate is given slot by slot; slots of one request come
 * one after the other.
 *
 * <p>About 20 bytes a slot beside the ids. Not thread-safe.
 */
public final class SlateLog {

    private record Slot(String item, float prediction, float label) {}

    private static final class Slate {
        final String[] items;
        final float[] predictions;
        final float[] labels;

        Slate(List<Slot> slots) {
            int n = slots.size();
            items = new String[n];
            predictions = new float[n];
            labels = new float[n];
            for (int i = 0; i < n; i++) {
                items[i] = slots.get(i).item;
                predictions[i] = slots.get(i).prediction;
                labels[i] = slots.get(i).label;
            }
        }
    }

    private final List<Slate> slates = new ArrayList<>();
    private final List<Slot> open = new ArrayList<>();
    private String request = "";

    /** Adds one slot. */
    public void add(String request, String item, float prediction, float label) {
        if (!request.equals(this.request)) {
            close();
            this.request = request;
        }
        open.add(new Slot(item, prediction, label));
    }

    private void close() {
        if (!open.isEmpty()) {
            slates.add(new Slate(open));
            open.clear();
        }
    }

    /** How many slates there are. */
    public int size() {
        return slates.size() + (open.isEmpty() ? 0 : 1);
    }

    /** Each slate judged, in order. */
    List<SlateQuality> qualities() {
        close();
        List<SlateQuality> qualities = new ArrayList<>(slates.size());
        for (Slate slate : slates) {
            qualities.add(SlateQuality.of(slate.items, slate.predictions, slate.labels));
        }
        return qualities;
    }

    /** Which slot, counted over the whole run, each slate starts with. */
    int[] starts() {
        close();
        int[] starts = new int[slates.size()];
        int slots = 0;
        for (int i = 0; i < starts.length; i++) {
            starts[i] = slots;
            slots += slates.get(i).items.length;
        }
        return starts;
    }

    /** The figures of all slates. */
    public SlateSummary overall() {
        return summary(0);
    }

    /** The figures of the last fifth: slates from ⌊0.8 n⌋ on. */
    public SlateSummary last20() {
        return summary(ScoreLog.lastFifth(size()));
    }

    private SlateSummary summary(int from) {
        close();
        SlateScore score = new SlateScore();
        for (Slate slate : slates.subList(from, slates.size())) {
            score.add(slate.items, slate.predictions, slate.labels);
        }
        return score.summary();
    }
}
