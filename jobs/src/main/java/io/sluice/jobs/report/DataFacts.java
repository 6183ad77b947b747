package io.sluice.jobs.report;

import java.util.Map;

/**
 * What was read, and what became of it.
 *
 * @param path as given
 * @param file the file with the examples
 * @param kind slates or interactions
 * @param sha256 of that file's uncompressed content
 * @param rows rows read of that file, bad ones included
 * @param rejected those of these rows that became dead letters
 * @param requests slates that were judged; 0 for interactions
 * @param examples labelled examples that were judged
 * @param behaviour interactions that streamed beside slates
 * @param deadLetters by reason, of all files
 */
public record DataFacts(
        String path,
        String file,
        String kind,
        String sha256,
        long rows,
        long rejected,
        long requests,
        long examples,
        long behaviour,
        Map<String, Long> deadLetters) {

    /** How many rows could not be used. */
    public long deadLetterCount() {
        return deadLetters.values().stream().mapToLong(Long::longValue).sum();
    }
}
