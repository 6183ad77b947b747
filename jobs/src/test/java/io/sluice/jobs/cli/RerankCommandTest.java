package io.sluice.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class RerankCommandTest {

    private final StringWriter err = new StringWriter();

    @Test
    void namesTheFaultOfASettingOfItsOwn() {
        int exit =
                SluiceCommand.commandLine()
                        .setErr(new PrintWriter(err, true))
                        .execute("rerank", "--set", "rerank.inFlight=0");

        assertThat(exit).isEqualTo(SluiceCommand.WRONG_USAGE);
        assertThat(err.toString()).contains("rerank.inFlight").contains("[1, 100000]");
    }
}
