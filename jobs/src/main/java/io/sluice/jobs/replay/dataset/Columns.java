package io.sluice.jobs.replay.dataset;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which column of a table is what. Columns whose name begins with an underscore are bookkeeping and
 * don't exist for anybody behind this class.
 */
final class Columns {

    private final String file;
    private final String[] header;
    private final int[] attributes;

    /**
     * Reads a header.
     *
     * @param reserved columns with a meaning of their own, which are no attributes
     */
    Columns(String file, String[] header, Set<String> reserved) {
        this.file = file;
        this.header = header;
        Set<String> names = new HashSet<>();
        for (String name : header) {
            if (name.isEmpty() || !names.add(name)) {
                throw new IllegalArgumentException(
                        "%s must have a header of unique names, found '%s' %s"
                                .formatted(
                                        file,
                                        String.join(",", header),
                                        name.isEmpty() ? "with a blank one" : "twice " + name));
            }
        }
        attributes =
                IntStream.range(0, header.length)
                        .filter(i -> !header[i].startsWith("_"))
                        .filter(i -> !reserved.contains(header[i]))
                        .toArray();
    }

    /** Index of a column that must be there. */
    int required(String name) {
        int index = optional(name);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "%s must have a column '%s', found %s"
                            .formatted(file, name, String.join(",", header)));
        }
        return index;
    }

    /** Index of a column, or -1. */
    int optional(String name) {
        return Arrays.asList(header).indexOf(name);
    }

    /** Indexes of the columns that are attributes, in the order of the file. */
    int[] attributes() {
        return attributes.clone();
    }

    String name(int index) {
        return header[index];
    }

    List<String> attributeNames() {
        return Arrays.stream(attributes).mapToObj(this::name).toList();
    }
}
