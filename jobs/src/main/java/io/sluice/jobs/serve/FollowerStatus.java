package io.sluice.jobs.serve;

/**
 * How far the view has come along the model topic.
 *
 * @param reachable whether Kafka answered when last asked
 * @param problem what stands in the way; empty when nothing does
 * @param caughtUpOnce whether the end of the topic, as it was at the start, was ever reached
 * @param lagRecords records not read yet when Kafka was last asked; -1 before that
 * @param currentMs the clock when the view was last known to be at the end, epoch milliseconds; 0
 *     before that
 */
record FollowerStatus(
        boolean reachable, String problem, boolean caughtUpOnce, long lagRecords, long currentMs) {

    static final FollowerStatus STARTING =
            new FollowerStatus(false, "Kafka has not answered yet", false, -1, 0);

    FollowerStatus broken(boolean stillReachable, String newProblem) {
        return new FollowerStatus(stillReachable, newProblem, caughtUpOnce, lagRecords, currentMs);
    }

    FollowerStatus at(long lag, boolean caughtUp, long nowMs) {
        return new FollowerStatus(
                true, "", caughtUpOnce || caughtUp, lag, lag == 0 ? nowMs : currentMs);
    }
}
