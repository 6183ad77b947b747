package io.sluice.jobs.replay.dataset;

import java.util.Map;

/**
 * What a first look at a file of events shows.
 *
 * @param context values by name that describe the user or the moment
 * @param features values by name that describe an item, where the file has them
 * @param rows that could be split into fields
 * @param inOrder whether no row is earlier than the one before
 * @param ties rows with user and time of the row before, of all rows with a user, in [0, 1]; 0 of
 *     slates
 * @param ofNobody rows without a user, of all rows, in [0, 1]; 0 of slates
 * @param moments rows with another time than the row before, of all rows, in [0, 1]; 1 of slates
 * @param sha256 of the uncompressed content, hexadecimal
 */
public record FileProfile(
        Map<String, ColumnProfile> context,
        Map<String, ColumnProfile> features,
        long rows,
        boolean inOrder,
        double ties,
        double ofNobody,
        double moments,
        String sha256) {

    /** Of a file that does not exist. */
    public static final FileProfile NONE =
            new FileProfile(Map.of(), Map.of(), 0, true, 0, 0, 1, "");
}
