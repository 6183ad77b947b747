package io.sluice.jobs.topology;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.operators.join.FeedbackJoinFunction;
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
 * joined with their feedback.
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
     */
    record Uids(String source, String route, String join) {}

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
        DataStream<DeadLetter> letters = arrivals.getSideOutput(DeadLetters.TAG);
        if (!config.readsImpressions()) {
            return new Intake(null, arrivals, letters);
        }
        SingleOutputStreamOperator<JoinOutput> joined =
                arrivals.keyBy(new RequestKeyFunction(), Types.STRING)
                        .process(
                                new FeedbackJoinFunction(TrainingSettings.attribution(config)),
                                SluiceTypes.JOIN_OUTPUT)
                        .name("join")
                        .uid(uids.join())
                        .setParallelism(parallelism);
        return new Intake(
                joined,
                both ? arrivals.getSideOutput(RouteFunction.INTERACTIONS) : null,
                letters.union(joined.getSideOutput(DeadLetters.TAG)));
    }
}
