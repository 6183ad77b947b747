package io.sluice.jobs.serve;

/**
 * How far the view has come along the model topic.
 *
 * @param reachable whether Kafka answered when last asked
 * @param problem what stands in the way; empty when nothing does
 * @param caughtUpOnce whether the end of the topic, as it was at the start, was ever reached
 * @param lagRecords records not read yet of those there were when Kafka was last asked; -1 before
 *     that
 * @param currentMs the last moment of which the view is known to have all, epoch milliseconds; 0
 *     before that
 */
record FollowerStatus(
        boolean reachable, String problem, boolean caughtUpOnce, long lagRecords, long currentMs) {

    static final FollowerStatus STARTING =
            new FollowerStatus(false, "Kafka has not answered yet", false, -1, 0);

    FollowerStatus broken(boolean stillReachable, String newProblem) {
        return new FollowerStatus(stillReachable, newProblem, caughtUpOnce, lagRecords, currentMs);
    }

    FollowerStatus at(long lag, boolean caughtUp, long allOfMs) {
        return new FollowerStatus(true, "", caughtUpOnce || caughtUp, lag, allOfMs);
    }
}
