package io.sluice.jobs.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What one measurement found.
 *
 * @param command what was run
 * @param revision of the sources
 * @param seed of all random choices
 * @param settings the effective configuration
 * @param data what was read
 * @param windowExamples length of the windows
 * @param arms the contestants, the main one first
 * @param notes what a reader should know
 */
public record Report(
        String command,
        String revision,
        long seed,
        ObjectNode settings,
        DataFacts data,
        int windowExamples,
        List<Arm> arms,
        List<String> notes) {

    public Report {
        arms = List.copyOf(arms);
        notes = List.copyOf(notes);
    }
}
