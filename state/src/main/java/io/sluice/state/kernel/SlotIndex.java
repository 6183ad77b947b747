package io.sluice.state.kernel;

/**
 * Finds slots by 64-bit keys: open addressing, linear probing, at most half full, and removal that
 * closes the gap (Knuth, TAOCP vol. 3, 6.4, algorithm R), so that no tombstones pile up.
 *
 * <p>A key and its slot lie beside each other, so that a look-up in a large table waits for one
 * cache line and not for two. In front of them stand marks of one byte a place, which stay in the
 * processor's cache where the keys don't: whoever asks for a key that is not there, as most pairs
 * of a user and an item aren't, hardly ever comes to the keys. Keys are hashes already and probe
 * from their low bits; key 0 is reserved. Expected O(1). Not thread-safe.
 */
public final class SlotIndex {

    /** What {@link #find} gives for a key that is not there. */
    public static final int ABSENT = -1;

    /** Key, then slot, of each place. */
    private long[] places = new long[2 * 16];

    /**
     * Seven bits of the key of each place, and one that says that it is taken; 0 for a free one.
     */
    private byte[] marks = new byte[16];

    private int size;

    /** Keys held. */
    public int size() {
        return size;
    }

    /** Bytes held, as allocated. */
    public long bytes() {
        return (long) places.length * Long.BYTES + marks.length;
    }

    /** The slot of a key, or {@link #ABSENT}. */
    public int find(long key) {
        int at = place(key);
        return marks[at >> 1] == 0 ? ABSENT : (int) places[at + 1];
    }

    /** Sets the slot of a key, which may be there already. */
    public void put(long key, int slot) {
        if (4 * (size + 1) > places.length) {
            grow();
        }
        int at = place(key);
        if (places[at] == 0) {
            size++;
        }
        marks[at >> 1] = mark(key);
        places[at] = key;
        places[at + 1] = slot;
    }

    /** Takes a key out and returns its slot, or {@link #ABSENT}. */
    public int remove(long key) {
        int at = place(key);
        if (places[at] == 0) {
            return ABSENT;
        }
        int slot = (int) places[at + 1];
        closeGap(at);
        size--;
        return slot;
    }

    /** Where the key is, or the free place where it would be. */
    private int place(long key) {
        int mask = marks.length - 1;
        int at = (int) key & mask;
        byte mark = mark(key);
        while (true) {
            byte found = marks[at];
            if (found == 0 || (found == mark && places[2 * at] == key)) {
                return 2 * at;
            }
            at = (at + 1) & mask;
        }
    }

    /** The upper bits: a place depends on the lower ones. */
    private static byte mark(long key) {
        return (byte) (key >>> 56 | 0x80);
    }

    private int home(long key) {
        return ((int) key << 1) & (places.length - 1);
    }

    private void closeGap(int start) {
        int mask = places.length - 1;
        int gap = start;
        for (int at = (gap + 2) & mask; places[at] != 0; at = (at + 2) & mask) {
            // A key may move back into the gap unless its home lies behind the gap.
            if (((at - home(places[at])) & mask) >= ((at - gap) & mask)) {
                marks[gap >> 1] = marks[at >> 1];
                places[gap] = places[at];
                places[gap + 1] = places[at + 1];
                gap = at;
            }
        }
        marks[gap >> 1] = 0;
        places[gap] = 0;
    }

    private void grow() {
        long[] old = places;
        places = new long[old.length * 2];
        marks = new byte[old.length];
        size = 0;
        for (int i = 0; i < old.length; i += 2) {
            if (old[i] != 0) {
                put(old[i], (int) old[i + 1]);
            }
        }
    }
}
