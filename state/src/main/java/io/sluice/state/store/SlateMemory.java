package io.sluice.state.store;

import io.sluice.state.event.ShownMemory;
import io.sluice.state.memory.MemoryReading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What memory did to each candidate of a request, packed until it is logged for those that are
 * shown. Not thread-safe.
 */
public final class SlateMemory {

    /** For requests that no memory was asked about. */
    public static final SlateMemory NONE = new SlateMemory(0, 0);

    private final int voices;
    private final double[] bases;
    private final float[] corrections;

    /** Nothing yet of these many candidates. */
    SlateMemory(int items, int voices) {
        this.voices = voices;
        bases = new double[items];
        corrections = new float[items * voices];
        Arrays.fill(bases, Double.NaN);
    }

    void keep(int item, MemoryReading reading) {
        bases[item] = reading.base();
        for (int v = 0; v < voices; v++) {
            corrections[item * voices + v] = reading.correction(v);
        }
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
