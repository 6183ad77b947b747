package io.sluice.jobs.topology;

import io.sluice.jobs.config.ScoresConfig;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.operators.OperatorUids;
import io.sluice.operators.encode.EncodeInteractionFunction;
import io.sluice.operators.evaluate.ScoreRecord;
import io.sluice.operators.evaluate.ScoreRecordCodec;
import io.sluice.operators.evaluate.ScoreWindowOperator;
import io.sluice.operators.features.AnswerKeyFunction;
import io.sluice.operators.features.ArrivalKeyFunction;
import io.sluice.operators.features.InteractionValuesFunction;
import io.sluice.operators.features.JoinedKeyFunction;
import io.sluice.operators.features.JoinedValuesFunction;
import io.sluice.operators.serde.SluiceTypes;
import io.sluice.operators.train.LearnOperator;
import io.sluice.operators.train.LearnerKeyFunction;
import io.sluice.state.event.DeadLetter;
import io.sluice.state.feature.stream.EntityAnswers;
import io.sluice.state.join.Arrival;
import io.sluice.state.join.JoinOutput;
import io.sluice.state.learner.LearnerEvent;
import io.sluice.state.learner.Scored;
import io.sluice.state.memory.MemoryMode;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The graph of the training job.
 *
 * <pre>
 * source → route → interactions: repetitions → (values) → encode ┐
 *            │     impressions, feedback: → join  → (values) → encode ┴→ learn → score windows → scores
 *            │                               │                         ├→ pages
 *            │                               │                         └→ drift
 *            └───────────────────────────────┴→ dead letters
 * </pre>
 *
 * <p>Where streaming features are declared, the job keeps the records of entities itself, and
 * events that do not bring the values that they were ranked with are given those of their own
 * moment:
 *
 * <pre>
 * events ─┬→ facts, questions → records → answers ┐
 *         └───────────────────────────────────────┴→ values
 * </pre>
 *
 * <p>All that stands before the learner runs at {@code train.parallelism}, the learner and what is
 * behind it at 1.
 */
public final class TrainingTopology {

    private final SluiceConfig config;
    private final TrainingEnds ends;

    /** A topology between these ends. */
    public TrainingTopology(SluiceConfig config, TrainingEnds ends) {
        this.config = config;
        this.ends = ends;
    }

    /** Adds the graph to an environment. */
    public void define(StreamExecutionEnvironment environment) {
        Intake intake =
                Intake.define(
                        environment,
                        config,
                        ends.source(),
                        ends.watermarks(),
                        new Intake.Uids(
                                OperatorUids.SOURCE,
                                OperatorUids.ROUTE,
                                OperatorUids.JOIN,
                                OperatorUids.REPETITIONS));
        Intake valued = config.streaming().features().isEmpty() ? intake : withValues(intake);
        SingleOutputStreamOperator<Scored> scored =
                learn(
                        valued.joined() == null
                                ? encodeInteractions(valued.interactions())
                                : encode(valued.joined()));
        sinkPages(scored);
        sinkScores(windows(scored));
        sinkDrift(scored);
        sinkDeadLetters(valued.letters());
    }

    /** Gives the events that are learnt the streaming values of their moment. */
    private Intake withValues(Intake intake) {
        DataStream<EntityAnswers> answers =
                EntityRecordStreams.define(
                                config,
                                intake,
                                new EntityRecordStreams.Purpose(false, true),
                                new EntityRecordStreams.Uids(
                                        OperatorUids.FACTS,
                                        OperatorUids.INTERACTION_FACTS,
                                        OperatorUids.RECORDS,
                                        OperatorUids.FOLLOWING_RECORDS))
                        .answers();
        KeyedStream<EntityAnswers, String> keyed =
                answers.keyBy(new AnswerKeyFunction(), Types.STRING);
        return intake.joined() == null
                ? new Intake(null, valued(intake.interactions(), keyed), intake.letters())
                : new Intake(valuedJoined(intake.joined(), keyed), null, intake.letters());
    }

    private DataStream<JoinOutput> valuedJoined(
            DataStream<JoinOutput> joined, KeyedStream<EntityAnswers, String> answers) {
        return joined.keyBy(new JoinedKeyFunction(), Types.STRING)
                .connect(answers)
                .process(new JoinedValuesFunction(config.schema()), SluiceTypes.JOIN_OUTPUT)
                .name("values")
                .uid(OperatorUids.VALUES)
                .setParallelism(config.train().parallelism());
    }

    private DataStream<Arrival> valued(
            DataStream<Arrival> interactions, KeyedStream<EntityAnswers, String> answers) {
        return interactions
                .keyBy(new ArrivalKeyFunction(), Types.STRING)
                .connect(answers)
                .process(new InteractionValuesFunction(config.schema()), SluiceTypes.ARRIVAL)
                .name("interaction values")
                .uid(OperatorUids.INTERACTION_VALUES)
                .setParallelism(config.train().parallelism());
    }

    private SingleOutputStreamOperator<LearnerEvent> encode(DataStream<JoinOutput> joined) {
        return joined.flatMap(TrainingSettings.encoder(config), SluiceTypes.LEARNER_EVENT)
                .name("encode")
                .uid(OperatorUids.ENCODE)
                .setParallelism(config.train().parallelism());
    }

    private SingleOutputStreamOperator<LearnerEvent> encodeInteractions(
            DataStream<Arrival> arrivals) {
        return arrivals.map(
                        new EncodeInteractionFunction(config.schema()), SluiceTypes.LEARNER_EVENT)
                .name("encode interactions")
                .uid(OperatorUids.ENCODE_INTERACTIONS)
                .setParallelism(config.train().parallelism());
    }

    private SingleOutputStreamOperator<Scored> learn(DataStream<LearnerEvent> events) {
        return events.keyBy(new LearnerKeyFunction(), Types.STRING)
                .transform(
                        "learn",
                        SluiceTypes.SCORED,
                        new LearnOperator(TrainingSettings.learner(config), ends.history()))
                .uid(OperatorUids.LEARN)
                .setParallelism(1);
    }

    private SingleOutputStreamOperator<ScoreRecord> windows(DataStream<Scored> scored) {
        boolean eachExample = config.scores().detail() == ScoresConfig.Detail.EXAMPLES;
        return scored.transform(
                        "score windows",
                        ScoreRecordCodec.TYPE,
                        new ScoreWindowOperator(
                                config.scores().windowExamples(),
                                eachExample,
                                config.sizedMemory().mode() != MemoryMode.NONE))
                .uid(OperatorUids.SCORE_WINDOWS)
                .setParallelism(1);
    }

    private void sinkPages(SingleOutputStreamOperator<Scored> scored) {
        scored.getSideOutput(LearnOperator.PAGES)
                .sinkTo(ends.pages())
                .name("model")
                .uid(OperatorUids.MODEL_SINK)
                .setParallelism(1);
    }

    private void sinkScores(DataStream<ScoreRecord> scores) {
        scores.sinkTo(ends.scores()).name("scores").uid(OperatorUids.SCORES_SINK).setParallelism(1);
    }

    private void sinkDrift(SingleOutputStreamOperator<Scored> scored) {
        scored.getSideOutput(LearnOperator.DRIFT)
                .sinkTo(ends.drift())
                .name("drift")
                .uid(OperatorUids.DRIFT_SINK)
                .setParallelism(1);
    }

    private void sinkDeadLetters(DataStream<DeadLetter> letters) {
        letters.sinkTo(ends.deadLetters())
                .name("dead letters")
                .uid(OperatorUids.DEAD_LETTERS_SINK)
                .setParallelism(1);
    }
}
