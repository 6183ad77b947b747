package io.sluice.operators.rerank;

import io.sluice.operators.metrics.DeadLetterCounters;
import io.sluice.operators.route.DeadLetters;
import io.sluice.operators.serde.BadInputException;
import io.sluice.operators.serde.Limits;
import io.sluice.operators.serde.RequestIds;
import io.sluice.operators.serde.RerankJson;
import io.sluice.state.event.Reason;
import io.sluice.state.event.SourceRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets requests pass, good and bad, as long as they have an id to be answered under; what has none
 * goes into {@link DeadLetters}.
 */
public final class RequestRouteFunction extends ProcessFunction<SourceRecord, SourceRecord> {

    // -- configuration
    private final Limits limits;

    // -- runtime
    private transient DeadLetterCounters counters;

    /** A function. */
    public RequestRouteFunction(Limits limits) {
        this.limits = limits;
    }

    @Override
    public void open(OpenContext context) {
        counters = new DeadLetterCounters(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(SourceRecord record, Context context, Collector<SourceRecord> out) {
        if (RequestIds.of(record, limits) != null) {
            out.collect(record);
            return;
        }
        BadInputException fault = fault(record);
        counters.count(fault.reason());
        context.output(DeadLetters.TAG, record.reject(fault.reason(), fault.getMessage()));
    }

    /** What is wrong with it, besides that it has no id; or just that. */
    private BadInputException fault(SourceRecord record) {
        try {
            var unused =
                    RerankJson.parse(record.value(), limits, record.timestamp(), () -> "nobody");
            return new BadInputException(
                    Reason.MISSING_FIELD, "request", "nothing", "a text, here or as the key");
        } catch (BadInputException e) {
            return e;
        }
    }
}
