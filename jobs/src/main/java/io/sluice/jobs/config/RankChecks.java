package io.sluice.jobs.config;

import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.Source;
import io.sluice.state.rank.ScorerConfig;

/** The ranker has what it asks for. */
final class RankChecks extends CrossChecks {

    RankChecks(SluiceConfig config, Problems problems) {
        super(config, problems);
    }

    @Override
    void check() {
        ranksByWhatThereIs();
        scorerHasWhatItNeeds();
    }

    /** What the ranker asks for is declared. */
    private void ranksByWhatThereIs() {
        if (problems().touches("features", "streaming")) {
            return;
        }
        FeatureSchema schema = config().schema();
        config().rank()
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
        config().rank()
                .seen()
                .ifPresent(
                        name ->
                                require(
                                        schema.numberOfItems(name) >= 0,
                                        "rank.seen",
                                        name,
                                        expected,
                                        ""));
        config().rank()
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

    /** Who has the last word can be reached, and chance is still known. */
    private void scorerHasWhatItNeeds() {
        ScorerConfig scorer = config().rank().scorer();
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
                !(onnx || chat) || config().rank().thompson() == 0,
                "rank.thompson",
                config().rank().thompson(),
                "0 beside rank.scorer: its answers would be needed for each of rank.draws",
                "use serve.exploration");
    }
}
