package io.sluice.state.drift;

import io.sluice.state.check.Checks;
import io.sluice.state.check.CorruptStateException;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.kernel.Activations;
import io.sluice.state.kernel.Hashing;
import io.sluice.state.kernel.KeyGroups;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Watches the surprise of a model by a stream, and by each value of one declared feature.
 *
 * <pre>  surprise = loss(p, y) − E[loss(p, Y) | Y ~ p]  </pre>
 *
 * <p>the progressive loss beyond what the model itself expects of a prediction p: p ln(1/p) + (1 −
 * p) ln(1/(1 − p)). Its mean is 0 while the model is calibrated, whether it has learnt much or
 * little and whether the stream is easy or hard just now; loss itself falls for as long as a model
 * learns, and a rise drowns in that.
 *
 * <p>Detector 0 sees every example. Behind it stand {@link DriftConfig#segments} others; the row
 * key of each value of the feature says which of them sees it too, so values that share one are
 * watched together and their number never changes. ADWIN's δ is divided by the number of detectors.
 *
 * <p>Losses are cut off at {@value #LARGEST_LOSS} nats: a single surprise is no drift, and the
 * bound of ADWIN is for numbers of a known range.
 *
 * <p>O(values of the feature) for an example, and a look at the window now and then. Constant
 * bytes. Not thread-safe.
 */
public final class DriftMonitor {

    /** Nats from which on a loss counts as this one: a probability of 2 %. */
    static final double LARGEST_LOSS = 4;

    /**
     * ln 2: most that a model expects. Detectors see the surprise plus this, so never less than 0.
     */
    static final double MOST_EXPECTED = StrictMath.log(2);

    /** What detectors see is within [0, this]. */
    static final double RANGE = LARGEST_LOSS + MOST_EXPECTED;

    private static final double LEAST = Activations.PROBABILITY_FLOOR;

    private static final List<DriftChange> NONE = List.of();

    private final DriftConfig config;
    private final DriftDetector[] detectors;
    private final int field;

    /**
     * A monitor that has seen nothing.
     *
     * @param config with a detector, or without: then it never says anything
     */
    public DriftMonitor(DriftConfig config, FeatureSchema schema) {
        this.config = config;
        field = config.hasSegments() ? field(config.segment(), schema) : 0;
        detectors = new DriftDetector[config.detectors()];
        Arrays.setAll(detectors, i -> detector());
    }

    /** The field of the feature that segments are made of; checks that there can be such. */
    public static int field(String segment, FeatureSchema schema) {
        int field = schema.feature(segment) == null ? 0 : schema.fieldOf(segment);
        Checks.that(
                field != 0,
                "drift.segment",
                "one of the first " + FeatureVector.MOST_FIELDS + " declared features, or none",
                segment);
        return field;
    }

    private DriftDetector detector() {
        return switch (config.detector()) {
            case ADWIN ->
                    new Adwin(
                            config.adwin(),
                            config.adwin().confidence() / config.detectors(),
                            RANGE);
            case PAGE_HINKLEY -> new PageHinkley(config.pageHinkley());
            case NONE -> throw new IllegalStateException("no detector was asked for");
        };
    }

    /** Bytes that a monitor of these settings holds. */
    public static long bytes(DriftConfig config) {
        long each =
                switch (config.detector()) {
                    case NONE -> 0;
                    case ADWIN -> Adwin.BYTES;
                    case PAGE_HINKLEY -> PageHinkley.BYTES;
                };
        return each * config.detectors();
    }

    /**
     * Takes one judged prediction.
     *
     * @param x the example's features
     * @param p predicted probability of label 1
     * @param label the outcome, 0 or 1
     * @return what has changed, the whole stream first; nearly always nothing
     */
    public List<DriftChange> observe(FeatureVector x, double p, double label) {
        if (detectors.length == 0) {
            return NONE;
        }
        double value = surprise(p, label) + MOST_EXPECTED;
        List<DriftChange> changes = observe(0, "", 0, value, NONE);
        if (field != 0) {
            for (int i = 0; i < x.size(); i++) {
                if (x.field(i) == field) {
                    long key = x.key(i);
                    int slot = 1 + ((int) Hashing.mix(key) & (config.segments() - 1));
                    changes = observe(slot, config.segment(), key, value, changes);
                }
            }
        }
        return changes;
    }

    private List<DriftChange> observe(
            int slot, String name, long key, double value, List<DriftChange> before) {
        DriftDetector detector = detectors[slot];
        if (!detector.add(value)) {
            return before;
        }
        List<DriftChange> changes = new ArrayList<>(before);
        changes.add(
                new DriftChange(
                        name,
                        key,
                        detector.before() - MOST_EXPECTED,
                        detector.after() - MOST_EXPECTED));
        return changes;
    }

    /** Nats, from −ln 2 to {@value #LARGEST_LOSS}; to the same bits on every machine. */
    static double surprise(double p, double label) {
        double clipped = Math.max(LEAST, Math.min(1 - LEAST, p));
        double ofOne = -StrictMath.log(clipped);
        double ofZero = -StrictMath.log(1 - clipped);
        double expected = clipped * ofOne + (1 - clipped) * ofZero;
        return Math.min(LARGEST_LOSS, label > 0 ? ofOne : ofZero) - expected;
    }

    /** Bytes held; constant. */
    public long bytes() {
        return bytes(config);
    }

    /** What has to be equal for one monitor to go on with what another has seen. */
    public long shape() {
        return Hashing.number(
                Hashing.text(config.detector().code(), config.segment()), detectors.length);
    }

    /** Writes each detector, behind its number, to the output of its group. */
    public void write(int groups, DataOutput[] outs) throws IOException {
        for (int i = 0; i < detectors.length; i++) {
            DataOutput out = outs[KeyGroups.of(i, groups)];
            out.writeInt(i);
            detectors[i].write(out);
        }
    }

    /**
     * Replaces a detector by one that {@link #write} wrote; to be called until the input of a group
     * is at its end.
     */
    public void read(DataInput in) throws IOException {
        int i = in.readInt();
        if (i < 0 || i >= detectors.length) {
            throw new CorruptStateException(
                    "drift: found detector %d, expected fewer than %d"
                            .formatted(i, detectors.length));
        }
        detectors[i].read(in);
    }
}
