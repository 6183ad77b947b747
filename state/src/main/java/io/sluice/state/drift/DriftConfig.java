package io.sluice.state.drift;

import io.sluice.state.check.Checks;
import java.io.Serializable;

/**
 * Settings of drift detection. The defaults stand, with their reasons, in {@code
 * config/reference.yaml}.
 *
 * @param detector which one
 * @param adwin its settings, where it is that one
 * @param pageHinkley its settings, where it is that one
 * @param segment the declared feature each of whose values is watched beside the whole stream;
 *     {@value #NO_SEGMENT}: none is
 * @param segments detectors for those values, a power of two from 1 to 4096; values that share one
 *     are watched together
 * @param hastenFactor how many times faster memory fades after an alarm, 1 to 1000
 * @param hastenMs for how long, event time, 0 to a year
 */
public record DriftConfig(
        DetectorKind detector,
        AdwinConfig adwin,
        PageHinkleyConfig pageHinkley,
        String segment,
        int segments,
        int hastenFactor,
        long hastenMs)
        implements Serializable {

    /** What {@link #segment} says where only the whole stream is watched. */
    public static final String NO_SEGMENT = "none";

    /** The defaults of {@code config/reference.yaml}. */
    public static final DriftConfig DEFAULT =
            new DriftConfig(
                    DetectorKind.NONE,
                    AdwinConfig.DEFAULT,
                    PageHinkleyConfig.DEFAULT,
                    NO_SEGMENT,
                    64,
                    8,
                    3_600_000);

    /** Nothing is watched. */
    public static final DriftConfig NONE = DEFAULT.with(DetectorKind.NONE);

    private static final long YEAR_MS = 31_557_600_000L;

    public DriftConfig {
        Checks.notNull("drift.detector", detector);
        Checks.notNull("drift.adwin", adwin);
        Checks.notNull("drift.pageHinkley", pageHinkley);
        Checks.notBlank("drift.segment", segment);
        Checks.inRange("drift.segments", segments, 1, 4096);
        Checks.powerOfTwo("drift.segments", segments);
        Checks.inRange("drift.hastenFactor", hastenFactor, 1, 1000);
        Checks.inRange("drift.hastenMs", hastenMs, 0, YEAR_MS);
    }

    /** The same settings with another detector. */
    public DriftConfig with(DetectorKind another) {
        return new DriftConfig(
                another, adwin, pageHinkley, segment, segments, hastenFactor, hastenMs);
    }

    /** The same settings with the values of a declared feature watched. */
    public DriftConfig watching(String feature) {
        return new DriftConfig(
                detector, adwin, pageHinkley, feature, segments, hastenFactor, hastenMs);
    }

    /** Whether values of a feature are watched beside the whole stream. */
    public boolean hasSegments() {
        return !segment.equals(NO_SEGMENT);
    }

    /** How many detectors there are. */
    int detectors() {
        return detector == DetectorKind.NONE ? 0 : 1 + (hasSegments() ? segments : 0);
    }
}
