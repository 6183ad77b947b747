package io.sluice.state.feature.stream;

import java.util.Arrays;

/**
 * What one fact means for one entity.
 *
 * <p>Reusable scratch of {@link FactRouter}; {@link #copy} what has to stay.
 */
public final class ScopeUpdate {

    private int scope;
    private long key;
    private long time;
    private long tie;
    private long mask;
    private long[] args = new long[8];
    private int argCount;

    /** An update of nothing. */
    public ScopeUpdate() {}

    /**
     * An update as it was sent.
     *
     * @param scope index of the scope
     * @param key of the entity
     * @param time of the fact, epoch milliseconds
     * @param tie orders updates of one time
     * @param mask bit i: slot i of the scope takes its argument
     * @param args the arguments of those slots, in order; owned by the update from now on
     */
    @SuppressWarnings("ParameterNumber")
    public ScopeUpdate(int scope, long key, long time, long tie, long mask, long[] args) {
        this.scope = scope;
        this.key = key;
        this.time = time;
        this.tie = tie;
        this.mask = mask;
        this.args = args;
        argCount = args.length;
    }

    void start(int newScope, long newTime, long newTie) {
        scope = newScope;
        time = newTime;
        tie = newTie;
        mask = 0;
        argCount = 0;
    }

    void entity(long newKey) {
        key = newKey;
    }

    void take(int slot) {
        mask |= 1L << slot;
    }

    void push(long word) {
        if (argCount == args.length) {
            args = Arrays.copyOf(args, 2 * argCount);
        }
        args[argCount++] = word;
    }

    /** Index of the scope. */
    public int scope() {
        return scope;
    }

    /** Key of the entity. */
    public long key() {
        return key;
    }

    /** Time of the fact, epoch milliseconds. */
    public long time() {
        return time;
    }

    /** Orders updates of one time. */
    public long tie() {
        return tie;
    }

    /** Bit i: slot i of the scope takes its argument. */
    public long mask() {
        return mask;
    }

    /** The arguments; what is behind {@link #argCount} is undefined. */
    long[] args() {
        return args;
    }

    /** How many words of arguments there are. */
    public int argCount() {
        return argCount;
    }

    /** Word {@code i} of the arguments. */
    public long arg(int i) {
        return args[i];
    }

    /** An update of its own with the same content. */
    public ScopeUpdate copy() {
        return new ScopeUpdate(scope, key, time, tie, mask, Arrays.copyOf(args, argCount));
    }
}
