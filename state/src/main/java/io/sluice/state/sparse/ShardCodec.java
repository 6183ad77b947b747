package io.sluice.state.sparse;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.check.InvalidValueException;
import io.sluice.state.kernel.Hashing;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * A shard as bytes.
 *
 * <pre>
 *   byte    number
 *   int     price, then byte class of new rows, byte pressed, long examples when last swept
 *   int     length of the index
 *   byte    1 when sketch and growth pressure follow, else 0
 *   int     rows, then per row by rising key: long key, its other words
 * </pre>
 *
 * <p>The words of a row are written as they are, without the mark for publishing.
 */
final class ShardCodec {

    private ShardCodec() {}

    static void writeLayout(MemoryBudget budget, StoreLayout layout, DataOutput out)
            throws IOException {
        out.writeLong(budget.bytes());
        out.writeByte(layout.format.format().code());
    }

    /** Reads under which budget a piece was written, and refuses another format of values. */
    static MemoryBudget readLayout(StoreLayout layout, DataInput in) throws IOException {
        long bytes = in.readLong();
        int format = in.readByte();
        if (format != layout.format.format().code()) {
            throw new CorruptStateException(
                    "model state: found values of format %d, expected %s; set model.store.values as it was or start without the old state"
                            .formatted(format, layout.format.format()));
        }
        try {
            return new MemoryBudget(bytes);
        } catch (InvalidValueException e) {
            throw new CorruptStateException(
                    "model state: found a budget of %d bytes, expected 65536 to 2^38"
                            .formatted(bytes));
        }
    }

    static void write(Shard shard, DataOutput out) throws IOException {
        out.writeByte(shard.number);
        out.writeInt(shard.price);
        out.writeByte(shard.entryClass);
        out.writeBoolean(shard.pressed);
        out.writeLong(shard.sweptAt);
        out.writeInt(shard.index.length());
        out.writeBoolean(shard.sketch != null);
        if (shard.sketch != null) {
            shard.sketch.write(out);
            shard.pressure.write(out);
        }
        long[] keys = sortedKeys(shard);
        out.writeInt(keys.length);
        for (long key : keys) {
            writeRow(shard, key, out);
        }
    }

    private static long[] sortedKeys(Shard shard) {
        long[] keys = new long[shard.index.size()];
        int[] size = {0};
        shard.arena.scan((page, at, address) -> keys[size[0]++] = RowFormat.key(page, at));
        Arrays.sort(keys);
        return keys;
    }

    private static void writeRow(Shard shard, long key, DataOutput out) throws IOException {
        RowFormat format = shard.layout.format;
        long place = shard.find(key, KeyIndex.hash(key));
        int[] page = shard.directory.page(place);
        int at = RowDirectory.at(place);
        int words = format.wordsAt(page, at);
        int marks = format.marks(page, at) & ~RowMarks.CHANGED;
        out.writeLong(key);
        out.writeInt(marks);
        for (int i = 2; i < words; i++) {
            if (i != format.format().headWords() - 1) {
                out.writeInt(page[at + i]);
            }
        }
    }

    /** Reads a shard over the one of its number, and returns it. */
    static Shard read(Shard[] shards, DataInput in) throws IOException {
        int number = in.readByte();
        if (number < 0 || number >= shards.length) {
            throw new CorruptStateException(
                    "model state: found shard %d, expected one of %d"
                            .formatted(number, shards.length));
        }
        Shard shard = shards[number];
        shard.clear();
        int price = in.readInt();
        int entryClass = in.readByte();
        boolean pressed = in.readBoolean();
        long sweptAt = in.readLong();
        int indexLength = in.readInt();
        RowFormat format = shard.layout.format;
        if (price < 0
                || price > Densities.BINS
                || entryClass < 0
                || entryClass > format.fullClass()
                || indexLength < KeyIndex.lengthFor(0)
                || Ledger.ints(indexLength) > shard.ledger.limit()) {
            throw new CorruptStateException(
                    "model state: found shard %d with price %d, class %d, an index of %d, which none can have"
                            .formatted(number, price, entryClass, indexLength));
        }
        if (in.readBoolean()) {
            shard.press();
            shard.sketch.read(in);
            shard.pressure.read(in);
        }
        shard.index.rebuild(indexLength);
        int rows = in.readInt();
        for (int i = 0; i < rows; i++) {
            readRow(shard, in);
        }
        shard.price = price;
        shard.entryClass = entryClass;
        shard.pressed = pressed;
        shard.sweptAt = sweptAt;
        return shard;
    }

    private static void readRow(Shard shard, DataInput in) throws IOException {
        RowFormat format = shard.layout.format;
        long key = in.readLong();
        int marks = in.readInt();
        int sizeClass = RowMarks.sizeClass(marks);
        long hash = KeyIndex.hash(key);
        if (key == 0
                || sizeClass > format.fullClass()
                || shard.find(key, hash) >= 0
                || !shard.hasArenaRoom(sizeClass)
                || shard.index.isBrimful()) {
            throw new CorruptStateException(
                    "model state: found a row of key %x and class %d where there is no room for it"
                            .formatted(key, sizeClass));
        }
        long place = shard.append(key, hash, sizeClass);
        int[] page = shard.directory.page(place);
        int at = RowDirectory.at(place);
        for (int i = 2; i < format.words(sizeClass); i++) {
            if (i != format.format().headWords() - 1) {
                page[at + i] = in.readInt();
            }
        }
        format.setMarks(page, at, marks);
        format.checkFinite(page, at);
        if (RowMarks.isFallback(marks)) {
            shard.fallbacks++;
        }
    }

    /** Takes a row over from a table without a budget, as wide as there is room. */
    static void adopt(Shard shard, long key, float[] row) {
        RowFormat format = shard.layout.format;
        long hash = KeyIndex.hash(key);
        int sizeClass = format.fullClass();
        while (sizeClass > 0 && !shard.hasRoom(sizeClass)) {
            sizeClass--;
        }
        if (shard.find(key, hash) >= 0 || !shard.hasRoom(sizeClass)) {
            return;
        }
        long place = shard.add(key, hash, sizeClass);
        int[] page = shard.directory.page(place);
        int at = RowDirectory.at(place);
        format.setMarks(page, at, RowMarks.withImportance(format.marks(page, at), 1, 0));
        format.pack(page, at, row, 0, Hashing.number(shard.layout.seed, key));
    }
}
