package io.sluice.state.memory;

import io.sluice.state.kernel.Hashing;

/**
 * Who voted in the present round of a cell, as bits.
 *
 * <p>A user has one of {@value #SEATS} seats, by hash, and votes when it is free; when {@value
 * #VOTES} are taken the next round begins. So whoever one user is, of a cell's votes he has at most
 * one in {@value #VOTES}, and one more. Strangers who share a seat count as one.
 */
final class VotingRound {

    /** Votes of different users in a round. */
    static final int VOTES = 16;

    private static final int SEATS = 31;
    private static final int LATER = 1 << SEATS; // not the first: that one was completed

    private VotingRound() {}

    /** The round when a user has voted; the same when he had voted in it. */
    static int vote(int round, long name, long voter) {
        int seat = Hashing.below(SEATS, Hashing.number(voter, name));
        return seated(round | (1 << seat));
    }

    /** The round of two parts of a cell. */
    static int merged(int one, int other) {
        return seated(one | other);
    }

    /** These seats, or those of the next round where this one is complete. */
    private static int seated(int taken) {
        return Integer.bitCount(taken & ~LATER) < VOTES ? taken : LATER;
    }

    /** How many different users voted, at least, up to {@value #VOTES}. */
    static int users(int round) {
        return round < 0 ? VOTES : Integer.bitCount(round);
    }
}
