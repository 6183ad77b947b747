package io.sluice.state.memory;

import io.sluice.state.check.Checks;
import java.io.Serializable;

/**
 * Settings of the published memory, under the paper's symbols.
 *
 * @param arrays K: arrays of buckets, each with a hash of its own, 1 to 1024
 * @param bits L: bits of a hash; an array has 2^L buckets, 1 to 20
 * @param compensation λ: share of the estimated error that is added, [0, 1]
 * @param mix γ: 1 compares the labels of the neighbours with this prediction, 0 with theirs, [0, 1]
 * @param temperature τ of the weights of the arrays, (0, 1000]
 * @param resetEvents examples after which all buckets are emptied, at least 1; 0: never
 */
public record Reloop2Config(
        int arrays, int bits, double compensation, double mix, double temperature, long resetEvents)
        implements Serializable {

    /** The defaults of {@code config/reference.yaml}. */
    public static final Reloop2Config DEFAULT = new Reloop2Config(16, 12, 0.4, 1, 0.1, 0);

    public Reloop2Config {
        Checks.inRange("memory.reloop2.arrays", arrays, 1, 1024);
        Checks.inRange("memory.reloop2.bits", bits, 1, 20);
        Checks.inRange("memory.reloop2.compensation", compensation, 0, 1);
        Checks.inRange("memory.reloop2.mix", mix, 0, 1);
        Checks.above("memory.reloop2.temperature", temperature, 0, 1000);
        Checks.notNegative("memory.reloop2.resetEvents", resetEvents);
    }
}
