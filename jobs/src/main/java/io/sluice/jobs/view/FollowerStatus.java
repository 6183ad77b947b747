package io.sluice.jobs.view;

/**
 * How far a view has come along its topic.
 *
 * @param reachable whether Kafka answered when last asked
 * @param problem what stands in the way; empty when nothing does
 * @param caughtUpOnce whether the end of the topic, as it was at the start, was ever reached
 * @param lagRecords records not read yet of those there were when Kafka was last asked; -1 before
 *     that
 * @param currentMs the last moment of which the view is known to have all, epoch milliseconds; 0
 *     before that
 * @param absent whether the topic does not exist
 */
public record FollowerStatus(
        boolean reachable,
        String problem,
        boolean caughtUpOnce,
        long lagRecords,
        long currentMs,
        boolean absent) {

    static final FollowerStatus STARTING =
            new FollowerStatus(false, "Kafka has not answered yet", false, -1, 0, false);

    FollowerStatus broken(boolean stillReachable, String newProblem, boolean isAbsent) {
        return new FollowerStatus(
                stillReachable, newProblem, caughtUpOnce, lagRecords, currentMs, isAbsent);
    }

    FollowerStatus at(long lag, boolean caughtUp, long allOfMs) {
        return new FollowerStatus(true, "", caughtUpOnce || caughtUp, lag, allOfMs, false);
    }
}
