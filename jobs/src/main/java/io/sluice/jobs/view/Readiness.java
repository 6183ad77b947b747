package io.sluice.jobs.view;

/**
 * Whether requests should be sent to who answers from a view.
 *
 * <p>Yes once the view has reached what was the end of its topic at the start, and as long as it
 * has all that was there {@code serve.readyMaxLagMs} ago. While Kafka is away nobody can be further
 * ahead, so the last answer stands: an outage of Kafka must not take down every server at once.
 *
 * @param ready whether
 * @param reason why not; null when ready
 * @param lagMs age of the last moment of which the view is known to have all; -1 before that
 */
public record Readiness(boolean ready, String reason, long lagMs) {

    static Readiness of(String topic, FollowerStatus status, long nowMs, long maxLagMs) {
        long lagMs = status.currentMs() == 0 ? -1 : Math.max(0, nowMs - status.currentMs());
        if (!status.caughtUpOnce()) {
            String why =
                    status.problem().isEmpty()
                            ? "the view is still %d records behind the %s topic"
                                    .formatted(status.lagRecords(), topic)
                            : status.problem();
            return new Readiness(false, why, lagMs);
        }
        if (status.reachable() && lagMs > maxLagMs) {
            String why =
                    status.problem().isEmpty()
                            ? "the view is %d ms behind the %s topic, at most %d allowed (serve.readyMaxLagMs)"
                                    .formatted(lagMs, topic, maxLagMs)
                            : status.problem();
            return new Readiness(false, why, lagMs);
        }
        return new Readiness(true, null, lagMs);
    }
}
