package io.sluice.state.rank;

import java.util.Arrays;

/**
 * Small numbers for the groups of one request, and how many of each there are. Open addressing on
 * the hash that names a group. Scratch; not thread-safe.
 */
final class GroupTable {

    /** The number of "no group", whose members don't count. */
    static final int NONE = -1;

    private long[] hashes = new long[16];
    private int[] numbers = new int[16];
    private int[] counts = new int[16];
    private int used;

    /** Forgets all groups. */
    void begin(int candidates) {
        int room = 16;
        while (room < 2 * (candidates + 1)) {
            room *= 2;
        }
        if (hashes.length < room) {
            hashes = new long[room];
            numbers = new int[room];
            counts = new int[room];
        } else {
            Arrays.fill(hashes, 0);
        }
        used = 0;
    }

    /** Counts a member in; its group's number. */
    int enter(long hash) {
        if (hash == Candidates.NO_GROUP) {
            return NONE;
        }
        int number = numberOf(hash);
        counts[number]++;
        return number;
    }

    /** The number of a group, a new one if it was not there. */
    int numberOf(long hash) {
        if (hash == Candidates.NO_GROUP) {
            return NONE;
        }
        int mask = hashes.length - 1;
        int at = (int) hash & mask;
        while (hashes[at] != 0 && hashes[at] != hash) {
            at = (at + 1) & mask;
        }
        if (hashes[at] == 0) {
            if (2 * (used + 1) > hashes.length) {
                grow();
                return numberOf(hash);
            }
            hashes[at] = hash;
            numbers[at] = used;
            counts[used] = 0;
            used++;
        }
        return numbers[at];
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] oldNumbers = numbers;
        hashes = new long[2 * oldHashes.length];
        numbers = new int[hashes.length];
        counts = Arrays.copyOf(counts, hashes.length);
        int mask = hashes.length - 1;
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != 0) {
                int at = (int) oldHashes[i] & mask;
                while (hashes[at] != 0) {
                    at = (at + 1) & mask;
                }
                hashes[at] = oldHashes[i];
                numbers[at] = oldNumbers[i];
            }
        }
    }

    /** Counts a member out. */
    void leave(int number) {
        if (number != NONE) {
            counts[number]--;
        }
    }

    /** How many are there. */
    int count(int number) {
        return number == NONE ? 0 : counts[number];
    }

    /** How many groups have a number. */
    int size() {
        return used;
    }
}
