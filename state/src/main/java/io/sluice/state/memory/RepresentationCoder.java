package io.sluice.state.memory;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.kernel.Hashing;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Codes of representations by the present version of the encoder: the model's embeddings as they
 * move, a centre c that stays while the version lasts, and the planes of {@link
 * SignedRandomProjection}; {@code code(h) = hash(h − c)}.
 *
 * <p>The centre is for the part that all representations have in common, which would put most of
 * them on the same side of every plane. Whether the embeddings have moved too far is for {@link
 * CodeWatch} to say. Readings of a coder that nobody changes are thread-safe.
 */
final class RepresentationCoder {

    /** The code of everything before the first version. */
    static final int NO_CODE = -1;

    private final SignedRandomProjection hashes;
    private final float[] centre;
    private int version; // 0: none yet
    private long identity;

    /**
     * No version yet.
     *
     * @param bits of a code
     * @param dimensions of representations
     */
    RepresentationCoder(int bits, int dimensions) {
        this(new SignedRandomProjection(1, bits, dimensions), dimensions);
    }

    private RepresentationCoder(SignedRandomProjection hashes, int dimensions) {
        this.hashes = hashes;
        centre = new float[dimensions];
    }

    /** One of the same shape without a version. */
    RepresentationCoder empty() {
        return new RepresentationCoder(hashes, centre.length);
    }

    /** Bytes of a coder. */
    static long bytes(int bits, int dimensions) {
        return SignedRandomProjection.bytes(1, bits, dimensions) + (long) Float.BYTES * dimensions;
    }

    /** Which version of the encoder this is, from 1; 0: none yet. */
    int version() {
        return version;
    }

    /** Begins the next version, around a mean of representations. */
    void begin(double[] mean) {
        version++;
        for (int i = 0; i < centre.length; i++) {
            centre[i] = (float) mean[i];
        }
        identify();
    }

    private void identify() {
        identity = version;
        for (float c : centre) {
            identity = Hashing.number(identity, Float.floatToIntBits(c));
        }
    }

    /** A hash of what the version gives its codes by. */
    long identity() {
        return identity;
    }

    /**
     * The code of a representation, or {@link #NO_CODE}.
     *
     * @param scratch room to count in
     */
    int code(float[] h, MemoryReading scratch) {
        if (version == 0) {
            return NO_CODE;
        }
        float[] fromCentre = scratch.vector(centre.length);
        for (int i = 0; i < centre.length; i++) {
            fromCentre[i] = h[i] - centre[i];
        }
        int[] codes = scratch.codes(1);
        hashes.hash(fromCentre, scratch.scratch(hashes.scratch()), codes);
        return codes[0];
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(version);
        for (float c : centre) {
            out.writeFloat(c);
        }
    }

    /** Replaces the version by one that {@link #write} wrote. */
    void read(DataInput in) throws IOException {
        int found = in.readInt();
        if (found < 0) {
            throw new CorruptStateException("memory: found version %d of codes".formatted(found));
        }
        for (int i = 0; i < centre.length; i++) {
            centre[i] = CorruptStateException.finite("the centre of codes", in.readFloat());
        }
        version = found;
        identify();
    }

    /** Goes on as another one of the same shape. */
    void takeOver(RepresentationCoder other) {
        version = other.version;
        identity = other.identity;
        System.arraycopy(other.centre, 0, centre, 0, centre.length);
    }

    /** Whether both give the same codes to the same representations. */
    boolean codesAs(RepresentationCoder other) {
        return version == other.version && Arrays.equals(centre, other.centre);
    }
}
