package io.sluice.state.drift;

import io.sluice.state.check.CorruptStateException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The Page–Hinkley test for a rise of the mean.
 *
 * <pre>  m(t) = Σᵢ ((xᵢ − x̄ᵢ)/sᵢ − δ),   alarm when  m(t) − min m > λ  </pre>
 *
 * <p>x̄ᵢ and sᵢ are mean and standard deviation up to and with xᵢ, δ the tolerance, λ the
 * threshold. On a stream without change m climbs by λ once in about exp(2δλ)/(2δ²) numbers (a
 * Brownian motion's first passage); by the deviations that holds for rare labels and for even ones
 * alike, which is why they are there: the test as published has none. The minimum stands where the
 * rise began, so the means before and after it are those of the alarm. After an alarm all begins
 * anew; with fewer than {@link PageHinkleyConfig#warmUp} numbers there is none.
 *
 * <p>Page, "Continuous inspection schemes", Biometrika 1954; Hinkley, Biometrika 1971; in this form
 * Gama et al., "A survey on concept drift adaptation", ACM Computing Surveys 2014, section 3.2.
 * O(1).
 */
final class PageHinkley implements DriftDetector {

    /** What it holds: nine numbers. */
    static final long BYTES = 9L * Double.BYTES;

    private final PageHinkleyConfig config;
    private long count;
    private double total;
    private double squares; // Σ (x − x̄)²
    private double sum;
    private double least;
    private long countAtLeast;
    private double totalAtLeast;
    private double before;
    private double after;

    PageHinkley(PageHinkleyConfig config) {
        this.config = config;
    }

    @Override
    public boolean add(double value) {
        double off = count == 0 ? 0 : value - total / count;
        count++;
        total += value;
        double beyond = value - total / count;
        squares += off * beyond;
        double standardised = squares > 0 ? beyond / Math.sqrt(squares / count) : 0;
        sum += standardised - config.tolerance();
        if (sum < least) {
            least = sum;
            countAtLeast = count;
            totalAtLeast = total;
        }
        if (count < config.warmUp() || sum - least <= config.threshold()) {
            return false;
        }
        // The sum began at its minimum where nothing was ever below it.
        before = countAtLeast == 0 ? total / count : totalAtLeast / countAtLeast;
        after = (total - totalAtLeast) / (count - countAtLeast);
        count = 0;
        total = 0;
        squares = 0;
        sum = 0;
        least = 0;
        countAtLeast = 0;
        totalAtLeast = 0;
        return true;
    }

    @Override
    public double before() {
        return before;
    }

    @Override
    public double after() {
        return after;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeLong(count);
        out.writeDouble(total);
        out.writeDouble(squares);
        out.writeDouble(sum);
        out.writeDouble(least);
        out.writeLong(countAtLeast);
        out.writeDouble(totalAtLeast);
        out.writeDouble(before);
        out.writeDouble(after);
    }

    @Override
    public void read(DataInput in) throws IOException {
        count = in.readLong();
        total = finite(in);
        squares = finite(in);
        sum = finite(in);
        least = finite(in);
        countAtLeast = in.readLong();
        totalAtLeast = finite(in);
        before = finite(in);
        after = finite(in);
        if (count < 0 || countAtLeast < 0 || countAtLeast > count || least > sum || squares < 0) {
            throw new CorruptStateException(
                    "Page–Hinkley: found %d numbers, its least sum at %d; sum %s, least %s"
                            .formatted(count, countAtLeast, sum, least));
        }
    }

    private static double finite(DataInput in) throws IOException {
        double value = in.readDouble();
        if (!Double.isFinite(value)) {
            throw new CorruptStateException("Page–Hinkley: found %s".formatted(value));
        }
        return value;
    }
}
