package io.sluice.jobs.view;

import java.util.List;

/** All topics that a view follows: it is ready when each of them is. */
public final class Followers implements AutoCloseable {

    private final List<TopicFollower> all;

    Followers(List<TopicFollower> all) {
        this.all = List.copyOf(all);
    }

    /** Starts to read. */
    public void start() {
        all.forEach(TopicFollower::start);
    }

    /** One for each topic. */
    public List<TopicFollower> all() {
        return all;
    }

    /** Whether the view is current. */
    public Readiness readiness() {
        Readiness worst = null;
        long lagMs = -1;
        for (TopicFollower each : all) {
            Readiness one = each.readiness();
            lagMs = Math.max(lagMs, one.lagMs());
            if (worst == null || (worst.ready() && !one.ready())) {
                worst = one;
            }
        }
        return new Readiness(worst.ready(), worst.reason(), lagMs);
    }

    /** Whether Kafka answered all when last asked. */
    public boolean areReachable() {
        return all.stream().allMatch(each -> each.status().reachable());
    }

    /** Records not read yet, of all topics; -1 while that is not known of one that is needed. */
    public long lagRecords() {
        long sum = 0;
        for (TopicFollower each : all) {
            FollowerStatus status = each.status();
            if (status.lagRecords() < 0 && !status.absent()) {
                return -1;
            }
            sum += Math.max(0, status.lagRecords());
        }
        return sum;
    }

    @Override
    public void close() {
        all.forEach(TopicFollower::close);
    }
}
