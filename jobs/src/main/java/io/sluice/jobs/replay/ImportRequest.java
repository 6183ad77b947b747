package io.sluice.jobs.replay;

import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.replay.dataset.ExampleKind;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * What somebody asks of an import.
 *
 * @param config the pipeline's file
 * @param overrides lays single settings over it
 * @param data folder or file
 * @param examples which file of a folder holds the examples; empty: what {@code examples.source}
 *     says where there are both
 * @param until epoch milliseconds; what happened then or later is left to live traffic; empty:
 *     nothing is
 */
public record ImportRequest(
        Path config,
        UnaryOperator<ConfigLoader> overrides,
        Path data,
        Optional<ExampleKind> examples,
        OptionalLong until) {

    /** As a replay of the same data would be asked for. */
    ReplayRequest replay() {
        return new ReplayRequest(
                Optional.of(config),
                overrides,
                data,
                examples,
                Long.MAX_VALUE,
                false,
                Optional.empty(),
                Optional.empty(),
                "");
    }
}
