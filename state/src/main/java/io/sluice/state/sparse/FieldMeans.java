package io.sluice.state.sparse;

import io.sluice.state.check.CorruptStateException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The mean embedding of each field's rows, a share of which new rows begin with: what an id has in
 * common with others of its kind it need not learn again.
 *
 * <p>The mean is over touches, of every {@value #EVERY}th example, all of them until there are
 * {@value #MEMORY}, with exponential fading from then on. Values that a narrow row lacks count as
 * what the mean is. Linear weights have none: what they have in common is the bias. A field beyond
 * those that the table was made for, and field 0, which stands for none, have no mean. Not
 * thread-safe.
 */
final class FieldMeans {

    private static final int EVERY = 8;
    private static final int MEMORY = 100_000;

    private final int dimensions;
    private final float share;
    private final int[] touches; // of each field, up to MEMORY
    private final float[] means;

    FieldMeans(StoreLayout layout) {
        dimensions = layout.format.dimensions();
        share = (float) layout.config.warmStart();
        touches = new int[layout.means];
        means = new float[layout.means * dimensions];
    }

    /**
     * Of how many fields means are kept: of all, or of none where they would take more than a
     * sixteenth of the bytes, which rows need more.
     */
    static int fields(int all, int dimensions, MemoryBudget budget) {
        return budget.spares(bytes(all, dimensions)) ? all : 0;
    }

    /** Bytes of so many means. */
    static long bytes(int fields, int dimensions) {
        return fields == 0 ? 0 : Ledger.ints(fields) + Ledger.ints((long) fields * dimensions);
    }

    long bytes() {
        return bytes(touches.length, dimensions);
    }

    /** Whether the example under way counts, so many having been learnt before it. */
    boolean isDue(long examples) {
        return touches.length > 0 && examples % EVERY == 0;
    }

    /** Counts a row of a field, which stands unpacked in {@code values}. */
    void count(int field, float[] values, int at, int width) {
        if (!has(field)) {
            return;
        }
        touches[field - 1] = Math.min(MEMORY, touches[field - 1] + 1);
        float part = 1f / touches[field - 1];
        int mean = (field - 1) * dimensions;
        for (int d = 0; d < width; d++) {
            means[mean + d] += part * (values[at + 1 + d] - means[mean + d]);
        }
    }

    /** Adds to a new row of a field, which stands unpacked in {@code values}. */
    void warm(int field, float[] values, int at, int width) {
        if (!has(field)) {
            return;
        }
        int mean = (field - 1) * dimensions;
        for (int d = 0; d < width; d++) {
            values[at + 1 + d] += share * means[mean + d];
        }
    }

    private boolean has(int field) {
        return field > 0 && field <= touches.length;
    }

    void clear() {
        Arrays.fill(touches, 0);
        Arrays.fill(means, 0);
    }

    /** Writes counts and means, field by field. */
    void write(DataOutput out) throws IOException {
        for (int field = 0; field < touches.length; field++) {
            out.writeInt(touches[field]);
            for (int d = 0; d < dimensions; d++) {
                out.writeFloat(means[field * dimensions + d]);
            }
        }
    }

    /** Replaces all means by what {@link #write} wrote. */
    void read(DataInput in) throws IOException {
        for (int field = 0; field < touches.length; field++) {
            touches[field] = in.readInt();
            if (touches[field] < 0 || touches[field] > MEMORY) {
                throw new CorruptStateException(
                        "model state: found a mean of %d rows, expected 0 to %d"
                                .formatted(touches[field], MEMORY));
            }
            for (int d = 0; d < dimensions; d++) {
                means[field * dimensions + d] =
                        CorruptStateException.finite("a mean", in.readFloat());
            }
        }
    }
}
