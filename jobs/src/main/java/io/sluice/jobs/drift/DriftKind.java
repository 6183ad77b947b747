package io.sluice.jobs.drift;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a stream changes. A <em>phase</em> is a stretch between two changes. */
public enum DriftKind {
    /** Nothing changes: what a method costs where there is nothing to gain. */
    STEADY,
    /** Half of all tastes and qualities are drawn anew at one half of the stream. */
    SUDDEN,
    /** The same change, as a straight line in log-odds from one third to two thirds. */
    GRADUAL,
    /** Two worlds take turns, each for an eighth of the stream. */
    RECURRING,
    /** From one half on, every second event is about an item that was never seen before. */
    NEW_ITEMS,
    /** The sudden change, but for the users of one segment alone. */
    SEGMENT,
    /** The sudden change, with labels that come late. */
    DELAY,
    /** One user clicks on one item: every twentieth event of the fifth eighth. */
    ATTACK;

    /** Its name on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind of that name. */
    public static Optional<DriftKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    /** The phase of event {@code i} of {@code n}. */
    int phase(long i, long n) {
        return switch (this) {
            case STEADY -> 0;
            case SUDDEN, SEGMENT, DELAY, NEW_ITEMS -> 2 * i < n ? 0 : 1;
            case GRADUAL -> 3 * i < n ? 0 : 1;
            case RECURRING -> (int) (8 * i / n);
            case ATTACK -> 2 * i < n ? 0 : 8 * i < 5 * n ? 1 : 2;
        };
    }

    /** How much of the second world there is at event {@code i} of {@code n}, 0 to 1. */
    double share(long i, long n) {
        return switch (this) {
            case STEADY, NEW_ITEMS, ATTACK -> 0;
            case SUDDEN, SEGMENT, DELAY -> phase(i, n);
            case GRADUAL -> Math.min(1, Math.max(0, 3.0 * i / n - 1));
            case RECURRING -> phase(i, n) % 2;
        };
    }

    /** The same by the world as it was before the current phase. */
    double staleShare(long i, long n) {
        return this == RECURRING ? Math.max(0, phase(i, n) - 1) % 2 : 0;
    }
}
