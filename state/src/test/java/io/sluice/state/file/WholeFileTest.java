package io.sluice.state.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

    @TempDir private Path folder;

    @Test
    void makesFoldersAndReplacesWhatIsThere() throws IOException {
        Path file = folder.resolve("a/b/text");
        WholeFile.text(file, "first");
        WholeFile.text(file, "zweitens: ü");

        assertThat(file).hasContent("zweitens: ü");
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aContentThatBreaksOffLeavesTheFileAsItWas() throws IOException {
        Path file = folder.resolve("text");
        WholeFile.text(file, "before");

        assertThatThrownBy(
                        () ->
                                WholeFile.write(
                                        file,
                                        out -> {
                                            out.write(new byte[1 << 20]);
                                            throw new IOException("out of ideas");
                                        }))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " cannot be written: out of ideas");

        assertThat(file).hasContent("before");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aFullDiskIsNamed() throws IOException {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "no device that is always full");
        Path file = folder.resolve("report.html");
        Files.createSymbolicLink(folder.resolve("report.html.part"), full);

        assertThatThrownBy(() -> WholeFile.text(file, "text"))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " cannot be written: No space left on device");

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileInTheWayIsNamed() throws IOException {
        Path inTheWay = folder.resolve("folder");
        WholeFile.text(inTheWay, "a file");
        Path file = inTheWay.resolve("text");

        assertThatThrownBy(() -> WholeFile.text(file, "text"))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        file + " cannot be written: " + inTheWay + " is a file, expected a folder");
    }

    @Test
    void aLinkAndADeviceAreWrittenThrough() throws IOException {
        Path file = folder.resolve("file");
        Path link = folder.resolve("link");
        WholeFile.text(file, "before");
        Files.createSymbolicLink(link, file);

        WholeFile.text(link, "after");

        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("after");
        Path device = Path.of("/dev/null");
        Assumptions.assumeTrue(Files.exists(device), "no device that takes everything");
        WholeFile.text(device, "gone");
        assertThat(Files.isRegularFile(device)).isFalse();
    }
}
