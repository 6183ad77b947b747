package io.sluice.state.event;

import java.util.List;

/**
 * A list of candidates to be put in order for one user.
 *
 * @param request unique id of the request, never blank
 * @param timestamp the moment of the request, epoch milliseconds
 * @param user id of the user; empty when anonymous
 * @param context what is known of the user and the moment
 * @param items the candidates, at least one, each id once
 * @param k how many are asked for; 0 means all
 * @param explain whether reasons are asked for
 * @param pinned ids that must come first, in this order
 * @param exclude ids that must not come back
 * @param deadlineMs time allowed, in milliseconds; 0 means none
 * @param waitForEventTime event time that the model should reflect, epoch milliseconds; 0 means any
 * @param rules what the order has to keep to, beside {@code pinned} and {@code exclude}
 */
public record RerankRequest(
        String request,
        long timestamp,
        String user,
        Attributes context,
        List<Candidate> items,
        int k,
        boolean explain,
        List<String> pinned,
        List<String> exclude,
        int deadlineMs,
        long waitForEventTime,
        RankRules rules) {

    public RerankRequest {
        EventChecks.id("request", request);
        EventChecks.present("user", user);
        EventChecks.present("context", context);
        items = List.copyOf(items);
        if (items.isEmpty()) {
            throw new IllegalArgumentException("items must not be empty");
        }
        if (k < 0) {
            throw new IllegalArgumentException("k must not be negative, found " + k);
        }
        pinned = List.copyOf(pinned);
        exclude = List.copyOf(exclude);
        if (deadlineMs < 0) {
            throw new IllegalArgumentException(
                    "deadlineMs must not be negative, found " + deadlineMs);
        }
        if (waitForEventTime < 0) {
            throw new IllegalArgumentException(
                    "waitForEventTime must not be negative, found " + waitForEventTime);
        }
        EventChecks.present("rules", rules);
    }

    /** One without further rules. */
    public RerankRequest(
            String request,
            long timestamp,
            String user,
            Attributes context,
            List<Candidate> items,
            int k,
            boolean explain,
            List<String> pinned,
            List<String> exclude,
            int deadlineMs,
            long waitForEventTime) {
        this(
                request,
                timestamp,
                user,
                context,
                items,
                k,
                explain,
                pinned,
                exclude,
                deadlineMs,
                waitForEventTime,
                RankRules.NONE);
    }

    /** The same request, with what is known of the user and the items. */
    public RerankRequest completed(Attributes knownContext, List<Candidate> knownItems) {
        return new RerankRequest(
                request,
                timestamp,
                user,
                knownContext,
                knownItems,
                k,
                explain,
                pinned,
                exclude,
                deadlineMs,
                waitForEventTime,
                rules);
    }

    /** One that takes the model as it is. */
    public RerankRequest(
            String request,
            long timestamp,
            String user,
            Attributes context,
            List<Candidate> items,
            int k,
            boolean explain,
            List<String> pinned,
            List<String> exclude,
            int deadlineMs) {
        this(request, timestamp, user, context, items, k, explain, pinned, exclude, deadlineMs, 0);
    }
}
