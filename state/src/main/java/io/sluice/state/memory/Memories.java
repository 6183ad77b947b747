package io.sluice.state.memory;

import io.sluice.state.feature.FeatureSchema;

/** Makes memories of errors by their configuration. */
public final class Memories {

    /** Of the bytes that model and memory have together, those that the model has to itself. */
    private static final int OF_MODEL = 112 << 10;

    /** A memory takes this share of the others. */
    private static final int SHARE = 3;

    /** Cells below which that share is of more use to the model. */
    private static final int FEWEST_CELLS = 256;

    private Memories() {}

    /**
     * The settings with the number of cells decided: of mode none where that is left to be decided
     * and the budget has no room for a memory that is of use.
     *
     * @param budget bytes of model and memory together; {@link Long#MAX_VALUE} for no limit
     * @param dimensions of the model's representation
     */
    public static MemoryConfig sized(
            MemoryConfig config, long budget, FeatureSchema schema, int dimensions) {
        if (config.mode() != MemoryMode.RESIDUAL || config.cells() != 0) {
            return config;
        }
        int step = MemoryConfig.LEAST_CELLS;
        long least = ResidualMemory.bytes(config.withCells(step), schema, dimensions);
        long each = ResidualMemory.bytes(config.withCells(2 * step), schema, dimensions) - least;
        long steps = 1 + Math.floorDiv((budget - OF_MODEL) / SHARE - least, each);
        return step * steps < FEWEST_CELLS
                ? config.with(MemoryMode.NONE)
                : config.withCells((int) Math.min(MemoryConfig.USUAL_CELLS, step * steps));
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
