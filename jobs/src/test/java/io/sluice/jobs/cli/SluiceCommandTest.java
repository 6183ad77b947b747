package io.sluice.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class SluiceCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void printsVersionAndRevision() {
        assertThat(execute(new IOException(), "--version")).isEqualTo(SluiceCommand.DONE);
        assertThat(out.toString())
                .contains("sluice " + Revision.current().version())
                .contains("revision " + Revision.current().describe());
    }

    @Test
    void printsItsHelp() {
        assertThat(execute(new IOException(), "--help")).isEqualTo(SluiceCommand.DONE);
        assertThat(out.toString()).contains("Usage: sluice").contains("--verbose");
    }

    @Test
    void asksForASubcommand() {
        assertThat(execute(new IOException())).isEqualTo(SluiceCommand.WRONG_USAGE);
        assertThat(err.toString()).contains("a subcommand is required").contains("--help");
    }

    @Test
    void refusesAnUnknownOptionInOneLineWithARemedy() {
        assertThat(execute(new IOException(), "--nonsense")).isEqualTo(SluiceCommand.WRONG_USAGE);
        assertThat(err.toString()).contains("'--nonsense'").contains("Try 'sluice --help'.");
    }

    @Test
    void saysInOneLineWhatFailedWhileRunning() {
        assertThat(execute(new IOException("disk full\n  at /tmp"), "failing"))
                .isEqualTo(SluiceCommand.FAILED);
        assertThat(err.toString()).isEqualTo("sluice: disk full; at /tmp" + System.lineSeparator());
    }

    @Test
    void namesTheExceptionThatHasNoMessage() {
        assertThat(execute(new IOException(), "failing")).isEqualTo(SluiceCommand.FAILED);
        assertThat(err.toString()).contains("java.io.IOException");
    }

    @Test
    void treatsAnIllegalArgumentAsWrongUsage() {
        assertThat(execute(new IllegalArgumentException("x must be positive"), "failing"))
                .isEqualTo(SluiceCommand.WRONG_USAGE);
        assertThat(err.toString()).contains("sluice: x must be positive");
    }

    @Test
    void printsTheStackTraceOnlyWhenVerbose() {
        execute(new IOException("disk full"), "failing");
        assertThat(err.toString()).doesNotContain("\tat ");
        execute(new IOException("disk full"), "failing", "--verbose");
        assertThat(err.toString()).contains("\tat ");
    }

    private int execute(Exception fault, String... args) {
        return SluiceCommand.commandLine()
                .addSubcommand(new Failing(fault))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    @Command(name = "failing")
    private static final class Failing implements Callable<Integer> {
        private final Exception fault;

        Failing(Exception fault) {
            this.fault = fault;
        }

        @Override
        public Integer call() throws Exception {
            throw fault;
        }
    }
}
