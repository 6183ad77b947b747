package io.sluice.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class QuickstartCommandTest {

    private final StringWriter err = new StringWriter();

    @Test
    void refusesADurationThatShowsNothing() {
        assertThat(execute("--duration", "5")).isEqualTo(SluiceCommand.WRONG_USAGE);
        assertThat(err.toString())
                .contains("--duration must be within [10, 3600] seconds, found 5");
    }

    @Test
    void saysWhatIsWrongWithASettingBeforeAnythingIsStarted() {
        assertThat(execute("--set", "model.dimensions=0")).isEqualTo(SluiceCommand.WRONG_USAGE);
        assertThat(err.toString()).contains("model.dimensions");
    }

    private int execute(String... options) {
        CommandLine command = SluiceCommand.commandLine();
        command.setErr(new PrintWriter(err, true));
        String[] args = new String[options.length + 1];
        args[0] = "quickstart";
        System.arraycopy(options, 0, args, 1, options.length);
        return command.execute(args);
    }
}
