package io.sluice.jobs.connect;

import java.util.Map;

/**
 * What a topic has to be like.
 *
 * @param name of the topic
 * @param partitions of a new topic
 * @param replication copies of a new topic
 * @param compact whether only the newest record of each key is kept; otherwise records are kept for
 *     a time
 * @param singlePartition whether an existing topic must have one partition
 * @param largestRecord bytes a record may have at least; 0 means Kafka's own limit
 */
record TopicPlan(
        String name,
        int partitions,
        int replication,
        boolean compact,
        boolean singlePartition,
        int largestRecord) {

    private static final String COMPACT = "compact";
    private static final String DELETE = "delete";

    /** The settings of a new topic. */
    Map<String, String> settings() {
        String cleanup = compact ? COMPACT : DELETE;
        return largestRecord == 0
                ? Map.of("cleanup.policy", cleanup)
                : Map.of(
                        "cleanup.policy",
                        cleanup,
                        "max.message.bytes",
                        Integer.toString(largestRecord));
    }

    /** Whether a cleanup policy, as Kafka writes it, will do. */
    boolean accepts(String cleanup) {
        // "compact,delete" would let pages of rarely seen rows expire.
        return compact ? cleanup.equals(COMPACT) : cleanup.equals(DELETE);
    }
}
