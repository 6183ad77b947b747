package io.sluice.state.memory;

import io.sluice.state.check.Checks;
import java.io.Serializable;

/**
 * Settings of the memory of errors. The defaults stand, with their reasons, in {@code
 * config/reference.yaml}.
 *
 * @param mode which memory
 * @param keys under which errors are remembered
 * @param cells of all keys together, a multiple of 64 from 64 to 2²⁴, their number never changes;
 *     0: {@value #USUAL_CELLS}, or as many as a third of the model's budget beyond 112 KiB holds,
 *     and no memory where these are fewer than 256
 * @param fastHalfLifeMs event time in which the fast third of a cell fades to a half, 1000 or more
 * @param middleHalfLifeMs the same of the middle third, at least as long
 * @param slowHalfLifeMs the same of the slow third, at least as long
 * @param prior n₀: evidence in units of p(1 − p) that pulls a correction towards 0, (0, 10⁶]
 * @param limit most that memory moves log-odds, (0, 10]
 * @param leastUsers different users whose errors a key without the user needs before it counts, 1
 *     to 16
 * @param gate how far memory is trusted
 * @param reloop2 the published memory, for that mode
 * @param lsh of the key that is a code of the representation
 */
public record MemoryConfig(
        MemoryMode mode,
        MemoryKeys keys,
        int cells,
        long fastHalfLifeMs,
        long middleHalfLifeMs,
        long slowHalfLifeMs,
        double prior,
        double limit,
        int leastUsers,
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
                    60_000,
                    3_600_000,
                    2_592_000_000L,
                    5,
                    1,
                    3,
                    GateConfig.DEFAULT,
                    Reloop2Config.DEFAULT,
                    LshConfig.DEFAULT);

    /** No memory. */
    public static final MemoryConfig NONE = DEFAULT.with(MemoryMode.NONE);

    /** Cells of all keys where the model has no budget. */
    public static final int USUAL_CELLS = 1 << 16;

    static final int LEAST_CELLS = 1 << 6;
    private static final long CENTURY_MS = 3_155_760_000_000L;

    public MemoryConfig {
        Checks.notNull("memory.mode", mode);
        Checks.notNull("memory.keys", keys);
        if (cells != 0) {
            Checks.inRange("memory.cells", cells, LEAST_CELLS, 1 << 24);
            boolean whole = cells % LEAST_CELLS == 0;
            Checks.that(whole, "memory.cells", "a multiple of " + LEAST_CELLS, cells);
        }
        Checks.inRange("memory.fastHalfLifeMs", fastHalfLifeMs, 1000, CENTURY_MS);
        Checks.inRange("memory.middleHalfLifeMs", middleHalfLifeMs, 1000, CENTURY_MS);
        Checks.inRange("memory.slowHalfLifeMs", slowHalfLifeMs, 1000, CENTURY_MS);
        Checks.above("memory.prior", prior, 0, 1e6);
        Checks.above("memory.limit", limit, 0, 10);
        Checks.inRange("memory.leastUsers", leastUsers, 1, VotingRound.VOTES);
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
                middleHalfLifeMs,
                slowHalfLifeMs,
                prior,
                limit,
                leastUsers,
                gate,
                published,
                codes);
    }
}
