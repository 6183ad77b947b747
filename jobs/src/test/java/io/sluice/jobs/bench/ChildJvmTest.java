package io.sluice.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ChildJvmTest {

    /** Says what it was given, waits to be told to go on, says who it is. */
    static final class Echo {

        private Echo() {}

        public static void main(String[] args) throws IOException {
            ChildJvm.tell(args);
            ChildJvm.listen();
            ChildJvm.tell(ProcessHandle.current().pid());
            ChildJvm.listen();
        }
    }

    /** Ends before it has said anything. */
    static final class Silent {

        private Silent() {}

        public static void main(String[] args) {}
    }

    @Test
    void saysAndHears() throws IOException {
        try (ChildJvm child = new ChildJvm(Echo.class, "one", "two words")) {
            assertThat(child.hear(String[].class)).containsExactly("one", "two words");
            child.say("");
            assertThat(child.hear(Long.class)).isPositive();
            assertThat(child.processorNanos()).isPositive();
        }
    }

    @Test
    void endsWithItsStandardInput() throws IOException {
        ProcessHandle process;
        try (ChildJvm child = new ChildJvm(Echo.class)) {
            child.hear();
            child.say("");
            process = ProcessHandle.of(child.hear(Long.class)).orElseThrow();
        }
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void namesWhoHasEndedTooEarly() throws IOException {
        try (ChildJvm child = new ChildJvm(Silent.class)) {
            assertThatThrownBy(child::hear)
                    .isInstanceOf(EOFException.class)
                    .hasMessage("Silent has ended; its log says why");
        }
    }
}
