package io.sluice.state.memory;

import io.sluice.state.feature.FeatureVector;
import io.sluice.state.kernel.Hashing;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The codes that are parts of keys: their encoder, the watch over it, and how what was written is
 * found again. Says {@link RepresentationCoder#NO_CODE}, and takes no bytes, where no key has one.
 * Not thread-safe, but readings are while nobody writes.
 */
final class KeyCodes {

    /** Bits of a stamp, the lowest ones, that are the memory's own. */
    static final int OWN_BITS = MemoryKeys.MOST;

    // Above them 16 of a code, then the lower ones of its version.
    private static final int VERSION_SHIFT = OWN_BITS + 16;
    private static final int CODE_MASK = (1 << LshConfig.MOST_BITS) - 1;
    private static final int VERSION_MASK = (1 << (Long.SIZE - VERSION_SHIFT)) - 1;

    private final RepresentationCoder coder; // null, as its watch: no key has a code
    private final CodeWatch watch;
    private boolean isShared = true; // whether the piece read last has the codes that there are

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
     * What a code is as a part of a key: none of another version is the same, so that what was
     * written before is not read.
     */
    long part(int code) {
        return code == RepresentationCoder.NO_CODE
                ? RepresentationCoder.NO_CODE
                : Hashing.number(coder.identity(), code);
    }

    /**
     * Counts a representation under whose code something was written.
     *
     * @return what finds that code again, in the bits above {@link #OWN_BITS}
     */
    long stamp(float[] representation, int code) {
        if (coder == null) {
            return 0;
        }
        watch.see(representation);
        long ofVersion = (long) coder.version() << VERSION_SHIFT;
        return ofVersion | (long) (code & CODE_MASK) << OWN_BITS;
    }

    /** The code of a stamp; none if it is of another version. */
    int codeOf(long stamp) {
        return coder != null && stamp >>> VERSION_SHIFT == (coder.version() & VERSION_MASK)
                ? (int) (stamp >>> OWN_BITS) & CODE_MASK
                : RepresentationCoder.NO_CODE;
    }

    /** As {@link CodeWatch#keepUp}. */
    void keepUp(FeatureVector x, Representations model) {
        if (coder != null) {
            watch.keepUp(x, model);
        }
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
     */
    void readHead(DataInput in) throws IOException {
        if (coder == null) {
            return;
        }
        RepresentationCoder theirs = coder.empty();
        theirs.read(in);
        if (theirs.version() > coder.version()) {
            coder.takeOver(theirs);
        }
        isShared = theirs.codesAs(coder);
        watch.readHead(isShared, in);
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
