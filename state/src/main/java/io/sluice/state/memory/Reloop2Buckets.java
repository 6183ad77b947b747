package io.sluice.state.memory;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.kernel.KeyGroups;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/**
 * K arrays of 2ᴸ buckets, each with three running sums: n of weights, Y of labels, B of the model's
 * predictions. 12 bytes a bucket; {@value #BLOCK} neighbours are published together. Not
 * thread-safe.
 *
 * <p>Sums are float32: a bucket stops counting where n reaches 2²⁴, so a memory of longer streams
 * is to be reset, as the paper has it anyway.
 */
final class Reloop2Buckets {

    /** Buckets that are published together. */
    static final int BLOCK = 64;

    private static final int SUMS = 3;
    private static final int ENTRY = 1 + SUMS * Float.BYTES;

    private final int bits;
    private final float[] sums;
    private final BitSet changed;

    Reloop2Buckets(int arrays, int bits) {
        this.bits = bits;
        sums = new float[(arrays << bits) * SUMS];
        changed = new BitSet(blocks());
    }

    /** Bytes of so many arrays. */
    static long bytes(int arrays, int bits) {
        long buckets = (long) arrays << bits;
        return buckets * SUMS * Float.BYTES + buckets / BLOCK / Byte.SIZE;
    }

    private int size() {
        return sums.length / SUMS;
    }

    private int blocks() {
        return (size() + BLOCK - 1) / BLOCK;
    }

    int bucket(int array, int code) {
        return (array << bits) + code;
    }

    float count(int bucket) {
        return sums[bucket * SUMS];
    }

    float labels(int bucket) {
        return sums[bucket * SUMS + 1];
    }

    float predictions(int bucket) {
        return sums[bucket * SUMS + 2];
    }

    void add(int bucket, float count, float labels, float predictions) {
        sums[bucket * SUMS] += count;
        sums[bucket * SUMS + 1] += labels;
        sums[bucket * SUMS + 2] += predictions;
        changed.set(bucket / BLOCK);
    }

    /** Empties all buckets. */
    void reset() {
        markAllChanged(false);
        Arrays.fill(sums, 0);
    }

    private boolean isEmpty(int bucket) {
        return count(bucket) == 0 && labels(bucket) == 0 && predictions(bucket) == 0;
    }

    // -- publishing

    void markAllChanged(boolean evenEmpty) {
        for (int bucket = 0; bucket < size(); bucket++) {
            if (evenEmpty || !isEmpty(bucket)) {
                changed.set(bucket / BLOCK);
            }
        }
    }

    void drainChanged(ErrorMemory.BlockSink sink) {
        for (int b = changed.nextSetBit(0); b >= 0; b = changed.nextSetBit(b + 1)) {
            sink.block(b, block(b));
        }
        changed.clear();
    }

    /** For each bucket that is not empty its place in the block and its sums. */
    private byte[] block(int block) {
        ByteBuffer out = ByteBuffer.allocate(BLOCK * ENTRY);
        int from = block * BLOCK;
        for (int bucket = from; bucket < Math.min(size(), from + BLOCK); bucket++) {
            if (!isEmpty(bucket)) {
                out.put((byte) (bucket - from));
                for (int i = 0; i < SUMS; i++) {
                    out.putFloat(sums[bucket * SUMS + i]);
                }
            }
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    void putBlock(long id, byte[] payload) throws CorruptStateException {
        if (id < 0 || id >= blocks() || payload.length % ENTRY != 0) {
            throw fault(
                    "found block %d of %d bytes, expected fewer than %d blocks of whole buckets",
                    id, payload.length, blocks());
        }
        int from = (int) id * BLOCK;
        int to = Math.min(size(), from + BLOCK);
        Arrays.fill(sums, from * SUMS, to * SUMS, 0);
        ByteBuffer in = ByteBuffer.wrap(payload);
        while (in.hasRemaining()) {
            int place = in.get();
            if (place < 0 || from + place >= to) {
                throw fault("found a bucket at place %d of a block of %d", place, to - from);
            }
            for (int i = 0; i < SUMS; i++) {
                float sum = CorruptStateException.finite("a sum of memory", in.getFloat());
                sums[(from + place) * SUMS + i] = sum;
            }
        }
    }

    // -- checkpoints

    void write(int groups, DataOutput[] outs) throws IOException {
        int[] counts = new int[groups];
        for (int bucket = 0; bucket < size(); bucket++) {
            counts[KeyGroups.of(bucket, groups)] += isEmpty(bucket) ? 0 : 1;
        }
        for (int group = 0; group < groups; group++) {
            outs[group].writeInt(counts[group]);
        }
        for (int bucket = 0; bucket < size(); bucket++) {
            if (!isEmpty(bucket)) {
                DataOutput out = outs[KeyGroups.of(bucket, groups)];
                out.writeInt(bucket);
                for (int i = 0; i < SUMS; i++) {
                    out.writeFloat(sums[bucket * SUMS + i]);
                }
            }
        }
    }

    /** Adds a group's buckets to what is there. */
    void read(DataInput in) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            int bucket = in.readInt();
            if (bucket < 0 || bucket >= size()) {
                throw fault("found bucket %d, expected fewer than %d", bucket, size());
            }
            for (int i = 0; i < SUMS; i++) {
                sums[bucket * SUMS + i] +=
                        CorruptStateException.finite("a sum of memory", in.readFloat());
            }
        }
    }

    private static CorruptStateException fault(String format, Object... arguments) {
        return new CorruptStateException("memory buckets: " + format.formatted(arguments));
    }
}
