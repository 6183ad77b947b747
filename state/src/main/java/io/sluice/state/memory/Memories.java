package io.sluice.state.memory;

import io.sluice.state.feature.FeatureSchema;

/** Makes memories of errors by their configuration. */
public final class Memories {

    /** A memory takes at most this share of the bytes that model and memory have together. */
    private static final int SHARE = 8;

    private Memories() {}

    /**
     * The settings with the number of cells decided.
     *
     * @param budget bytes of model and memory together; {@link Long#MAX_VALUE} for no limit
     * @param dimensions of the model's representation
     */
    public static MemoryConfig sized(
            MemoryConfig config, long budget, FeatureSchema schema, int dimensions) {
        if (config.mode() != MemoryMode.RESIDUAL || config.cells() != 0) {
            return config;
        }
        MemoryConfig sized = config.withCells(MemoryConfig.USUAL_CELLS);
        while (sized.cells() > MemoryConfig.LEAST_CELLS
                && ResidualMemory.bytes(sized, schema, dimensions) > budget / SHARE) {
            sized = config.withCells(sized.cells() / 2);
        }
        return sized;
    }

    /**
     * A memory of nothing; null for mode none.
     *
     * @param config sized
     * @param dimensions of the model's representation
     */
    public static ErrorMemory of(MemoryConfig config, FeatureSchema schema, int dimensions) {
        return switch (config.mode()) {
            case NONE -> null;
            case RESIDUAL -> new ResidualMemory(config, schema, dimensions);
            case RELOOP2 -> new Reloop2Memory(config.reloop2(), dimensions);
        };
    }

    /**
     * Bytes that a memory of these settings holds.
     *
     * @param config sized
     * @param dimensions of the model's representation
     */
    public static long bytes(MemoryConfig config, FeatureSchema schema, int dimensions) {
        return switch (config.mode()) {
            case NONE -> 0;
            case RESIDUAL -> ResidualMemory.bytes(config, schema, dimensions);
            case RELOOP2 -> Reloop2Memory.bytes(config.reloop2(), dimensions);
        };
    }
}
