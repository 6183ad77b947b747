package io.sluice.jobs.config;

import io.sluice.operators.serde.Limits;
import io.sluice.state.check.Checks;
import io.sluice.state.drift.DriftConfig;
import io.sluice.state.feature.FactSource;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.stream.StreamPlan;
import io.sluice.state.memory.Memories;
import io.sluice.state.memory.MemoryConfig;
import io.sluice.state.model.ModelConfig;
import io.sluice.state.rank.RankConfig;
import java.util.Optional;

/**
 * Everything one pipeline is configured with; made by {@link ConfigLoader}. The keys, their units,
 * ranges and reasons stand in {@code config/reference.yaml}.
 *
 * @param name names the consumer group and the transactional ids
 * @param seed seed of every random choice
 * @param kafka how to reach Kafka
 * @param topics names and shape of the topics
 * @param examples where training examples come from
 * @param limits what a record may look like
 * @param features what the model sees of an event
 * @param streaming what the model sees of the stream before it
 * @param feedback what users do, and what it means
 * @param train the training job
 * @param model the model, with the seed above
 * @param memory the memory of errors behind it
 * @param drift how a change of the stream is noticed
 * @param rank how candidates are put in order
 * @param publish from training to serving
 * @param scores progressive validation
 * @param serve the server, and what requests are at either door
 * @param rerank the rerank job
 */
public record SluiceConfig(
        String name,
        long seed,
        KafkaConfig kafka,
        TopicsConfig topics,
        ExamplesConfig examples,
        Limits limits,
        FeatureSchema features,
        StreamingConfig streaming,
        FeedbackConfig feedback,
        TrainConfig train,
        ModelConfig model,
        MemoryConfig memory,
        DriftConfig drift,
        RankConfig rank,
        PublishConfig publish,
        ScoresConfig scores,
        ServeConfig serve,
        RerankConfig rerank) {

    public SluiceConfig {
        Checks.that(
                name.matches("[A-Za-z0-9._-]{1,100}"),
                "name",
                "1 to 100 letters, digits, '.', '_' or '-'",
                '"' + name + '"');
    }

    /** The same pipeline on another Kafka. */
    public SluiceConfig over(KafkaConfig other) {
        return new SluiceConfig(
                name, seed, other, topics, examples, limits, features, streaming, feedback, train,
                model, memory, drift, rank, publish, scores, serve, rerank);
    }

    /** Whether impressions and feedback are read. */
    public boolean readsImpressions() {
        return examples.source() == ExamplesConfig.Source.IMPRESSIONS;
    }

    /** Whether interactions are read: as examples, or because streaming features count them. */
    public boolean readsInteractions() {
        return !readsImpressions() || StreamPlan.reads(schema(), FactSource.Type.INTERACTIONS);
    }

    /** The memory of errors with its cells decided; none where rows are worth more. */
    public MemoryConfig sizedMemory() {
        return Memories.sized(memory, model.memory().bytes(), schema(), model.dimensions());
    }

    /** What is to be said of a memory that is asked for and not there. */
    public Optional<String> memoryLeftOut() {
        return sizedMemory().mode() == memory.mode()
                ? Optional.empty()
                : Optional.of(
                        "model.memory (%,d bytes) is too small for a memory of errors beside rows: there is none, as if memory.mode were none; memory.cells gives it some"
                                .formatted(model.memory().bytes()));
    }

    /** All features, declared and streaming. */
    public FeatureSchema schema() {
        return new FeatureSchema(features.features(), streaming.features());
    }
}
