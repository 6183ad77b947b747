package io.sluice.state.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.rank.Deadline;
import io.sluice.state.sparse.StoreConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A published version, kept. */
class ModelFileTest {

    @TempDir private Path folder;

    @Test
    void itIsTheViewOfTheStreamUpToItsLastManifest() throws IOException {
        // Evictions, restored runs, a model that begins anew, errors that are remembered.
        for (long seed = 1; seed <= 8; seed++) {
            Random random = new Random(seed);
            TrainedPages topic = topic(seed);
            for (int run = 2; run < 6; run++) {
                topic.learn(random.nextInt(300));
                topic.publish();
                if (random.nextInt(3) == 0) {
                    topic.startAnew(run, 1 << random.nextInt(4));
                } else if (random.nextBoolean()) {
                    topic.startRun(run);
                }
            }
            topic.learn(200);
            topic.publish();

            ServedModel straight = fold(topic);
            ServedModel kept = kept(topic);

            assertThat(kept.digest()).as("seed %d", seed).isEqualTo(straight.digest());
            RerankRequest request = topic.anyRequest();
            assertThat(kept.score(request, Deadline.none()).scores())
                    .isEqualTo(straight.score(request, Deadline.none()).scores());
        }
    }

    private static TrainedPages topic(long seed) {
        if (seed % 3 == 0) {
            return TrainedPages.remembering(seed);
        }
        return seed % 3 == 1
                ? new TrainedPages(seed)
                : TrainedPages.within(seed, 1 << 16, StoreConfig.DEFAULT);
    }

    @Test
    void aPublicationThatIsNotClosedIsLeftOut() throws IOException {
        TrainedPages topic = new TrainedPages(3);
        topic.learn(300);
        topic.publish();
        String digest = fold(topic).digest();
        topic.learn(300);
        topic.publish();
        topic.log.remove(topic.log.size() - 1); // the manifest

        assertThat(kept(topic).digest()).isEqualTo(digest);
    }

    @Test
    void eachKeyIsThereOnce() throws IOException {
        TrainedPages topic = new TrainedPages(4);
        for (int i = 0; i < 5; i++) {
            topic.learn(100);
            topic.publish();
        }
        NewestPages newest = new NewestPages();
        topic.log.forEach(entry -> newest.add(entry.page()));

        assertThat(newest.pages().stream().map(page -> page.kind() + " " + page.id()))
                .doesNotHaveDuplicates()
                .hasSizeLessThan(topic.log.size());
    }

    @Test
    void aFileThatCannotBeWrittenIsNamedAndTheOneBeforeStays() throws IOException {
        TrainedPages topic = new TrainedPages(6);
        topic.learn(300);
        topic.publish();
        NewestPages newest = new NewestPages();
        topic.log.forEach(entry -> newest.add(entry.page()));
        Path file = folder.resolve("model.pages");
        ModelFile.write(file, newest.pages());
        byte[] before = Files.readAllBytes(file);
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "no device that is always full");
        Files.createSymbolicLink(folder.resolve("model.pages.part"), full);

        assertThatThrownBy(() -> ModelFile.write(file, newest.pages()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file + " cannot be written: No space left on device");

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(folder).isDirectoryContaining(path -> path.equals(file));
        assertThat(folder.resolve("model.pages.part")).doesNotExist();
    }

    @Test
    void aDamagedFileIsRefusedWhereverItIsDamaged() throws IOException {
        TrainedPages topic = new TrainedPages(5);
        topic.learn(2);
        topic.publish();
        Path file = write(topic);
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 0; at < bytes.length; at++) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= (byte) 0x81;
            Files.write(file, damaged);
            assertRefused(file);
        }
        for (int length = 0; length < bytes.length; length++) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertRefused(file);
        }
        Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
        assertRefused(file);
    }

    @Test
    void aFileWithoutAPublicationIsRefused() throws IOException {
        Path file = folder.resolve("model");
        ModelFile.write(file, new NewestPages().pages());

        assertThatThrownBy(() -> ModelFile.open(file))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("no publication");
    }

    private void assertRefused(Path file) {
        assertThatThrownBy(() -> ModelFile.open(file))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageStartingWith(file.toString());
    }

    private ServedModel kept(TrainedPages topic) throws IOException {
        return ModelFile.open(write(topic));
    }

    private Path write(TrainedPages topic) throws IOException {
        NewestPages newest = new NewestPages();
        topic.log.forEach(entry -> newest.add(entry.page()));
        Path file = folder.resolve("deeper/model");
        ModelFile.write(file, newest.pages());
        return file;
    }

    private static ServedModel fold(TrainedPages topic) throws IOException {
        ServedModel model = new ServedModel(new HeapServedRows());
        for (TrainedPages.Entry entry : topic.log) {
            model.apply(entry.page(), entry.behind());
        }
        return model;
    }
}
