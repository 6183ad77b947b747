package io.sluice.jobs.replay;

import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.replay.dataset.ExampleKind;
import io.sluice.state.check.Checks;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What somebody asks of a replay.
 *
 * @param config the configuration's file; empty: it is inferred from the data
 * @param overrides lays single settings over whatever configuration there is
 * @param data folder or file
 * @param examples which file of a folder holds the examples; empty: slates where there are some
 * @param limit how many examples, or requests of slates, at most
 * @param flink through Kafka and the training job instead of in this thread
 * @param out folder for everything that is written; empty: nothing is written
 * @param json file for the figures; empty: none
 * @param revision of the sources, for the report
 */
public record ReplayRequest(
        Optional<Path> config,
        UnaryOperator<ConfigLoader> overrides,
        Path data,
        Optional<ExampleKind> examples,
        long limit,
        boolean flink,
        Optional<Path> out,
        Optional<Path> json,
        String revision) {

    public ReplayRequest {
        Checks.positive("--limit", limit);
    }

    /** The same over other data. */
    ReplayRequest over(Path other) {
        return new ReplayRequest(
                config, overrides, other, examples, limit, flink, out, json, revision);
    }
}
