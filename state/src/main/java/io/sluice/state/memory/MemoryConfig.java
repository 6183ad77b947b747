package io.sluice.state.memory;

import io.sluice.state.check.Checks;
import java.io.Serializable;

/**
 * Settings of the memory of errors. The defaults stand, with their reasons, in {@code
 * config/reference.yaml}.
 *
 * @param mode which memory
 * @param keys under which errors are remembered
 * @param cells of each key, a power of two from 2⁶ to 2²⁴, their number never changes; 0: {@value
 *     #USUAL_CELLS}, or as many as an eighth of the model's budget holds
 * @param fastHalfLifeMs event time in which the fast half of a cell fades to a half, 1000 or more
 * @param slowHalfLifeMs the same of the slow half, at least as long
 * @param prior n₀: evidence in units of p(1 − p) that pulls a correction towards 0, (0, 10⁶]
 * @param limit most that memory moves log-odds, (0, 10]
 * @param leastUsers different users whose errors a key without the user needs before it counts, 1
 *     to 32
 * @param userCap most errors of one user that a key without the user takes in a half-life of each
 *     rate, 1 to 7
 * @param gate how far memory is trusted
 * @param reloop2 the published memory, for that mode
 * @param lsh of the key that is a code of the representation
 */
public record MemoryConfig(
        MemoryMode mode,
        MemoryKeys keys,
        int cells,
        long fastHalfLifeMs,
        long slowHalfLifeMs,
        double prior,
        double limit,
        int leastUsers,
        int userCap,
        GateConfig gate,
        Reloop2Config reloop2,
        LshConfig lsh)
        implements Serializable {

    /** The defaults of {@code config/reference.yaml}. */
    public static final MemoryConfig DEFAULT =
            new MemoryConfig(
                    MemoryMode.NONE,
                    MemoryKeys.AUTO,
                    0,
                    3_600_000,
                    2_592_000_000L,
                    10,
                    1,
                    3,
                    2,
                    GateConfig.DEFAULT,
                    Reloop2Config.DEFAULT,
                    LshConfig.DEFAULT);

    /** No memory. */
    public static final MemoryConfig NONE = DEFAULT.with(MemoryMode.NONE);

    /** Cells of each key where the model has no budget. */
    public static final int USUAL_CELLS = 1 << 14;

    static final int LEAST_CELLS = 1 << 6;
    private static final long CENTURY_MS = 3_155_760_000_000L;

    public MemoryConfig {
        Checks.notNull("memory.mode", mode);
        Checks.notNull("memory.keys", keys);
        if (cells != 0) {
            Checks.inRange("memory.cells", cells, LEAST_CELLS, 1 << 24);
            Checks.powerOfTwo("memory.cells", cells);
        }
        Checks.inRange("memory.fastHalfLifeMs", fastHalfLifeMs, 1000, CENTURY_MS);
        Checks.inRange("memory.slowHalfLifeMs", slowHalfLifeMs, 1000, CENTURY_MS);
        Checks.above("memory.prior", prior, 0, 1e6);
        Checks.above("memory.limit", limit, 0, 10);
        Checks.inRange("memory.leastUsers", leastUsers, 1, 32);
        Checks.inRange("memory.userCap", userCap, 1, 7);
        Checks.notNull("memory.gate", gate);
        Checks.notNull("memory.reloop2", reloop2);
        Checks.notNull("memory.lsh", lsh);
    }

    /** The same settings in another mode. */
    public MemoryConfig with(MemoryMode another) {
        return with(another, keys, cells, reloop2, lsh);
    }

    /** The same settings with another number of cells. */
    public MemoryConfig withCells(int number) {
        return with(mode, keys, number, reloop2, lsh);
    }

    /** The same settings with another published memory. */
    public MemoryConfig with(Reloop2Config published) {
        return with(mode, keys, cells, published, lsh);
    }

    /** The same settings with other keys, and other codes for those that have one. */
    public MemoryConfig with(MemoryKeys others, LshConfig codes) {
        return with(mode, others, cells, reloop2, codes);
    }

    private MemoryConfig with(
            MemoryMode another,
            MemoryKeys others,
            int number,
            Reloop2Config published,
            LshConfig codes) {
        return new MemoryConfig(
                another,
                others,
                number,
                fastHalfLifeMs,
                slowHalfLifeMs,
                prior,
                limit,
                leastUsers,
                userCap,
                gate,
                published,
                codes);
    }
}
