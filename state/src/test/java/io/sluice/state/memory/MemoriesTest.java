package io.sluice.state.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoriesTest {

    private static final int DIMENSIONS = 16;
    private static final FeatureSchema SCHEMA =
            new FeatureSchema(
                    List.of(
                            FeatureSpec.of("user", Source.USER, "", Kind.ID),
                            FeatureSpec.of("item", Source.ITEM, "", Kind.ID)));
    private static final MemoryConfig RESIDUAL = MemoryConfig.DEFAULT.with(MemoryMode.RESIDUAL);

    @ParameterizedTest
    @ValueSource(longs = {0, 64 << 10, 112 << 10, 128 << 10, 136 << 10})
    void rowsKeepAllOfASmallBudget(long budget) {
        MemoryConfig sized = Memories.sized(RESIDUAL, budget, SCHEMA, DIMENSIONS);

        assertThat(sized.mode()).isEqualTo(MemoryMode.NONE);
        assertThat(Memories.of(sized, SCHEMA, DIMENSIONS)).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {160 << 10, 200_001, 256 << 10, 512 << 10, 1 << 20, 5_000_000})
    void aThirdOfWhatIsBeyondThemIsUsedAndNotExceeded(long budget) {
        MemoryConfig sized = Memories.sized(RESIDUAL, budget, SCHEMA, DIMENSIONS);
        long share = (budget - (112 << 10)) / 3;
        MemoryConfig more = sized.withCells(sized.cells() + MemoryConfig.LEAST_CELLS);

        assertThat(sized.cells()).isBetween(256, MemoryConfig.USUAL_CELLS - 1);
        assertThat(Memories.bytes(sized, SCHEMA, DIMENSIONS)).isLessThanOrEqualTo(share);
        assertThat(Memories.bytes(more, SCHEMA, DIMENSIONS)).isGreaterThan(share);
    }

    @Test
    void withoutALimitThereAreAsManyCellsAsUsual_andWhatIsSetStands() {
        MemoryConfig unlimited = Memories.sized(RESIDUAL, Long.MAX_VALUE, SCHEMA, DIMENSIONS);
        MemoryConfig set = RESIDUAL.withCells(64);

        assertThat(unlimited).isEqualTo(RESIDUAL.withCells(MemoryConfig.USUAL_CELLS));
        assertThat(Memories.sized(set, 64 << 10, SCHEMA, DIMENSIONS)).isEqualTo(set);
        assertThat(Memories.sized(MemoryConfig.NONE, 1 << 20, SCHEMA, DIMENSIONS))
                .isEqualTo(MemoryConfig.NONE);
    }
}
