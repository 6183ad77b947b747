package io.sluice.state.memory;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.kernel.KeyGroups;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Looks now and then whether codes still mean what they meant, and begins the next version of the
 * encoder when they don't.
 *
 * <p>In the first {@code checkEvents} writes of a version {@value #CANARIES} examples at equal
 * distances are kept, each with its code of that moment: the canaries. After every {@code
 * checkEvents} writes the model is asked for their representations anew. Where fewer than {@code
 * agreement} have the code that they were taken with, the next version begins, around the mean of
 * the representations that were written since the last look; so does the first one after the first
 * {@code checkEvents} writes. Whatever moves codes is noticed in this way: steps of learning, rows
 * that narrow or go, scales of numbers.
 *
 * <p>Of an example the first {@value #FEATURES} features and {@value #NUMBERS} raw numbers are
 * kept. Beside one addition of vectors O({@value #CANARIES} predictions) each {@code checkEvents}
 * writes. No allocation once the canaries' arrays have grown. Not thread-safe.
 */
final class CodeWatch {

    static final int CANARIES = 32;
    static final int FEATURES = 24;
    static final int NUMBERS = 16;

    private static final int FEATURE_BYTES = Long.BYTES + Float.BYTES + Byte.BYTES;
    private static final int NUMBER_BYTES = Float.BYTES + 2 * Integer.BYTES;

    private final LshConfig config;
    private final RepresentationCoder coder;
    private final FeatureVector[] canaries = new FeatureVector[CANARIES];
    private final int[] codes = new int[CANARIES];
    private final double[] sum;
    private int held; // canaries of this version
    private int seen; // writes since the last look

    // -- scratch
    private final MemoryReading scratch = new MemoryReading();

    /**
     * Nothing seen.
     *
     * @param coder whose versions it begins
     * @param dimensions of representations
     */
    CodeWatch(LshConfig config, RepresentationCoder coder, int dimensions) {
        this.config = config;
        this.coder = coder;
        sum = new double[dimensions];
        Arrays.setAll(canaries, i -> new FeatureVector(FEATURES));
    }

    /** Most bytes that one takes. */
    static long bytes(int dimensions) {
        int each = FEATURES * FEATURE_BYTES + NUMBERS * NUMBER_BYTES + Integer.BYTES;
        return (long) CANARIES * each + (long) Double.BYTES * dimensions;
    }

    /** Counts a representation under whose code something was written. */
    void see(float[] h) {
        seen++;
        for (int i = 0; i < sum.length; i++) {
            sum[i] += h[i];
        }
    }

    /**
     * Keeps canaries, and looks at them when it is time.
     *
     * @param x of the last {@link #see}
     * @return whether another version of the encoder has begun: older codes mean nothing any more
     */
    boolean keepUp(FeatureVector x, Representations model) {
        int spacing = config.checkEvents() / CANARIES;
        if (coder.version() > 0 && held < CANARIES && seen >= (held + 1) * spacing) {
            take(x, model);
        }
        if (seen < config.checkEvents()) {
            return false;
        }
        boolean isStale = coder.version() == 0 || agreeing(model) < config.agreement() * CANARIES;
        if (isStale) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] /= seen;
            }
            coder.begin(sum);
            held = 0;
        }
        seen = 0;
        Arrays.fill(sum, 0);
        return isStale;
    }

    private void take(FeatureVector x, Representations model) {
        FeatureVector canary = canaries[held];
        canary.clear();
        for (int i = 0; i < Math.min(FEATURES, x.size()); i++) {
            canary.add(x.key(i), x.value(i), x.field(i));
        }
        for (int i = 0; i < Math.min(NUMBERS, x.numbers()); i++) {
            canary.addNumber(x.numberIndex(i), x.number(i));
        }
        codes[held++] = coder.code(model.of(canary), scratch);
    }

    private int agreeing(Representations model) {
        int agreeing = 0;
        for (int i = 0; i < held; i++) {
            agreeing += coder.code(model.of(canaries[i]), scratch) == codes[i] ? 1 : 0;
        }
        return agreeing;
    }

    // -- checkpoints

    /** Writes what stands between two looks, without the canaries. */
    void writeHead(DataOutput out) throws IOException {
        out.writeInt(held);
        out.writeInt(seen);
        for (double s : sum) {
            out.writeDouble(s);
        }
    }

    /**
     * Replaces what stands between two looks.
     *
     * @param isTaken false: reads it and leaves everything as it is
     */
    void readHead(boolean isTaken, DataInput in) throws IOException {
        int theirHeld = in.readInt();
        int theirSeen = in.readInt();
        if (theirHeld < 0 || theirHeld > CANARIES || theirSeen < 0) {
            throw new CorruptStateException(
                    "memory: found %d canaries after %d writes, expected at most %d"
                            .formatted(theirHeld, theirSeen, CANARIES));
        }
        for (int i = 0; i < sum.length; i++) {
            double theirs = in.readDouble();
            if (!(Math.abs(theirs) <= Double.MAX_VALUE)) {
                throw new CorruptStateException(
                        "memory: found a sum of representations of " + theirs);
            }
            sum[i] = isTaken ? theirs : sum[i];
        }
        held = isTaken ? theirHeld : held;
        seen = isTaken ? theirSeen : seen;
    }

    /** Writes each canary to the output of its group. */
    void writeCanaries(int groups, DataOutput[] outs) throws IOException {
        int[] counts = new int[groups];
        for (int i = 0; i < held; i++) {
            counts[KeyGroups.of(i, groups)]++;
        }
        for (int group = 0; group < groups; group++) {
            outs[group].writeInt(counts[group]);
        }
        for (int i = 0; i < held; i++) {
            write(i, outs[KeyGroups.of(i, groups)]);
        }
    }

    private void write(int i, DataOutput out) throws IOException {
        FeatureVector canary = canaries[i];
        out.writeInt(i);
        out.writeInt(codes[i]);
        out.writeByte(canary.size());
        for (int f = 0; f < canary.size(); f++) {
            out.writeLong(canary.key(f));
            out.writeFloat(canary.value(f));
            out.writeByte(canary.field(f));
        }
        out.writeByte(canary.numbers());
        for (int n = 0; n < canary.numbers(); n++) {
            out.writeInt(canary.numberIndex(n));
            out.writeFloat(canary.number(n));
        }
    }

    /**
     * Reads a group's canaries.
     *
     * @param isTaken as for {@link #readHead}, which came before
     */
    void readCanaries(boolean isTaken, DataInput in) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            int i = in.readInt();
            int code = in.readInt();
            if (i < 0 || i >= CANARIES || code < 0) {
                throw new CorruptStateException(
                        "memory: found canary %d with code %d".formatted(i, code));
            }
            FeatureVector canary = isTaken ? canaries[i] : new FeatureVector(FEATURES);
            read(canary, in);
            codes[i] = isTaken ? code : codes[i];
        }
    }

    private static void read(FeatureVector canary, DataInput in) throws IOException {
        canary.clear();
        for (int left = atMost(FEATURES, in.readUnsignedByte()); left > 0; left--) {
            long key = in.readLong();
            float value = CorruptStateException.finite("a canary's value", in.readFloat());
            canary.add(key, value, in.readUnsignedByte());
        }
        for (int left = atMost(NUMBERS, in.readUnsignedByte()); left > 0; left--) {
            canary.addNumber(in.readInt(), in.readFloat());
        }
    }

    private static int atMost(int most, int found) throws CorruptStateException {
        if (found > most) {
            throw new CorruptStateException(
                    "memory: found a canary of %d features or numbers, expected at most %d"
                            .formatted(found, most));
        }
        return found;
    }
}
