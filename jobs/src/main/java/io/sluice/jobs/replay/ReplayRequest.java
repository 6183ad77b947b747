package io.sluice.jobs.replay;

import io.sluice.jobs.replay.dataset.ExampleKind;
import io.sluice.state.check.Checks;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What somebody asks of a replay.
 *
 * @param config the configuration's file; empty: it is inferred from the data
 * @param settings single keys over it, {@code key=value}
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
        List<String> settings,
        Path data,
        Optional<ExampleKind> examples,
        long limit,
        boolean flink,
        Optional<Path> out,
        Optional<Path> json,
        String revision) {

    public ReplayRequest {
        settings = List.copyOf(settings);
        Checks.positive("--limit", limit);
    }
}
