package io.sluice.state.codec;

import io.sluice.state.check.CorruptStateException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The record of an entity in the features job's state: its words. */
public final class EntityRecordCodec implements StateCodec<long[]> {

    private static final int MOST_WORDS = 1 << 20;

    @Override
    public String name() {
        return "entity-record";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(long[] record, DataOutput out) throws IOException {
        out.writeInt(record.length);
        for (long word : record) {
            out.writeLong(word);
        }
    }

    @Override
    public long[] read(int version, DataInput in) throws IOException {
        return readWords(in);
    }

    static long[] readWords(DataInput in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MOST_WORDS) {
            throw new CorruptStateException(
                    "entity record: found %d words, expected 0 to %d".formatted(count, MOST_WORDS));
        }
        long[] words = new long[count];
        for (int i = 0; i < count; i++) {
            words[i] = in.readLong();
        }
        return words;
    }
}
