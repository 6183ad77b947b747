package io.sluice.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.jobs.broker.EmbeddedKafka;
import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.connect.Topics;
import io.sluice.jobs.serve.TestTrainer;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Candidate;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.rank.Deadline;
import io.sluice.state.store.ModelFile;
import io.sluice.state.store.ServedModel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCommandIT {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    @TempDir private Path folder;

    @Test
    void aKeptVersionScoresAsItsTrainerDidHoweverTheTopicGoesOn() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
            String bootstrap = "kafka.bootstrap=" + kafka.bootstrap();
            Topics.create(new ConfigLoader().set(bootstrap).load());
            Path file = folder.resolve("versions/one.pages");
            assertThat(save(bootstrap, file)).isNotEqualTo(SluiceCommand.DONE);
            assertThat(err.toString()).contains("topic 'model' holds no publication yet");

            TestTrainer trainer = new TestTrainer();
            trainer.learn(100);
            trainer.publish(kafka.bootstrap(), "model");
            trainer.learn(300);
            trainer.publish(kafka.bootstrap(), "model");
            double score = trainer.score("u1", "i3");
            assertThat(save(bootstrap, file)).as(err.toString()).isEqualTo(SluiceCommand.DONE);
            trainer.learn(100);
            trainer.publish(kafka.bootstrap(), "model");

            assertThat(out.toString()).contains("version 1.400, 400 examples");
            try (ServedModel kept = ModelFile.open(file)) {
                assertThat(kept.score(request("u1", "i3"), Deadline.none()).scores())
                        .containsExactly(score);
            }
        }
    }

    private int save(String setting, Path file) {
        return SluiceCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("model", "save", "--set", setting, "--out", file.toString());
    }

    private static RerankRequest request(String user, String item) {
        List<Candidate> items = List.of(new Candidate(item, Attributes.EMPTY));
        return new RerankRequest(
                "r", 0, user, Attributes.EMPTY, items, 0, false, List.of(), List.of(), 0);
    }
}
