package io.sluice.jobs.replay.dataset;

/**
 * What a first look at all files shows.
 *
 * @param examples which file holds the examples
 * @param interactions of that file
 * @param slates of that file
 * @param users of that table
 * @param items of that table
 */
public record DataProfile(
        ExampleKind examples,
        FileProfile interactions,
        FileProfile slates,
        TableProfile users,
        TableProfile items) {

    /** The file with the examples. */
    public FileProfile ofExamples() {
        return examples == ExampleKind.SLATES ? slates : interactions;
    }

    /**
     * Whether what a user did last is known: not where most events come in batches of one moment,
     * of which none knows another.
     */
    public boolean hasSequences() {
        return interactions.ties() < 0.25;
    }

    /**
     * Whether what the stream had last says what a user did last: where events are nobody's, so
     * that their own past is not known, and have moments of their own.
     */
    public boolean hasNamelessSequences() {
        return interactions.ofNobody() >= 0.1 && interactions.moments() > 0.75;
    }

    /** Whether interactions stream beside slates. */
    public boolean hasBehaviour() {
        return examples == ExampleKind.SLATES && interactions.rows() > 0;
    }
}
