package io.sluice.state.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.store.RecordStore;
import io.sluice.state.store.ServedEntities;
import io.sluice.state.store.ServedEntitiesContract;
import io.sluice.state.store.StreamedPages;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksServedEntitiesTest extends ServedEntitiesContract {

    @TempDir private Path temp;
    private int stores;

    @Override
    protected RecordStore create() throws IOException {
        return new RocksRecords(temp.resolve("store" + stores++));
    }

    @Override
    protected RecordStore reopen(RecordStore store) throws IOException {
        store.close();
        return new RocksRecords(temp.resolve("store" + (stores - 1)));
    }

    @Test
    void recordsOfAnotherSchemaAreNotFoundAgain() throws Exception {
        Path directory = temp.resolve("other");
        StreamedPages stream = new StreamedPages(1);
        stream.happen(20);
        FeatureSchema less =
                new FeatureSchema(
                        StreamedPages.SCHEMA.features(),
                        StreamedPages.SCHEMA.streaming().subList(0, 2));
        try (ServedEntities first = open(directory, StreamedPages.SCHEMA)) {
            StreamedPages.fold(first, stream.log);
            assertThat(first.position(0)).isNotNull();
        }

        try (ServedEntities same = open(directory, StreamedPages.SCHEMA)) {
            assertThat(same.position(0)).isNotNull();
        }
        try (ServedEntities other = open(directory, less)) {
            assertThat(other.position(0)).isNull();
        }
    }

    private static ServedEntities open(Path directory, FeatureSchema schema) throws IOException {
        return new ServedEntities(new RocksRecords(directory), schema, 100);
    }

    @Test
    void aDirectoryOfAnotherProgramIsRefused() throws Exception {
        Path directory = temp.resolve("foreign");
        try (RocksFiles files = RocksFiles.open(directory)) {
            files.db().put(new byte[] {9}, new byte[] {9});
        }

        assertThatThrownBy(() -> new RocksRecords(directory).close())
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("no format found, expected 1");
    }
}
