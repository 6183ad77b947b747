package io.sluice.jobs.config;

import io.sluice.operators.train.LearnConfig;
import io.sluice.state.check.InvalidValueException;
import io.sluice.state.feature.stream.StreamPlan;
import io.sluice.state.learner.OpenWindow;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Topics, windows, clocks and limits fit each other: what the jobs and the server share. */
final class StreamChecks extends CrossChecks {

    StreamChecks(SluiceConfig config, Problems problems) {
        super(config, problems);
    }

    @Override
    void check() {
        topicsAreDifferent();
        streamingFits();
        windowsOutlastDisorder();
        feedbackCanBePositive();
        openWindowsFit();
        parallelismFits();
        clocksFit();
        transactionsOutlastCheckpoints();
        serverStaysWithinLimits();
    }

    private void topicsAreDifferent() {
        List<String> keys = RecordBinder.keys(TopicsConfig.class);
        List<String> names = config().topics().names();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            if (!seen.add(names.get(i))) {
                String first = keys.get(names.indexOf(names.get(i)));
                require(
                        false,
                        "topics." + keys.get(i),
                        names.get(i),
                        "a topic of its own",
                        "topics." + first + " has the same name",
                        "topics." + first);
            }
        }
    }

    /** Streaming features have names of their own and refer to declared ones. */
    private void streamingFits() {
        if (problems().touches("streaming", "features")) {
            return;
        }
        try {
            StreamPlan.of(config().schema());
        } catch (InvalidValueException fault) {
            problems().add(fault.field(), fault.found(), fault.expected(), "");
        } catch (IllegalArgumentException fault) {
            problems().add("streaming", "what does not fit together", fault.getMessage(), "");
        }
    }

    private void windowsOutlastDisorder() {
        long disorder = config().train().outOfOrdernessMs();
        config().feedback()
                .kinds()
                .forEach(
                        (name, kind) ->
                                require(
                                        kind.windowMs() > disorder,
                                        Paths.FEEDBACK_KINDS + "." + name + ".windowMs",
                                        kind.windowMs(),
                                        "longer than train.outOfOrdernessMs (" + disorder + ")",
                                        "or feedback in time would come late",
                                        "train.outOfOrdernessMs"));
    }

    private void feedbackCanBePositive() {
        boolean needed = config().examples().source() == ExamplesConfig.Source.IMPRESSIONS;
        require(
                !needed || config().feedback().hasPositive(),
                Paths.FEEDBACK_KINDS,
                config().feedback().kinds().isEmpty() ? "no kinds" : "only kinds with label 0",
                "a map with at least one kind of label 1",
                "without a positive there is nothing to learn; or set examples.source to interactions",
                "examples.source");
    }

    /** What is learnt while a label may still change can be done. */
    private void openWindowsFit() {
        OpenWindow.Rule rule = config().feedback().whileOpen();
        require(
                rule != OpenWindow.Rule.WAIT
                        || config().train().order() == LearnConfig.Order.EVENT_TIME,
                "feedback.whileOpen",
                "wait",
                "as-known, retract or weigh where train.order is arrival",
                "labels wait in the order of event time",
                "train.order");
        double kept = config().model().negativeKeepRate();
        require(
                rule != OpenWindow.Rule.WEIGH || kept == 1,
                "feedback.whileOpen",
                "weigh",
                "as-known, wait or retract where model.negativeKeepRate is " + kept,
                "its weights hold for a stream whose negatives are all learnt",
                "model.negativeKeepRate");
    }

    private void parallelismFits() {
        TrainConfig train = config().train();
        require(
                train.parallelism() <= train.maxParallelism(),
                "train.parallelism",
                train.parallelism(),
                "at most train.maxParallelism (" + train.maxParallelism() + ")",
                "",
                "train.maxParallelism");
        require(
                config().rerank().parallelism() <= train.maxParallelism(),
                "rerank.parallelism",
                config().rerank().parallelism(),
                "at most train.maxParallelism (" + train.maxParallelism() + ")",
                "",
                "train.maxParallelism");
    }

    private void clocksFit() {
        TrainConfig train = config().train();
        require(
                train.idleMs() == 0 || train.idleMs() >= train.watermarkIntervalMs(),
                "train.idleMs",
                train.idleMs(),
                "0 or at least train.watermarkIntervalMs (" + train.watermarkIntervalMs() + ")",
                "a partition is looked at no more often than that",
                "train.watermarkIntervalMs");
    }

    private void transactionsOutlastCheckpoints() {
        TrainConfig train = config().train();
        require(
                train.transactionTimeoutMs() >= 2 * train.checkpointIntervalMs(),
                "train.transactionTimeoutMs",
                train.transactionTimeoutMs(),
                "at least twice train.checkpointIntervalMs (" + train.checkpointIntervalMs() + ")",
                "a transaction is open from one checkpoint to the end of the next, and lost after that",
                "train.checkpointIntervalMs");
    }

    private void serverStaysWithinLimits() {
        require(
                config().serve().maxItems() <= config().limits().slateItems(),
                "serve.maxItems",
                config().serve().maxItems(),
                "at most limits.slateItems (" + config().limits().slateItems() + ")",
                "the impression of a longer list would be a dead letter",
                "limits.slateItems");
        require(
                config().serve().maxBodyBytes() <= config().limits().recordBytes(),
                "serve.maxBodyBytes",
                config().serve().maxBodyBytes(),
                "at most limits.recordBytes (" + config().limits().recordBytes() + ")",
                "the impression of a larger request would be a dead letter",
                "limits.recordBytes");
    }
}
