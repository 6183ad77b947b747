package io.sluice.state.sparse;

import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Takes over shards that were written under another budget.
 *
 * <p>The rows of an old shard compete by what they are worth, the importance per word, for its
 * share of the new shards that their keys belong to: where the new table has more shards, an old
 * one is spread over several and has each to itself, where it has fewer, it has an equal part of
 * one. So what stays does not depend on the order in which pieces of a checkpoint are read. A row
 * for which there is no room at its width is narrowed, and let go when it still finds none.
 * Head-room stays free, as after a sweep.
 *
 * <p>Fallback rows, sketch and growth pressure stay behind: they belong to the division into
 * shards, and come again under pressure. Scratch is one old shard at a time.
 */
final class Readmission {

    /** A row by its place in the old directory. */
    private record Row(long place, long key, float worth) {}

    private final RowDirectory directory;
    private final Shard[] from;
    private final Shard[] to;
    private final RowFormat format;
    private final double share;

    Readmission(StoreLayout old, Shard[] to) {
        this.to = to;
        format = old.format;
        directory = new RowDirectory(old);
        from = new Shard[old.shards];
        for (int number = 0; number < from.length; number++) {
            from[number] = new Shard(old, directory, number);
        }
        double headroom = old.config.headroom();
        share = (1 - headroom) / parts();
    }

    /** Old shards that share a new one. */
    private int parts() {
        return Math.max(1, from.length / to.length);
    }

    /** Reads one shard and moves its rows. */
    void read(DataInput in) throws IOException {
        Shard shard = ShardCodec.read(from, in);
        List<List<Row>> rows = new ArrayList<>();
        for (int i = 0; i < to.length; i++) {
            rows.add(new ArrayList<>());
        }
        shard.arena.scan(
                (page, at, address) -> {
                    int marks = format.marks(page, at);
                    if (!RowMarks.isFallback(marks)) {
                        long key = RowFormat.key(page, at);
                        int target = FallbackKeys.shardOf(KeyIndex.hash(key), to.length);
                        long place = directory.place(shard.number, address);
                        rows.get(target).add(new Row(place, key, worth(marks)));
                    }
                });
        for (int i = 0; i < to.length; i++) {
            if (!rows.get(i).isEmpty()) {
                to[i].sweptAt = Math.max(to[i].sweptAt, shard.sweptAt);
                move(rows.get(i), to[i]);
            }
        }
        shard.clear();
    }

    private float worth(int marks) {
        return RowMarks.importance(marks) / format.words(RowMarks.sizeClass(marks));
    }

    private void move(List<Row> rows, Shard shard) {
        rows.sort(
                Comparator.comparingDouble((Row row) -> -row.worth)
                        .thenComparingLong(row -> KeyIndex.hash(row.key)));
        List<Row> kept = new ArrayList<>();
        int[] classes = new int[rows.size()];
        long words = 0;
        for (Row row : rows) {
            long room = room(shard, kept.size() + 1) - words;
            int sizeClass = RowMarks.sizeClass(marks(row));
            while (sizeClass > 0 && format.words(sizeClass) > room) {
                sizeClass--;
            }
            if (format.words(sizeClass) > room) {
                break;
            }
            classes[kept.size()] = sizeClass;
            kept.add(row);
            words += format.words(sizeClass);
        }
        lengthenIndex(shard, kept.size());
        for (int i = 0; i < kept.size(); i++) {
            if (shard.hasArenaRoom(classes[i]) && !shard.index.isFull()) {
                copy(kept.get(i), classes[i], shard);
            }
        }
    }

    private int marks(Row row) {
        return format.marks(directory.page(row.place), RowDirectory.at(row.place));
    }

    /** Words that so many rows of one old shard may take. */
    private long room(Shard shard, int count) {
        int length = KeyIndex.lengthFor((long) count * parts());
        return (long) (share * shard.capacityWords(length));
    }

    private void lengthenIndex(Shard shard, int count) {
        int length = KeyIndex.lengthFor((long) count * parts());
        long more = Ledger.ints(length) - shard.index.bytes();
        if (more > 0 && shard.ledger.fits(more)) {
            shard.index.rebuild(length);
        }
    }

    private void copy(Row row, int sizeClass, Shard shard) {
        long place = shard.append(row.key, KeyIndex.hash(row.key), sizeClass);
        int[] page = shard.directory.page(place);
        int at = RowDirectory.at(place);
        int[] old = directory.page(row.place);
        System.arraycopy(old, RowDirectory.at(row.place), page, at, format.words(sizeClass));
        int marks = format.marks(page, at);
        if (RowMarks.sizeClass(marks) != sizeClass) {
            marks = RowMarks.withAge(RowMarks.withSizeClass(marks, sizeClass), 0);
        }
        format.setMarks(page, at, marks);
    }
}
