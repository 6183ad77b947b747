package io.sluice.state.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.codec.PageCodec;
import io.sluice.state.model.Page;
import io.sluice.state.model.PageKind;
import io.sluice.state.store.PageBatch;
import io.sluice.state.store.ServedModel;
import io.sluice.state.store.ServedRows;
import io.sluice.state.store.ServedRowsContract;
import io.sluice.state.store.StreamPosition;
import io.sluice.state.store.TrainedPages;
import io.sluice.state.store.TrainedPages.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksServedRowsTest extends ServedRowsContract {

    @TempDir private Path temp;
    private int stores;

    @Override
    protected ServedRows create() throws IOException {
        return new RocksServedRows(temp.resolve("store" + stores++), 64);
    }

    @Override
    protected ServedRows reopen(ServedRows rows) throws IOException {
        rows.close();
        return new RocksServedRows(temp.resolve("store" + (stores - 1)), 64);
    }

    @Test
    void rowsThatAreAllInMemoryAreFoundWhereTheyAre() throws IOException {
        findsWhatItCopies(new RocksServedRows(temp.resolve("hot"), 100_000));
    }

    @Test
    void aPublicationThatWasCutOffIsNotServedAfterTheRestart() throws IOException {
        TrainedPages trainer = new TrainedPages(1);
        trainer.learn(50);
        trainer.publish();
        int first = trainer.log.size();
        trainer.learn(50);
        trainer.publish();
        Path directory = temp.resolve("torn");
        try (ServedModel model = new ServedModel(new RocksServedRows(directory, 100))) {
            fold(model, trainer.log.subList(0, first));
        }
        try (RocksServedRows rows = new RocksServedRows(directory, 100)) {
            List<Page> half =
                    trainer.log.subList(first, first + 5).stream().map(Entry::page).toList();
            StreamPosition behind = new StreamPosition("topic", first + 5);
            rows.stage(new PageBatch(half, false, false, 0, behind));
        }

        try (ServedModel model = new ServedModel(new RocksServedRows(directory, 100))) {
            assertThat(model.manifest()).isNull();
            assertThat(model.position()).isEqualTo(new StreamPosition("topic", first + 5));
            fold(model, trainer.log.subList(first + 5, trainer.log.size()));
            assertThat(model.manifest().examples()).isEqualTo(100);
        }
    }

    @Test
    void aDamagedDirectoryIsRefusedWithTheRemedy() throws IOException {
        Path directory = temp.resolve("damaged");
        writeSomething(directory);
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().startsWith("MANIFEST")) {
                    byte[] bytes = Files.readAllBytes(file);
                    bytes[bytes.length / 2] ^= 1;
                    Files.write(file, bytes);
                }
            }
        }

        assertThatThrownBy(() -> new RocksServedRows(directory, 100).close())
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("serve.directory (of the job: rerank.directory) " + directory)
                .hasMessageContaining("delete the directory and start again");
    }

    @Test
    void aPageDamagedInsideOfTheDatabaseIsFound() throws Exception {
        Path directory = temp.resolve("flipped");
        writeSomething(directory);
        try (RocksFiles files = RocksFiles.open(directory)) {
            byte[] key = PageCodec.key(PageKind.HEAD, 0);
            byte[] value = files.db().get(key);
            value[15] ^= 1;
            files.db().put(key, value);
        }

        assertThatThrownBy(() -> readView(directory))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("model page: checksum");
    }

    @Test
    void aDirectoryOfAnotherProgramIsRefused() throws Exception {
        Path directory = temp.resolve("foreign");
        try (RocksFiles files = RocksFiles.open(directory)) {
            files.db().put(new byte[] {9}, new byte[] {9});
        }

        assertThatThrownBy(() -> new RocksServedRows(directory, 100).close())
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("no format found, expected 1");
    }

    @Test
    void aDirectoryInUseIsRefusedAsSuch() throws IOException {
        Path directory = temp.resolve("busy");
        try (RocksServedRows first = new RocksServedRows(directory, 100)) {
            assertThat(first.rows()).isNotNegative();

            assertThatThrownBy(() -> new RocksServedRows(directory, 100).close())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use by another process");
        }
    }

    private static void writeSomething(Path directory) throws IOException {
        TrainedPages trainer = new TrainedPages(1);
        trainer.learn(50);
        trainer.publish();
        try (ServedModel model = new ServedModel(new RocksServedRows(directory, 100))) {
            fold(model, trainer.log);
        }
    }

    private static void readView(Path directory) throws IOException {
        RocksServedRows rows = new RocksServedRows(directory, 100);
        try (rows) {
            new ServedModel(rows).close();
        }
    }

    private static void fold(ServedModel model, List<Entry> entries) throws IOException {
        for (Entry entry : entries) {
            model.apply(entry.page(), entry.behind());
        }
    }
}
