package io.sluice.state.store;

import io.sluice.state.event.ShownMemory;
import io.sluice.state.memory.ErrorMemory;
import io.sluice.state.memory.ExplainedVoice;
import io.sluice.state.memory.MemoryReading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What memory did to each candidate of a request, packed until it is logged for those that are
 * shown. Not thread-safe.
 */
public final class SlateMemory {

    /** For requests that no memory was asked about. */
    public static final SlateMemory NONE = new SlateMemory(0, 0, false);

    private final int voices;
    private final double[] bases;
    private final float[] corrections;
    private final List<List<ExplainedVoice>> explained; // null: nobody asks

    /**
     * Nothing yet of these many candidates.
     *
     * @param explains whether what each voice did is kept for people
     */
    SlateMemory(int items, int voices, boolean explains) {
        explained = explains ? new ArrayList<>(Collections.nCopies(items, List.of())) : null;
        this.voices = voices;
        bases = new double[items];
        corrections = new float[items * voices];
        Arrays.fill(bases, Double.NaN);
    }

    void keep(int item, MemoryReading reading, ErrorMemory memory) {
        bases[item] = reading.base();
        for (int v = 0; v < voices; v++) {
            corrections[item * voices + v] = reading.correction(v);
        }
        if (explained != null) {
            explained.set(item, explain(reading, memory));
        }
    }

    private static List<ExplainedVoice> explain(MemoryReading reading, ErrorMemory memory) {
        List<ExplainedVoice> all = new ArrayList<>();
        for (int v = 0; v < memory.voices(); v++) {
            all.add(
                    new ExplainedVoice(
                            memory.voice(v),
                            reading.correction(v),
                            memory.weight(v, reading),
                            reading.evidence(v)));
        }
        return all;
    }

    /** What each voice did to a candidate; empty unless asked for, and without memory. */
    public List<ExplainedVoice> explained(int item) {
        return explained == null ? List.of() : explained.get(item);
    }

    /** The model's own probability of a candidate; NaN without memory. */
    public double base(int item) {
        return item < bases.length ? bases[item] : Double.NaN;
    }

    /** What is logged of one candidate. */
    public ShownMemory shown(int item) {
        if (item >= bases.length || Double.isNaN(bases[item])) {
            return ShownMemory.NONE;
        }
        List<Float> said = new ArrayList<>(voices);
        for (int v = 0; v < voices; v++) {
            said.add(corrections[item * voices + v]);
        }
        return new ShownMemory(bases[item], said);
    }
}
