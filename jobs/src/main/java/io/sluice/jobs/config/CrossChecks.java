package io.sluice.jobs.config;

import io.sluice.operators.train.LearnConfig;
import io.sluice.state.check.InvalidValueException;
import io.sluice.state.drift.DriftConfig;
import io.sluice.state.drift.DriftMonitor;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.Source;
import io.sluice.state.feature.stream.StreamPlan;
import io.sluice.state.learner.OpenWindow;
import io.sluice.state.mask.SparsityConfig;
import io.sluice.state.memory.KeyPlan;
import io.sluice.state.memory.Memories;
import io.sluice.state.memory.MemoryConfig;
import io.sluice.state.memory.MemoryMode;
import io.sluice.state.model.FactorizationMachine;
import io.sluice.state.model.ModelConfig;
import io.sluice.state.rank.ScorerConfig;
import io.sluice.state.sparse.MemoryBudget;
import io.sluice.state.sparse.StoreConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What spans several parts of a configuration.
 *
 * <p>A rule is passed over while one of its keys has a fault of its own: it would speak of a
 * stand-in that nobody wrote.
 */
final class CrossChecks {

    private final SluiceConfig config;
    private final Problems problems;

    CrossChecks(SluiceConfig config, Problems problems) {
        this.config = config;
        this.problems = problems;
    }

    void run() {
        topicsAreDifferent();
        streamingFits();
        windowsOutlastDisorder();
        feedbackCanBePositive();
        openWindowsFit();
        parallelismFits();
        clocksFit();
        transactionsOutlastCheckpoints();
        serverStaysWithinLimits();
        rowsExpireAtSweeps();
        baselinesHaveABudget();
        sparsityFits();
        memoryFits();
        driftFits();
        ranksByWhatThereIs();
        scorerHasWhatItNeeds();
    }

    /** Who has the last word can be reached, and chance is still known. */
    private void scorerHasWhatItNeeds() {
        ScorerConfig scorer = config.rank().scorer();
        boolean onnx = scorer.kind() == ScorerConfig.Kind.ONNX;
        boolean chat = scorer.kind() == ScorerConfig.Kind.CHAT;
        require(
                !onnx || scorer.file().isPresent(),
                "rank.scorer.file",
                "none",
                "the path of a model where rank.scorer.kind is onnx",
                "");
        require(
                !chat || scorer.url().isPresent(),
                "rank.scorer.url",
                "none",
                "the address of a service where rank.scorer.kind is chat",
                "");
        require(
                !chat || scorer.model().isPresent(),
                "rank.scorer.model",
                "none",
                "the name of a model where rank.scorer.kind is chat",
                "");
        require(
                !(onnx || chat) || config.rank().thompson() == 0,
                "rank.thompson",
                config.rank().thompson(),
                "0 beside rank.scorer: its answers would be needed for each of rank.draws",
                "use serve.exploration");
    }

    /** What the ranker asks for is declared. */
    private void ranksByWhatThereIs() {
        if (problems.touches("features", "streaming")) {
            return;
        }
        FeatureSchema schema = config.schema();
        config.rank()
                .group()
                .ifPresent(
                        name -> {
                            FeatureSpec feature = schema.feature(name);
                            boolean fits =
                                    feature != null
                                            && (feature.source() == Source.FEATURES
                                                    || feature.source() == Source.ITEM);
                            require(fits, "rank.group", name, "a declared feature of items", "");
                        });
        String expected = "a streaming feature with a number for each item";
        config.rank()
                .seen()
                .ifPresent(
                        name ->
                                require(
                                        schema.numberOfItems(name) >= 0,
                                        "rank.seen",
                                        name,
                                        expected,
                                        ""));
        config.rank()
                .evidence()
                .ifPresent(
                        name ->
                                require(
                                        schema.numberOfItems(name) >= 0,
                                        "rank.evidence",
                                        name,
                                        expected,
                                        ""));
    }

    private void topicsAreDifferent() {
        List<String> keys = RecordBinder.keys(TopicsConfig.class);
        List<String> names = config.topics().names();
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
        if (problems.touches("streaming", "features")) {
            return;
        }
        try {
            StreamPlan.of(config.schema());
        } catch (InvalidValueException fault) {
            problems.add(fault.field(), fault.found(), fault.expected(), "");
        } catch (IllegalArgumentException fault) {
            problems.add("streaming", "what does not fit together", fault.getMessage(), "");
        }
    }

    private void windowsOutlastDisorder() {
        long disorder = config.train().outOfOrdernessMs();
        config.feedback()
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
        boolean needed = config.examples().source() == ExamplesConfig.Source.IMPRESSIONS;
        require(
                !needed || config.feedback().hasPositive(),
                Paths.FEEDBACK_KINDS,
                config.feedback().kinds().isEmpty() ? "no kinds" : "only kinds with label 0",
                "a map with at least one kind of label 1",
                "without a positive there is nothing to learn; or set examples.source to interactions",
                "examples.source");
    }

    /** What is learnt while a label may still change can be done. */
    private void openWindowsFit() {
        OpenWindow.Rule rule = config.feedback().whileOpen();
        require(
                rule != OpenWindow.Rule.WAIT
                        || config.train().order() == LearnConfig.Order.EVENT_TIME,
                "feedback.whileOpen",
                "wait",
                "as-known, retract or weigh where train.order is arrival",
                "labels wait in the order of event time",
                "train.order");
        double kept = config.model().negativeKeepRate();
        require(
                rule != OpenWindow.Rule.WEIGH || kept == 1,
                "feedback.whileOpen",
                "weigh",
                "as-known, wait or retract where model.negativeKeepRate is " + kept,
                "its weights hold for a stream whose negatives are all learnt",
                "model.negativeKeepRate");
    }

    private void parallelismFits() {
        TrainConfig train = config.train();
        require(
                train.parallelism() <= train.maxParallelism(),
                "train.parallelism",
                train.parallelism(),
                "at most train.maxParallelism (" + train.maxParallelism() + ")",
                "",
                "train.maxParallelism");
        require(
                config.rerank().parallelism() <= train.maxParallelism(),
                "rerank.parallelism",
                config.rerank().parallelism(),
                "at most train.maxParallelism (" + train.maxParallelism() + ")",
                "",
                "train.maxParallelism");
    }

    private void clocksFit() {
        TrainConfig train = config.train();
        require(
                train.idleMs() == 0 || train.idleMs() >= train.watermarkIntervalMs(),
                "train.idleMs",
                train.idleMs(),
                "0 or at least train.watermarkIntervalMs (" + train.watermarkIntervalMs() + ")",
                "a partition is looked at no more often than that",
                "train.watermarkIntervalMs");
    }

    private void transactionsOutlastCheckpoints() {
        TrainConfig train = config.train();
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
                config.serve().maxItems() <= config.limits().slateItems(),
                "serve.maxItems",
                config.serve().maxItems(),
                "at most limits.slateItems (" + config.limits().slateItems() + ")",
                "the impression of a longer list would be a dead letter",
                "limits.slateItems");
        require(
                config.serve().maxBodyBytes() <= config.limits().recordBytes(),
                "serve.maxBodyBytes",
                config.serve().maxBodyBytes(),
                "at most limits.recordBytes (" + config.limits().recordBytes() + ")",
                "the impression of a larger request would be a dead letter",
                "limits.recordBytes");
    }

    private void rowsExpireAtSweeps() {
        StoreConfig store = config.model().store();
        require(
                store.expireEvents() == 0 || store.expireEvents() >= store.sweepEvents(),
                "model.store.expireEvents",
                store.expireEvents(),
                "0 or at least model.store.sweepEvents (" + store.sweepEvents() + ")",
                "rows are looked at no more often than that",
                "model.store.sweepEvents");
        require(
                store.moveFloor() <= store.moveShare(),
                "model.store.moveFloor",
                store.moveFloor(),
                "at most model.store.moveShare (" + store.moveShare() + ")",
                "the share falls from the one to the other",
                "model.store.moveShare");
    }

    private void baselinesHaveABudget() {
        require(
                !config.model().table().isBaseline() || config.model().memory().isLimited(),
                "model.memory",
                "none",
                "a size, where model.table is a baseline",
                "for instance 64MiB",
                "model.table");
    }

    private void sparsityFits() {
        ModelConfig model = config.model();
        SparsityConfig sparsity = model.sparsity();
        require(
                sparsity.floor() <= sparsity.share(),
                "model.sparsity.floor",
                sparsity.floor(),
                "at most model.sparsity.share (" + sparsity.share() + ")",
                "the share falls from the one to the other",
                "model.sparsity.share");
        boolean limited = model.memory().isLimited();
        require(
                !limited || !sparsity.masksEmbeddings(),
                "model.sparsity.density",
                sparsity.density(),
                "1 where model.memory is a limit",
                "rows there have widths that move, which saves bytes; masks do not",
                "model.memory",
                "model.sparsity.method");
        if (limited && !problems.touches("model", "features", "streaming")) {
            long besides = FactorizationMachine.bytesBesideRows(model, config.schema().fields());
            require(
                    besides <= model.memory().bytes() - MemoryBudget.LEAST,
                    "model.memory",
                    model.memory().bytes() + " bytes",
                    "64KiB for rows and %d bytes for tower and streaks".formatted(besides),
                    "make it larger, or model.tower smaller",
                    "model.tower.width");
        }
    }

    /** Keys of the memory are made of declared features. */
    private void memoryFits() {
        MemoryConfig memory = config.memory();
        require(
                memory.fastHalfLifeMs() <= memory.slowHalfLifeMs(),
                "memory.fastHalfLifeMs",
                memory.fastHalfLifeMs(),
                "at most memory.slowHalfLifeMs (" + memory.slowHalfLifeMs() + ")",
                "",
                "memory.slowHalfLifeMs");
        MemoryBudget budget = config.model().memory();
        boolean published = memory.mode() == MemoryMode.RELOOP2;
        long bytes =
                published
                        ? Memories.bytes(memory, config.schema(), config.model().dimensions())
                        : 0;
        require(
                !budget.isLimited() || bytes <= budget.bytes() / 2,
                "memory.reloop2.bits",
                "a memory of %d bytes".formatted(bytes),
                "at most half of model.memory (%d bytes)".formatted(budget.bytes()),
                "fewer arrays or bits, or a larger budget",
                "memory.reloop2.arrays",
                "memory.mode",
                "model.memory");
        if (problems.touches("memory.keys", "features", "streaming")) {
            return;
        }
        try {
            KeyPlan.of(memory.keys(), config.schema());
        } catch (InvalidValueException fault) {
            problems.add(fault.field(), fault.found(), fault.expected(), "");
        }
    }

    /** Segments are made of a declared feature, and detectors leave bytes for rows. */
    private void driftFits() {
        DriftConfig drift = config.drift();
        long detectors = DriftMonitor.bytes(drift);
        MemoryBudget budget = config.model().memory();
        require(
                !budget.isLimited() || detectors <= budget.bytes() / 4,
                "drift.segments",
                "%d bytes of detectors".formatted(detectors),
                "at most a quarter of model.memory (%d bytes)".formatted(budget.bytes()),
                "fewer segments, or page-hinkley, whose detectors are small",
                "model.memory",
                "drift.detector",
                "drift.segment");
        if (!drift.hasSegments() || problems.touches("drift.segment", "features", "streaming")) {
            return;
        }
        try {
            int unused = DriftMonitor.field(drift.segment(), config.schema());
        } catch (InvalidValueException fault) {
            problems.add(fault.field(), fault.found(), fault.expected(), "");
        }
    }

    private void require(
            boolean holds,
            String path,
            Object found,
            String expected,
            String remedy,
            String... others) {
        List<String> paths = new ArrayList<>(List.of(others));
        paths.add(path);
        if (!holds && !problems.touches(paths.toArray(String[]::new))) {
            problems.add(path, found.toString(), expected, remedy);
        }
    }
}
