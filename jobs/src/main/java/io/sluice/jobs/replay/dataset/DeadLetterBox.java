package io.sluice.jobs.replay.dataset;

import io.sluice.state.event.Reason;

/** Takes the rows that can't be used. */
@FunctionalInterface
public interface DeadLetterBox {

    /** Forgets them: for a first look at a file that will be read again. */
    DeadLetterBox IGNORED = (file, line, row, reason, detail) -> {};

    /**
     * Takes one row.
     *
     * @param file name of the file
     * @param line 1-based number of its first line
     * @param row its bytes; only the beginning when it is too large
     * @param reason why
     * @param detail the field, what was found and what was expected
     */
    void add(String file, long line, byte[] row, Reason reason, String detail);
}
