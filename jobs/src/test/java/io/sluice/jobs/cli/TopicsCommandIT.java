package io.sluice.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.jobs.broker.EmbeddedKafka;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicsCommandIT {
    private static EmbeddedKafka broker;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void startBroker(@TempDir Path directory) throws IOException {
        broker = EmbeddedKafka.start(directory);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void createsWhatIsMissingAndThenFindsItReady() {
        assertThat(topics("create")).isEqualTo(SluiceCommand.DONE);
        assertThat(topics("create")).isEqualTo(SluiceCommand.DONE);
        assertThat(topics("check")).isEqualTo(SluiceCommand.DONE);

        assertThat(out.toString())
                .contains("are ready: impressions, feedback, interactions, items");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void namesEveryMissingTopicAndCreatesNone() {
        String[] others = {"--set", "topics.model=m2", "--set", "topics.scores=s2"};

        assertThat(topics("check", others)).isEqualTo(SluiceCommand.FAILED);
        assertThat(topics("check", others)).isEqualTo(SluiceCommand.FAILED);

        assertThat(err.toString()).contains("'m2' is missing").contains("'s2' is missing");
    }

    @Test
    void refusesAModelTopicThatIsNotCompacted() {
        assertThat(topics("create")).isEqualTo(SluiceCommand.DONE);
        // The name of another topic of the same broker, which keeps records for a time.
        String[] mixed = {"--set", "topics.model=feedback", "--set", "topics.feedback=f3"};

        assertThat(topics("check", mixed)).isEqualTo(SluiceCommand.FAILED);

        assertThat(err.toString()).contains("'feedback': cleanup.policy must be compact");
    }

    @Test
    void refusesAFaultyConfigurationBeforeItAsksKafka() {
        assertThat(topics("check", "--set", "topics.model=a/b"))
                .isEqualTo(SluiceCommand.WRONG_USAGE);
        assertThat(topics("create", "--nonsense")).isEqualTo(SluiceCommand.WRONG_USAGE);
    }

    private int topics(String action, String... options) {
        List<String> line = new ArrayList<>(List.of("topics", action));
        line.addAll(List.of("--set", "kafka.bootstrap=" + broker.bootstrap()));
        line.addAll(List.of(options));
        return SluiceCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(line.toArray(String[]::new));
    }
}
