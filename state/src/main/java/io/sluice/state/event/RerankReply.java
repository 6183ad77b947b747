package io.sluice.state.event;

import java.util.List;

/**
 * The answer to a {@link RerankRequest}.
 *
 * @param request the request's id
 * @param modelVersion version of the served model; empty when there is none yet
 * @param eventTime the event time that the model reflects, epoch milliseconds; 0 without a model
 * @param items the candidates in their new order
 * @param degraded why the answer is less than usual; null when it is not
 * @param policy how the items were put in order; empty when that is not known
 * @param unsatisfied the rules that could not be kept, such as {@code quotas.books.most}
 */
public record RerankReply(
        String request,
        String modelVersion,
        long eventTime,
        List<RankedItem> items,
        String degraded,
        String policy,
        List<String> unsatisfied) {

    public RerankReply {
        EventChecks.id("request", request);
        EventChecks.present("modelVersion", modelVersion);
        items = List.copyOf(items);
        EventChecks.present("policy", policy);
        unsatisfied = List.copyOf(unsatisfied);
    }

    /** An answer without rules. */
    public RerankReply(
            String request,
            String modelVersion,
            long eventTime,
            List<RankedItem> items,
            String degraded) {
        this(request, modelVersion, eventTime, items, degraded, "", List.of());
    }

    /** The same with a reason, unless it has one already: what is known of it is the graver. */
    public RerankReply orDegraded(String reason) {
        return degraded == null
                ? new RerankReply(
                        request, modelVersion, eventTime, items, reason, policy, unsatisfied)
                : this;
    }
}
