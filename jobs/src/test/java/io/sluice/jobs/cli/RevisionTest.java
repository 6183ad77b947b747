package io.sluice.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RevisionTest {
    @Test
    void knowsTheVersionAndTheCommitOfTheBuild() {
        Revision revision = Revision.current();

        assertThat(revision.version()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        assertThat(revision.commit()).matches("[0-9a-f]{40}|unknown");
    }

    @Test
    void marksSourcesThatDifferFromTheirCommit() {
        assertThat(new Revision("1.0.0", "abc", true).describe()).isEqualTo("abc-dirty");
        assertThat(new Revision("1.0.0", "abc", false).describe()).isEqualTo("abc");
    }
}
