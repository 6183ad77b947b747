package io.sluice.jobs.topology;

import io.sluice.jobs.config.ExamplesConfig;
import io.sluice.jobs.config.ScoresConfig;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.operators.OperatorUids;
import io.sluice.operators.encode.EncodeFunction;
import io.sluice.operators.encode.EncodeInteractionFunction;
import io.sluice.operators.evaluate.ScoreRecord;
import io.sluice.operators.evaluate.ScoreRecordCodec;
import io.sluice.operators.evaluate.ScoreWindowOperator;
import io.sluice.operators.join.FeedbackJoinFunction;
import io.sluice.operators.join.InteractionKeyFunction;
import io.sluice.operators.join.RepetitionFunction;
import io.sluice.operators.join.RequestKeyFunction;
import io.sluice.operators.route.DeadLetters;
import io.sluice.operators.route.RouteFunction;
import io.sluice.operators.serde.SluiceTypes;
import io.sluice.operators.train.LearnOperator;
import io.sluice.operators.train.LearnerKeyFunction;
import io.sluice.state.event.DeadLetter;
import io.sluice.state.join.Arrival;
import io.sluice.state.join.Incoming;
import io.sluice.state.join.JoinOutput;
import io.sluice.state.learner.LearnerEvent;
import io.sluice.state.learner.Scored;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The graph of the training job.
 *
 * <pre>
 * source → route → interactions: repetitions → encode ┐
 *            │     impressions, feedback: join → encode ┴→ learn → score windows → scores
 *            │                     │                         └→ pages
 *            └─────────────────────┴→ dead letters
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
        SingleOutputStreamOperator<Arrival> arrivals = route(source(environment));
        DataStream<DeadLetter> letters = arrivals.getSideOutput(DeadLetters.TAG);
        SingleOutputStreamOperator<LearnerEvent> encoded;
        if (config.examples().source() == ExamplesConfig.Source.INTERACTIONS) {
            SingleOutputStreamOperator<Arrival> first = withoutRepetitions(arrivals);
            letters = letters.union(first.getSideOutput(DeadLetters.TAG));
            encoded = encodeInteractions(first);
        } else {
            SingleOutputStreamOperator<JoinOutput> joined = join(arrivals);
            letters = letters.union(joined.getSideOutput(DeadLetters.TAG));
            encoded = encode(joined);
        }
        SingleOutputStreamOperator<Scored> scored = learn(encoded);
        sinkPages(scored);
        sinkScores(windows(scored));
        sinkDeadLetters(letters);
    }

    private DataStream<Incoming> source(StreamExecutionEnvironment environment) {
        return environment
                .fromSource(ends.source(), ends.watermarks(), "events", SluiceTypes.INCOMING)
                .uid(OperatorUids.SOURCE)
                .setParallelism(config.train().parallelism());
    }

    private SingleOutputStreamOperator<Arrival> route(DataStream<Incoming> incoming) {
        return incoming.process(new RouteFunction(), SluiceTypes.ARRIVAL)
                .name("route")
                .uid(OperatorUids.ROUTE)
                .setParallelism(config.train().parallelism());
    }

    private SingleOutputStreamOperator<Arrival> withoutRepetitions(DataStream<Arrival> arrivals) {
        return arrivals.keyBy(new InteractionKeyFunction(), Types.STRING)
                .process(
                        new RepetitionFunction(TrainingSettings.repetitions(config)),
                        SluiceTypes.ARRIVAL)
                .name("repetitions")
                .uid(OperatorUids.REPETITIONS)
                .setParallelism(config.train().parallelism());
    }

    private SingleOutputStreamOperator<JoinOutput> join(DataStream<Arrival> arrivals) {
        return arrivals.keyBy(new RequestKeyFunction(), Types.STRING)
                .process(
                        new FeedbackJoinFunction(TrainingSettings.attribution(config)),
                        SluiceTypes.JOIN_OUTPUT)
                .name("join")
                .uid(OperatorUids.JOIN)
                .setParallelism(config.train().parallelism());
    }

    private SingleOutputStreamOperator<LearnerEvent> encode(DataStream<JoinOutput> joined) {
        return joined.map(new EncodeFunction(config.schema()), SluiceTypes.LEARNER_EVENT)
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
                        new ScoreWindowOperator(config.scores().windowExamples(), eachExample))
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

    private void sinkDeadLetters(DataStream<DeadLetter> letters) {
        letters.sinkTo(ends.deadLetters())
                .name("dead letters")
                .uid(OperatorUids.DEAD_LETTERS_SINK)
                .setParallelism(1);
    }
}
