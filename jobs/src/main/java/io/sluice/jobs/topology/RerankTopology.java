package io.sluice.jobs.topology;

import io.sluice.jobs.config.RerankConfig;
import io.sluice.operators.OperatorUids;
import io.sluice.operators.rerank.RequestRouteFunction;
import io.sluice.operators.rerank.RerankFunction;
import io.sluice.operators.route.DeadLetters;
import io.sluice.operators.serde.Limits;
import io.sluice.operators.serde.SluiceTypes;
import io.sluice.state.event.SourceRecord;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The graph of the rerank job.
 *
 * <pre>
 * requests → route → answer → replies and impressions
 *              └→ dead letters
 * </pre>
 *
 * <p>All but the sink of dead letters is one chain at {@code rerank.parallelism}: a request crosses
 * no network between its topic and that of the replies. Replies go out in the order in which they
 * are ready.
 */
public final class RerankTopology {

    private final RerankConfig config;
    private final Limits limits;
    private final RerankEnds ends;

    /**
     * A topology between these ends.
     *
     * @param limits what a request may look like
     */
    public RerankTopology(RerankConfig config, Limits limits, RerankEnds ends) {
        this.config = config;
        this.limits = limits;
        this.ends = ends;
    }

    /** Adds the graph to an environment. */
    public void define(StreamExecutionEnvironment environment) {
        int parallelism = config.parallelism();
        SingleOutputStreamOperator<SourceRecord> requests =
                environment
                        .fromSource(
                                ends.requests(),
                                WatermarkStrategy.noWatermarks(),
                                "requests",
                                SluiceTypes.SOURCE_RECORD)
                        .uid(OperatorUids.RERANK_SOURCE)
                        .setParallelism(parallelism)
                        .process(new RequestRouteFunction(limits), SluiceTypes.SOURCE_RECORD)
                        .name("route")
                        .uid(OperatorUids.RERANK_ROUTE)
                        .setParallelism(parallelism);
        AsyncDataStream.unorderedWait(
                        requests,
                        new RerankFunction(limits, ends.door(), ends.history()),
                        // No timeout: each request is answered, whenever it is.
                        0,
                        TimeUnit.MILLISECONDS,
                        config.inFlight())
                .returns(SluiceTypes.REPLY_RECORD)
                .name("answer")
                .uid(OperatorUids.RERANK)
                .setParallelism(parallelism)
                .sinkTo(ends.replies())
                .name("replies")
                .uid(OperatorUids.RERANK_SINK)
                .setParallelism(parallelism);
        requests.getSideOutput(DeadLetters.TAG)
                .sinkTo(ends.deadLetters())
                .name("dead letters")
                .uid(OperatorUids.RERANK_DEAD_LETTERS_SINK)
                .setParallelism(1);
    }
}
