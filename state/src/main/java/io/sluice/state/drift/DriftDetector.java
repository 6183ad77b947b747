package io.sluice.state.drift;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Sees one number after another and says when their mean has risen.
 *
 * <p>A deterministic function of its settings and the numbers; what it holds does not grow. Not
 * thread-safe.
 */
interface DriftDetector {

    /**
     * Takes the next number.
     *
     * @return whether it shows that the mean has risen: once for each rise
     */
    boolean add(double value);

    /** The mean before the last rise; 0 before there was one. */
    double before();

    /** The mean since then, as it was when it showed. */
    double after();

    /** Writes all that it knows. */
    void write(DataOutput out) throws IOException;

    /** Replaces that by what a detector of the same settings has written. */
    void read(DataInput in) throws IOException;
}
