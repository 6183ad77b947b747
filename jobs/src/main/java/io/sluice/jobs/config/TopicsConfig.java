package io.sluice.jobs.config;

import io.sluice.state.check.Checks;
import java.util.List;

/**
 * Names and shape of the topics.
 *
 * @param impressions what was shown
 * @param feedback what users did
 * @param interactions labelled events
 * @param items what is known of items, compacted
 * @param users what is known of users, compacted
 * @param features what streaming features know of each entity, compacted
 * @param model pages, compacted, one partition
 * @param rerankRequests candidate lists to be put in order
 * @param rerankReplies the order
 * @param scores progressive scores
 * @param drift alarms of drift
 * @param deadLetters records that could not be used
 * @param create whether missing topics are created
 * @param partitions of a created topic other than the model's, 1 to 10000
 * @param replication copies of a created topic, 1 to 100
 */
public record TopicsConfig(
        String impressions,
        String feedback,
        String interactions,
        String items,
        String users,
        String features,
        String model,
        String rerankRequests,
        String rerankReplies,
        String scores,
        String drift,
        String deadLetters,
        boolean create,
        int partitions,
        int replication) {

    public TopicsConfig {
        legal("topics.impressions", impressions);
        legal("topics.feedback", feedback);
        legal("topics.interactions", interactions);
        legal("topics.items", items);
        legal("topics.users", users);
        legal("topics.features", features);
        legal("topics.model", model);
        legal("topics.rerankRequests", rerankRequests);
        legal("topics.rerankReplies", rerankReplies);
        legal("topics.scores", scores);
        legal("topics.drift", drift);
        legal("topics.deadLetters", deadLetters);
        Checks.inRange("topics.partitions", partitions, 1, 10_000);
        Checks.inRange("topics.replication", replication, 1, 100);
    }

    /** All names, in the order of the keys. */
    public List<String> names() {
        return List.of(
                impressions,
                feedback,
                interactions,
                items,
                users,
                features,
                model,
                rerankRequests,
                rerankReplies,
                scores,
                drift,
                deadLetters);
    }

    private static void legal(String field, String topic) {
        boolean legal =
                topic.matches("[A-Za-z0-9._-]{1,249}") && !topic.equals(".") && !topic.equals("..");
        Checks.that(
                legal,
                field,
                "a topic name of 1 to 249 letters, digits, '.', '_' or '-'",
                '"' + topic + '"');
    }
}
