package io.sluice.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TrainCommandTest {
    private final StringWriter err = new StringWriter();

    @Test
    void refusesToRestoreARunThatEnds() {
        assertThat(train("--bounded", "--from", "newest")).isEqualTo(SluiceCommand.WRONG_USAGE);
        assertThat(err.toString()).contains("--from must be left out with --bounded");
    }

    @Test
    void refusesAFaultyConfigurationBeforeItAsksKafka() {
        assertThat(train("--set", "train.parallelism=0")).isEqualTo(SluiceCommand.WRONG_USAGE);
        assertThat(err.toString()).contains("train.parallelism must be within [1, 4096], found 0");
    }

    @Test
    void refusesATableThatNoServerCouldRead() {
        int code = train("--set", "model.table=cafe", "--set", "model.memory=1MiB");

        assertThat(code).isEqualTo(SluiceCommand.WRONG_USAGE);
        assertThat(err.toString())
                .contains("train: model.table must be own, found a baseline")
                .contains("compare");
    }

    private int train(String... options) {
        String[] line = new String[options.length + 1];
        line[0] = "train";
        System.arraycopy(options, 0, line, 1, options.length);
        return SluiceCommand.commandLine().setErr(new PrintWriter(err, true)).execute(line);
    }
}
