package io.sluice.state.join;

import io.sluice.state.check.Checks;
import io.sluice.state.kernel.Hashing;
import java.io.Serializable;

/**
 * How long a request waits before what nobody touched of it is taken for a negative: a share of the
 * window, drawn for each request alone.
 *
 * <p>{@code window · u^(1/m − 1)}, m the mean share and u from a hash of the request's id, even in
 * [0, 1): near 0 for many, up to the whole window for some. So negatives reach a learner at all
 * ages, as positives do, whose delays nobody knows beforehand; at one age for all, a stream that
 * begins, a burst and each session would be learnt as positives alone first and negatives alone
 * then. Nothing is counted or kept, so it is the same in every order of arrival, after every
 * restart and at every parallelism.
 *
 * @param windowMs the longest time, milliseconds, 0 or more; {@link Long#MAX_VALUE}: for ever
 * @param share m, 0 to 1; 0: nobody waits, 1: all wait for the whole window
 */
public record Patience(long windowMs, double share) implements Serializable {

    /** What nobody touched is a negative at once. */
    public static final Patience NONE = new Patience(0, 0);

    /** Nothing is assumed. */
    public static final Patience ENDLESS = new Patience(Long.MAX_VALUE, 1);

    /** Part of what is assumed when: never changed. */
    private static final long SEED = 0x70617469656e6365L;

    public Patience {
        Checks.notNegative("windowMs", windowMs);
        Checks.inRange("share", share, 0, 1);
    }

    /** How long a request waits, milliseconds, 0 to {@code windowMs}. */
    public long of(String request) {
        if (share == 0) {
            return 0;
        }
        double u = Hashing.unit(Hashing.text(SEED, request));
        return (long) (windowMs * StrictMath.pow(u, 1 / share - 1));
    }

    /**
     * From when on what nobody touched of a request is a negative.
     *
     * @param shown when it was shown, epoch milliseconds
     * @param knownMs how long after that it is known to be one
     * @return {@link Long#MAX_VALUE} when it is not taken for one before that
     */
    public long end(String request, long shown, long knownMs) {
        long wait = of(request);
        return wait < knownMs ? shown + wait : Long.MAX_VALUE;
    }
}
