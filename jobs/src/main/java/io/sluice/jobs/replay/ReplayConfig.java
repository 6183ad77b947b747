package io.sluice.jobs.replay;

import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.ConfigPrinter;
import io.sluice.jobs.config.ExamplesConfig;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.replay.dataset.DataFolder;
import io.sluice.jobs.replay.dataset.DataLimits;
import io.sluice.jobs.replay.dataset.DataSet;
import io.sluice.jobs.replay.dataset.ExampleKind;
import io.sluice.jobs.replay.dataset.KnownDelays;
import io.sluice.jobs.replay.dataset.TruthColumns;
import io.sluice.jobs.replay.infer.ColumnVerdict;
import io.sluice.jobs.replay.infer.InferredConfig;
import io.sluice.state.evaluate.Truth;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The configuration of a replay, given or inferred, and the data set that it goes with.
 *
 * @param config effective, all settings applied
 * @param data looked through once
 * @param yaml the configuration as a file that gives the same run again
 * @param isInferred whether it came from the data
 * @param delays after how long positives become known, where labels are late and the data say so
 */
record ReplayConfig(
        SluiceConfig config,
        DataSet data,
        String yaml,
        boolean isInferred,
        Optional<KnownDelays> delays) {

    /**
     * Reads the configuration if one is given, looks through the data, and infers the features
     * otherwise.
     *
     * @param nowMs the clock, epoch milliseconds: rows can't be from later than that
     * @param say takes what a person should know
     */
    static ReplayConfig of(ReplayRequest request, long nowMs, Consumer<String> say)
            throws IOException {
        ConfigLoader given = new ConfigLoader();
        request.config().ifPresent(given::file);
        ConfigLoader overridden = request.overrides().apply(given);
        if (request.config().isEmpty()) {
            // What refers to features that are still to be inferred.
            overridden.set("streaming=[]").set("rank.group=none");
            overridden.set("rank.seen=none").set("rank.evidence=none");
            overridden.set("memory.keys=auto").set("drift.segment=none");
        }
        SluiceConfig first = overridden.load();
        DataFolder folder = DataFolder.open(request.data());
        DataSet data =
                DataSet.open(
                        folder,
                        kind(request, first, folder),
                        limits(first, nowMs),
                        first.examples().ordered());
        InferredConfig.clashes(data.profile()).stream()
                .map(name -> name + " stands in two files; the value in the event's own counts")
                .forEach(say);
        if (request.config().isPresent()) {
            return new ReplayConfig(
                    first, data, ConfigPrinter.yaml(first), false, delays(first, data, say));
        }
        InferredConfig inferred = InferredConfig.of(data.profile());
        inferred.verdicts().stream()
                .filter(ColumnVerdict::isLeftOut)
                .map(verdict -> "left out " + verdict.column() + ": it " + verdict.reason())
                .forEach(say);
        String yaml = inferred.yaml();
        SluiceConfig plain = loader(yaml).load();
        SluiceConfig config = request.overrides().apply(loader(yaml)).load();
        // As a person would write it, unless there is more to it than was inferred.
        String written = config.equals(plain) ? yaml : ConfigPrinter.yaml(config);
        return new ReplayConfig(config, data, written, true, delays(config, data, say));
    }

    private static Optional<KnownDelays> delays(
            SluiceConfig config, DataSet data, Consumer<String> say) throws IOException {
        ExamplesConfig examples = config.examples();
        if (examples.delayMs() == 0 || examples.positiveDelayMs() > 0) {
            return Optional.empty();
        }
        Optional<KnownDelays> delays = data.delays(examples.delayMs());
        if (delays.isPresent()) {
            say.accept("positives are known as late as %s says".formatted(TruthColumns.DELAY));
        }
        return delays;
    }

    /** The same data for another configuration, which differs in no key of {@code examples}. */
    ReplayConfig with(SluiceConfig other) {
        return new ReplayConfig(other, data, yaml, isInferred, delays);
    }

    private static ConfigLoader loader(String yaml) {
        return new ConfigLoader().text(yaml, "the inferred configuration");
    }

    /** The command line decides first, then a given configuration, then what there is. */
    private static Optional<ExampleKind> kind(
            ReplayRequest request, SluiceConfig config, DataFolder folder) {
        boolean both = folder.slates().isPresent() && folder.interactions().isPresent();
        if (request.examples().isPresent() || request.config().isEmpty() || !both) {
            return request.examples();
        }
        return Optional.of(
                config.examples().source() == ExamplesConfig.Source.INTERACTIONS
                        ? ExampleKind.INTERACTIONS
                        : ExampleKind.SLATES);
    }

    private static DataLimits limits(SluiceConfig config, long nowMs) {
        return new DataLimits(
                config.limits().earliest(),
                nowMs + config.limits().aheadMs(),
                config.limits().recordBytes(),
                config.limits().slateItems(),
                config.limits().attributes(),
                config.limits().textLength(),
                config.examples().repeatMs());
    }

    /** The truth about the examples, where it is known and each example is a row. */
    Optional<Truth> truth() throws IOException {
        return config.examples().negatives() == 0 ? data.truth() : Optional.empty();
    }

    ReplaySettings settings(long limit) {
        return new ReplaySettings(
                config.schema(),
                config.model(),
                config.memory(),
                config.drift(),
                config.rank(),
                config.examples().labelThreshold().orElse(Double.NaN),
                new DelayedLabels(
                        config.feedback().whileOpen(),
                        config.feedback().patience(),
                        config.examples().delayMs(),
                        config.examples().positiveDelayMs(),
                        config.seed(),
                        delays),
                config.examples().negatives(),
                limit);
    }
}
