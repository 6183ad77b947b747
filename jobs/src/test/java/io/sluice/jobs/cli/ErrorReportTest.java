package io.sluice.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ErrorReportTest {

    @Command(name = "failing")
    private record Failing(Exception fault) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            throw fault;
        }
    }

    private static String report(Exception fault) {
        StringWriter err = new StringWriter();
        new CommandLine(new Failing(fault))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler(new ErrorReport())
                .execute();
        return err.toString().strip();
    }

    @Test
    void aFailureSaysWhatBeganIt() {
        Exception fault =
                new IllegalStateException(
                        "the cluster did not start",
                        new RuntimeException("wrapped", new IOException("no space\n left")));

        assertThat(report(fault)).isEqualTo("sluice: the cluster did not start: no space; left");
    }

    @Test
    void whatBeganItIsNotSaidTwice() {
        Exception fault =
                new IllegalStateException(
                        "cannot read x: no space left", new IOException("no space left"));

        assertThat(report(fault)).isEqualTo("sluice: cannot read x: no space left");
    }

    @Test
    void aFailureWithoutWordsIsNamed() {
        assertThat(report(new IllegalStateException()))
                .isEqualTo("sluice: java.lang.IllegalStateException");
    }

    @Test
    void wrongUsageIsSaidInTheWordsOfWhoFoundIt() {
        Exception fault =
                new IllegalArgumentException(
                        "--at must be a time, found \"x\"", new NumberFormatException("x!"));

        assertThat(report(fault)).isEqualTo("sluice: --at must be a time, found \"x\"");
    }
}
