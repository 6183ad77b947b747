package io.sluice.state.kernel;

/**
 * Finds slots by 64-bit keys: open addressing, linear probing, at most half full, and removal that
 * closes the gap (Knuth, TAOCP vol. 3, 6.4, algorithm R), so that no tombstones pile up.
 *
 * <p>Keys are hashes already and probe from their low bits; key 0 is reserved. Expected O(1). Not
 * thread-safe.
 */
public final class SlotIndex {

    /** What {@link #find} gives for a key that is not there. */
    public static final int ABSENT = -1;

    private long[] keys = new long[16];
    private int[] slots = new int[16];
    private int size;

    /** Keys held. */
    public int size() {
        return size;
    }

    /** Bytes held, as allocated. */
    public long bytes() {
        return (long) keys.length * (Long.BYTES + Integer.BYTES);
    }

    /** The slot of a key, or {@link #ABSENT}. */
    public int find(long key) {
        int mask = keys.length - 1;
        for (int at = (int) key & mask; keys[at] != 0; at = (at + 1) & mask) {
            if (keys[at] == key) {
                return slots[at];
            }
        }
        return ABSENT;
    }

    /** Sets the slot of a key, which may be there already. */
    public void put(long key, int slot) {
        if (2 * (size + 1) > keys.length) {
            grow();
        }
        int mask = keys.length - 1;
        int at = (int) key & mask;
        while (keys[at] != 0 && keys[at] != key) {
            at = (at + 1) & mask;
        }
        if (keys[at] == 0) {
            size++;
        }
        keys[at] = key;
        slots[at] = slot;
    }

    /** Takes a key out and returns its slot, or {@link #ABSENT}. */
    public int remove(long key) {
        int mask = keys.length - 1;
        int at = (int) key & mask;
        while (keys[at] != key) {
            if (keys[at] == 0) {
                return ABSENT;
            }
            at = (at + 1) & mask;
        }
        int slot = slots[at];
        closeGap(at, mask);
        size--;
        return slot;
    }

    private void closeGap(int start, int mask) {
        int gap = start;
        for (int at = (gap + 1) & mask; keys[at] != 0; at = (at + 1) & mask) {
            int home = (int) keys[at] & mask;
            // A key may move back into the gap unless its home lies behind the gap.
            if (((at - home) & mask) >= ((at - gap) & mask)) {
                keys[gap] = keys[at];
                slots[gap] = slots[at];
                gap = at;
            }
        }
        keys[gap] = 0;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldSlots = slots;
        keys = new long[oldKeys.length * 2];
        slots = new int[oldKeys.length * 2];
        size = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                put(oldKeys[i], oldSlots[i]);
            }
        }
    }
}
