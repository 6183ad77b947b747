package io.sluice.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How a value that is not simply a record of its keys is written in a file.
 *
 * @param <T> the value
 */
interface Form<T> {

    /** The value, or null when there is a fault, which is then among the problems. */
    T read(JsonNode node, String path, Problems problems);

    /** The value as a tree, without its secrets. */
    JsonNode write(T value);
}
