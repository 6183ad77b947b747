package io.sluice.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.jobs.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {
    @TempDir private Path directory;

    @Test
    void isOneFolderPerPipeline() {
        assertThat(folder("s3://bucket/sluice").uri()).isEqualTo("s3://bucket/sluice/shop");
        assertThat(folder("s3://bucket/sluice/").uri()).isEqualTo("s3://bucket/sluice/shop");
        assertThat(folder("/var/lib/sluice").uri()).isEqualTo("file:///var/lib/sluice/shop");
        assertThat(folder("none").uri()).startsWith("file:///").endsWith("/data/checkpoints/shop");
    }

    @Test
    void findsTheCheckpointThatWasFinishedLast() throws IOException {
        checkpoint("run1/chk-9", 2_000, true);
        Path newest = checkpoint("run2/chk-3", 3_000, true);
        checkpoint("run2/chk-4", 4_000, false);

        assertThat(folder(directory.toString()).startingPoint("newest"))
                .hasValue(newest.toUri().toString());
    }

    @Test
    void beginsAnewWithoutACheckpointOrWhenToldSo() throws IOException {
        assertThat(folder(directory.toString()).startingPoint("newest")).isEmpty();
        checkpoint("run1/chk-1", 1_000, true);

        assertThat(folder(directory.toString()).startingPoint("nothing")).isEmpty();
    }

    @Test
    void takesAnyOtherWordForACheckpoint() {
        assertThat(folder("none").startingPoint("s3://bucket/savepoint-1"))
                .hasValue("s3://bucket/savepoint-1");
    }

    @Test
    void refusesToLookForCheckpointsWhereItCannot() {
        assertThatThrownBy(() -> folder("s3://bucket").startingPoint("newest"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--from must be")
                .hasMessageContaining("s3://bucket/shop");
    }

    private static CheckpointFolder folder(String checkpointDir) {
        return CheckpointFolder.of(
                new ConfigLoader()
                        .set("name=shop")
                        .set("train.checkpointDir=\"" + checkpointDir + "\"")
                        .load());
    }

    private Path checkpoint(String name, long modifiedMs, boolean finished) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("shop").resolve(name));
        if (finished) {
            Path metadata = Files.writeString(folder.resolve("_metadata"), "x");
            Files.setLastModifiedTime(metadata, FileTime.fromMillis(modifiedMs));
        }
        return folder;
    }
}
