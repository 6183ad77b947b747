package io.sluice.jobs.topology;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.operators.join.FeedbackJoinFunction;
import io.sluice.operators.join.InteractionKeyFunction;
import io.sluice.operators.join.RepetitionFunction;
import io.sluice.operators.join.RequestKeyFunction;
import io.sluice.operators.route.DeadLetters;
import io.sluice.operators.route.RouteFunction;
import io.sluice.operators.serde.SluiceTypes;
import io.sluice.state.event.DeadLetter;
import io.sluice.state.join.Arrival;
import io.sluice.state.join.Incoming;
import io.sluice.state.join.JoinOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What every job begins with: events are read, what could not be read is set aside, impressions are
 * joined with their feedback, repeated interactions are set aside.
 *
 * @param joined what the join found; null when impressions are not read
 * @param interactions null when they are not read
 * @param letters what was set aside
 */
record Intake(
        DataStream<JoinOutput> joined,
        DataStream<Arrival> interactions,
        DataStream<DeadLetter> letters) {

    /**
     * The operators' uids.
     *
     * @param source that reads
     * @param route that sets aside
     * @param join of impressions and feedback
     * @param repetitions that sets repeated interactions aside
     */
    record Uids(String source, String route, String join, String repetitions) {}

    static Intake define(
            StreamExecutionEnvironment environment,
            SluiceConfig config,
            Source<Incoming, ?, ?> source,
            WatermarkStrategy<Incoming> watermarks,
            Uids uids) {
        int parallelism = config.train().parallelism();
        boolean both = config.readsImpressions() && config.readsInteractions();
        SingleOutputStreamOperator<Arrival> arrivals =
                environment
                        .fromSource(source, watermarks, "events", SluiceTypes.INCOMING)
                        .uid(uids.source())
                        .setParallelism(parallelism)
                        .process(new RouteFunction(both), SluiceTypes.ARRIVAL)
                        .name("route")
                        .uid(uids.route())
                        .setParallelism(parallelism);
        DataStream<JoinOutput> joined = null;
        DataStream<Arrival> interactions = null;
        DataStream<DeadLetter> letters = arrivals.getSideOutput(DeadLetters.TAG);
        if (config.readsImpressions()) {
            SingleOutputStreamOperator<JoinOutput> found = join(arrivals, config, uids);
            joined = found;
            letters = letters.union(found.getSideOutput(DeadLetters.TAG));
        }
        if (config.readsInteractions()) {
            SingleOutputStreamOperator<Arrival> first =
                    withoutRepetitions(
                            both ? arrivals.getSideOutput(RouteFunction.INTERACTIONS) : arrivals,
                            config,
                            uids);
            interactions = first;
            letters = letters.union(first.getSideOutput(DeadLetters.TAG));
        }
        return new Intake(joined, interactions, letters);
    }

    private static SingleOutputStreamOperator<JoinOutput> join(
            DataStream<Arrival> arrivals, SluiceConfig config, Uids uids) {
        return arrivals.keyBy(new RequestKeyFunction(), Types.STRING)
                .process(
                        new FeedbackJoinFunction(TrainingSettings.attribution(config)),
                        SluiceTypes.JOIN_OUTPUT)
                .name("join")
                .uid(uids.join())
                .setParallelism(config.train().parallelism());
    }

    private static SingleOutputStreamOperator<Arrival> withoutRepetitions(
            DataStream<Arrival> arrivals, SluiceConfig config, Uids uids) {
        return arrivals.keyBy(new InteractionKeyFunction(), Types.STRING)
                .process(
                        new RepetitionFunction(TrainingSettings.repetitions(config)),
                        SluiceTypes.ARRIVAL)
                .name("repetitions")
                .uid(uids.repetitions())
                .setParallelism(config.train().parallelism());
    }
}
