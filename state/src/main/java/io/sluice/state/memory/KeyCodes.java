package io.sluice.state.memory;

import io.sluice.state.feature.FeatureVector;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The codes that are parts of keys: their encoder, the watch over it, and how what was written is
 * found again. Says {@link RepresentationCoder#NO_CODE}, and takes no bytes, where no key has one.
 * Not thread-safe, but readings are while nobody writes.
 */
final class KeyCodes {

    // A stamp: from below 16 bits that are the memory's own, 16 of a code, 32 of its version.
    private static final int CODE_SHIFT = 16;
    private static final int CODE_MASK = (1 << LshConfig.MOST_BITS) - 1;

    private final RepresentationCoder coder; // null, as its watch: no key has a code
    private final CodeWatch watch;
    private boolean isShared = true;

    /**
     * No version yet.
     *
     * @param areNeeded whether a key has a code
     * @param dimensions of representations
     */
    KeyCodes(boolean areNeeded, LshConfig config, int dimensions) {
        coder = areNeeded ? new RepresentationCoder(config.bits(), dimensions) : null;
        watch = areNeeded ? new CodeWatch(config, coder, dimensions) : null;
    }

    /** Most bytes that they take. */
    static long bytes(boolean areNeeded, LshConfig config, int dimensions) {
        return areNeeded
                ? RepresentationCoder.bytes(config.bits(), dimensions) + CodeWatch.bytes(dimensions)
                : 0;
    }

    /** Whether a key has a code. */
    boolean areNeeded() {
        return coder != null;
    }

    /** The version of the encoder, from 1; 0: none yet. */
    int version() {
        return coder == null ? 0 : coder.version();
    }

    /** The code of what a reading is about, remembered there. */
    int code(float[] representation, MemoryReading reading) {
        if (coder == null) {
            return RepresentationCoder.NO_CODE;
        }
        if (!reading.isHashed()) {
            int code = coder.code(representation, reading);
            reading.codes(1)[0] = code;
            reading.isHashed(true);
        }
        return reading.codes(1)[0];
    }

    /**
     * Counts a representation under whose code something was written.
     *
     * @return what finds that code again, in the upper 48 bits
     */
    long stamp(float[] representation, int code) {
        if (coder == null) {
            return 0;
        }
        watch.see(representation);
        return (long) coder.version() << Integer.SIZE | (code & CODE_MASK) << CODE_SHIFT;
    }

    /** The code of a stamp; none if it is of another version. */
    int codeOf(long stamp) {
        return coder != null && (int) (stamp >>> Integer.SIZE) == coder.version()
                ? (int) (stamp >>> CODE_SHIFT) & CODE_MASK
                : RepresentationCoder.NO_CODE;
    }

    /** As {@link CodeWatch#keepUp}. */
    boolean keepUp(FeatureVector x, Representations model) {
        return coder != null && watch.keepUp(x, model);
    }

    void writeServed(DataOutput out) throws IOException {
        if (coder != null) {
            coder.write(out);
        }
    }

    void readServed(DataInput in) throws IOException {
        if (coder != null) {
            coder.read(in);
        }
    }

    void writeHead(DataOutput out) throws IOException {
        if (coder != null) {
            coder.write(out);
            watch.writeHead(out);
        }
    }

    /**
     * Reads the head of a piece of state. Pieces of one state have the same codes. Of pieces that
     * have not, the latest version stays.
     *
     * @return whether what was written under codes before has to go
     */
    boolean readHead(DataInput in) throws IOException {
        if (coder == null) {
            return false;
        }
        RepresentationCoder theirs = coder.empty();
        theirs.read(in);
        boolean isLater = theirs.version() > coder.version();
        if (isLater) {
            coder.takeOver(theirs);
        }
        isShared = theirs.codesAs(coder);
        watch.readHead(isShared, in);
        return isLater;
    }

    /** Whether the piece whose head was read last has the codes that there are. */
    boolean areShared() {
        return isShared;
    }

    void writeCanaries(int groups, DataOutput[] outs) throws IOException {
        if (coder != null) {
            watch.writeCanaries(groups, outs);
        }
    }

    void readCanaries(DataInput in) throws IOException {
        if (coder != null) {
            watch.readCanaries(isShared, in);
        }
    }
}
