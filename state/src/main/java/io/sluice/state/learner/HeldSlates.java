package io.sluice.state.learner;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.kernel.KeyGroups;
import io.sluice.state.rank.Candidates;
import io.sluice.state.rank.LabelledSlate;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * Slates that wait for their labels: log-odds and vectors as of the moment they were shown, so that
 * nothing of their labels is in them.
 *
 * <p>At most {@value #MOST_SLOTS} slots are held, 4·(k + 6) bytes each for k dimensions beside the
 * id; slates that find no room, and those of one slot or more than {@value #LONGEST}, are not
 * learnt from. The ranker has few parameters and does not need them all. Not thread-safe.
 */
final class HeldSlates {

    static final int MOST_SLOTS = 65_536;
    static final int LONGEST = 512;

    private static final float OPEN = -1;

    private final TreeMap<Long, Held> held = new TreeMap<>();
    private int slots;
    private long passedOver;

    /** One slate. */
    private static final class Held {

        final String[] items;
        final float[] logits;
        final long[] groups;
        final int[] positions;
        final float[] propensities;
        final float[] labels;
        final float[] vectors;
        int open;

        Held(int n, int dimensions) {
            items = new String[n];
            logits = new float[n];
            groups = new long[n];
            positions = new int[n];
            propensities = new float[n];
            labels = new float[n];
            vectors = new float[n * dimensions];
            Arrays.fill(labels, OPEN);
            open = n;
        }

        LabelledSlate labelled() {
            int n = items.length;
            Candidates candidates = new Candidates();
            candidates.reset(n, vectors.length / n);
            System.arraycopy(vectors, 0, candidates.vectors(), 0, vectors.length);
            for (int i = 0; i < n; i++) {
                candidates.name(i, items[i]);
                candidates.score(i, logits[i], Double.NaN);
                candidates.group(i, groups[i]);
            }
            return new LabelledSlate(candidates, labels, positions, propensities);
        }
    }

    /** Scores one slot: log-odds returned, vector written. */
    interface Scorer {
        double score(SlateShown.Slot slot, float[] vectors, int at);
    }

    /** Holds a slate, if there is room. */
    void put(long key, SlateShown shown, int dimensions, Scorer scorer) {
        int n = shown.slots().size();
        if (n < 2 || n > LONGEST || slots + n > MOST_SLOTS || held.containsKey(key)) {
            passedOver++;
            return;
        }
        Held slate = new Held(n, dimensions);
        for (int i = 0; i < n; i++) {
            SlateShown.Slot slot = shown.slots().get(i);
            slate.items[i] = slot.item();
            slate.logits[i] = (float) scorer.score(slot, slate.vectors, i * dimensions);
            slate.groups[i] = slot.group();
            slate.positions[i] = slot.position();
            slate.propensities[i] = slot.propensity();
        }
        held.put(key, slate);
        slots += n;
    }

    /** Gives a slot its label; the whole slate once all have theirs, otherwise null. */
    LabelledSlate label(long key, String item, float label) {
        Held slate = held.isEmpty() ? null : held.get(key);
        if (slate == null) {
            return null;
        }
        for (int i = 0; i < slate.items.length; i++) {
            if (slate.labels[i] == OPEN && slate.items[i].equals(item)) {
                slate.labels[i] = label;
                slate.open--;
                break;
            }
        }
        if (slate.open > 0) {
            return null;
        }
        held.remove(key);
        slots -= slate.items.length;
        return slate.labelled();
    }

    int size() {
        return held.size();
    }

    /** Slates that were not held. */
    long passedOver() {
        return passedOver;
    }

    long bytes() {
        long floats = 0;
        for (Held slate : held.values()) {
            floats += slate.vectors.length;
        }
        return Float.BYTES * floats + 72L * slots;
    }

    /** Writes each group's slates in the order of their keys. */
    void write(int groups, DataOutput[] outs) throws IOException {
        int[] counts = new int[groups];
        for (long key : held.keySet()) {
            counts[KeyGroups.of(key, groups)]++;
        }
        for (int group = 0; group < groups; group++) {
            outs[group].writeInt(counts[group]);
        }
        for (var entry : held.entrySet()) {
            write(entry.getKey(), entry.getValue(), outs[KeyGroups.of(entry.getKey(), groups)]);
        }
    }

    private static void write(long key, Held slate, DataOutput out) throws IOException {
        int n = slate.items.length;
        out.writeLong(key);
        out.writeInt(n);
        out.writeInt(slate.vectors.length / n);
        for (int i = 0; i < n; i++) {
            out.writeUTF(slate.items[i]);
            out.writeFloat(slate.logits[i]);
            out.writeLong(slate.groups[i]);
            out.writeInt(slate.positions[i]);
            out.writeFloat(slate.propensities[i]);
            out.writeFloat(slate.labels[i]);
        }
        for (float value : slate.vectors) {
            out.writeFloat(value);
        }
    }

    /** Adds slates as written by {@link #write}. */
    void read(DataInput in, int dimensions) throws IOException {
        int count = in.readInt();
        if (count < 0) {
            throw new CorruptStateException("held slates: found %d slates".formatted(count));
        }
        for (int s = 0; s < count; s++) {
            long key = in.readLong();
            int n = in.readInt();
            int width = in.readInt();
            if (n < 2 || n > LONGEST || width != dimensions) {
                throw new CorruptStateException(
                        "held slates: found a slate of %d slots and %d dimensions, expected %d dimensions"
                                .formatted(n, width, dimensions));
            }
            held.put(key, readSlate(n, dimensions, in));
            slots += n;
        }
    }

    private static Held readSlate(int n, int dimensions, DataInput in) throws IOException {
        Held slate = new Held(n, dimensions);
        slate.open = 0;
        for (int i = 0; i < n; i++) {
            slate.items[i] = in.readUTF();
            slate.logits[i] = CorruptStateException.finite("log-odds", in.readFloat());
            slate.groups[i] = in.readLong();
            slate.positions[i] = in.readInt();
            slate.propensities[i] = in.readFloat();
            slate.labels[i] = in.readFloat();
            slate.open += slate.labels[i] == OPEN ? 1 : 0;
        }
        for (int i = 0; i < slate.vectors.length; i++) {
            slate.vectors[i] = CorruptStateException.finite("a vector", in.readFloat());
        }
        return slate;
    }
}
