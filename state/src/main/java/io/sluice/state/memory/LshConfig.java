package io.sluice.state.memory;

import io.sluice.state.check.Checks;
import java.io.Serializable;

/**
 * Settings of the key {@link MemoryKeys#LSH}, the code of the model's representation.
 *
 * @param bits of a code, 2 to 14; there are 2^bits of them
 * @param checkEvents examples written between two looks at whether codes still mean what they
 *     meant, 32 to 10⁷; as many before the first code
 * @param agreement least share of canaries whose code is still the one that they were taken with,
 *     (0, 1]; with fewer the next version of the encoder begins
 */
public record LshConfig(int bits, int checkEvents, double agreement) implements Serializable {

    /** The defaults of {@code config/reference.yaml}. */
    public static final LshConfig DEFAULT = new LshConfig(8, 5_000, 0.5);

    /** Most bits of a code. */
    static final int MOST_BITS = 14;

    public LshConfig {
        // Four cells, a block, at least.
        Checks.inRange("memory.lsh.bits", bits, 2, MOST_BITS);
        Checks.inRange("memory.lsh.checkEvents", checkEvents, CodeWatch.CANARIES, 10_000_000);
        Checks.above("memory.lsh.agreement", agreement, 0, 1);
    }
}
