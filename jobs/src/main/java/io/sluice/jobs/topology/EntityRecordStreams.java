package io.sluice.jobs.topology;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.operators.features.EntityKeyFunction;
import io.sluice.operators.features.EntityMessageFunction;
import io.sluice.operators.features.FeatureConfig;
import io.sluice.operators.features.FeatureOperator;
import io.sluice.operators.features.InteractionFactFunction;
import io.sluice.operators.features.JoinedFactFunction;
import io.sluice.operators.serde.SluiceTypes;
import io.sluice.state.feature.stream.EntityAnswers;
import io.sluice.state.feature.stream.EntityMessage;
import io.sluice.state.feature.stream.EntityPage;
import io.sluice.state.feature.stream.StreamPlan;
import io.sluice.state.join.Arrival;
import io.sluice.state.join.JoinOutput;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The records of entities as a part of a job's graph: facts in, published records and answers out.
 *
 * <pre>
 * joined, interactions → facts → records ─┬→ pages, answers
 *                          └──────────────┴→ following records → pages, answers
 * </pre>
 *
 * @param pages what is published
 * @param answers to what was asked
 */
record EntityRecordStreams(DataStream<EntityPage> pages, DataStream<EntityAnswers> answers) {

    /**
     * The operators' uids.
     *
     * @param facts of what was joined
     * @param interactionFacts of interactions
     * @param records of entities
     * @param following records that follow those
     */
    record Uids(String facts, String interactionFacts, String records, String following) {}

    /**
     * What the records are for.
     *
     * @param publishes whether they are published
     * @param asks whether events ask for the values of their moment
     */
    record Purpose(boolean publishes, boolean asks) {}

    static EntityRecordStreams define(
            SluiceConfig config, Intake intake, Purpose purpose, Uids uids) {
        return new Builder(config, purpose, uids).build(intake);
    }

    /** Puts the parts together; one call. */
    private record Builder(SluiceConfig config, Purpose purpose, Uids uids) {

        EntityRecordStreams build(Intake intake) {
            SingleOutputStreamOperator<EntityMessage> joined =
                    intake.joined() == null ? null : facts(intake.joined());
            SingleOutputStreamOperator<EntityMessage> interactions =
                    intake.interactions() == null ? null : interactionFacts(intake.interactions());
            SingleOutputStreamOperator<EntityPage> records =
                    records(union(joined, interactions), "records", uids.records());
            DataStream<EntityAnswers> answers = records.getSideOutput(FeatureOperator.ANSWERS);
            if (!StreamPlan.of(config.schema()).derives()) {
                return new EntityRecordStreams(records, answers);
            }
            SingleOutputStreamOperator<EntityPage> following =
                    records(
                            union(following(joined), following(interactions))
                                    .union(following(records)),
                            "following records",
                            uids.following());
            return new EntityRecordStreams(
                    records.union(following),
                    answers.union(following.getSideOutput(FeatureOperator.ANSWERS)));
        }

        private static DataStream<EntityMessage> union(
                DataStream<EntityMessage> one, DataStream<EntityMessage> other) {
            return one == null ? other : other == null ? one : one.union(other);
        }

        private static DataStream<EntityMessage> following(SingleOutputStreamOperator<?> from) {
            return from == null ? null : from.getSideOutput(EntityMessageFunction.FOLLOWING);
        }

        private SingleOutputStreamOperator<EntityMessage> facts(DataStream<JoinOutput> joined) {
            return joined.process(
                            new JoinedFactFunction(config.schema(), purpose.asks()),
                            SluiceTypes.ENTITY_MESSAGE)
                    .name("facts")
                    .uid(uids.facts())
                    .setParallelism(config.train().parallelism());
        }

        private SingleOutputStreamOperator<EntityMessage> interactionFacts(
                DataStream<Arrival> interactions) {
            boolean areExamples = !config.readsImpressions();
            return interactions
                    .process(
                            new InteractionFactFunction(
                                    config.schema(), areExamples, areExamples && purpose.asks()),
                            SluiceTypes.ENTITY_MESSAGE)
                    .name("interaction facts")
                    .uid(uids.interactionFacts())
                    .setParallelism(config.train().parallelism());
        }

        private SingleOutputStreamOperator<EntityPage> records(
                DataStream<EntityMessage> messages, String name, String uid) {
            FeatureConfig settings =
                    new FeatureConfig(
                            config.schema(), purpose.publishes(), config.publish().intervalMs());
            return messages.keyBy(new EntityKeyFunction(), EntityKeyFunction.TYPE)
                    .transform(name, SluiceTypes.ENTITY_PAGE, new FeatureOperator(settings))
                    .uid(uid)
                    .setParallelism(config.train().parallelism());
        }
    }
}
