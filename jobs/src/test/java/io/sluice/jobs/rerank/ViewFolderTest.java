package io.sluice.jobs.rerank;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewFolderTest {

    @TempDir private Path directory;

    @Test
    void nobodyGetsAFolderThatSomebodyHasAndAFreeOneIsUsedAgain() throws IOException {
        try (ViewFolder first = ViewFolder.claim(directory)) {
            Path second;
            try (ViewFolder other = ViewFolder.claim(directory)) {
                second = other.path();
                assertThat(second).isNotEqualTo(first.path()).isDirectory();
            }
            try (ViewFolder again = ViewFolder.claim(directory)) {
                assertThat(again.path()).isEqualTo(second);
            }
        }
    }
}
