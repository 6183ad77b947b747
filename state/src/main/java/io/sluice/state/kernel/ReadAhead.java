package io.sluice.state.kernel;

/**
 * Brings words of memory nearer before they are needed: those of many objects are read one after
 * the other, and the waits for them run side by side. Java has no instruction for it, so words are
 * really read, and added up, or the compiler would leave that out.
 *
 * <p>Not thread-safe.
 */
public final class ReadAhead {

    private long sum;

    /** Takes a word that was read for this. */
    public void take(long word) {
        sum += word;
    }

    /** The sum of all words, which says nothing. */
    public long sum() {
        return sum;
    }
}
