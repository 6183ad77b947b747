package io.sluice.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class FeaturesCommandTest {

    private static final String SEEN = "streaming=[{name: seen, kind: flag, scope: [user, item]}]";

    private final StringWriter err = new StringWriter();

    @Test
    void refusesToComputeNothing() {
        assertThat(features()).isEqualTo(SluiceCommand.WRONG_USAGE);
        assertThat(err.toString()).contains("streaming must declare at least one feature");
    }

    @Test
    void refusesToRestoreARunThatEnds() {
        assertThat(features("--set", SEEN, "--bounded", "--from", "newest"))
                .isEqualTo(SluiceCommand.WRONG_USAGE);
        assertThat(err.toString()).contains("--from must be left out with --bounded");
    }

    private int features(String... options) {
        String[] line = new String[options.length + 1];
        line[0] = "features";
        System.arraycopy(options, 0, line, 1, options.length);
        return SluiceCommand.commandLine().setErr(new PrintWriter(err, true)).execute(line);
    }
}
