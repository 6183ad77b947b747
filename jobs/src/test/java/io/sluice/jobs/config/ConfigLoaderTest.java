package io.sluice.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.state.feature.Bucketing;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("PASSWORD", "hunter2");

    @TempDir private Path directory;

    @Test
    void laysAFileOverTheReferenceAndSettingsOverTheFile() throws IOException {
        Path file = Files.writeString(directory.resolve("my.yaml"), "seed: 7\nmodel: {decay: 0.9}");

        SluiceConfig config = new ConfigLoader().file(file).set("model.decay=0.8").load();

        assertThat(config.seed()).isEqualTo(7);
        assertThat(config.model().seed()).isEqualTo(7);
        assertThat(config.model().decay()).isEqualTo(0.8);
        assertThat(config.model().dimensions()).isEqualTo(16);
    }

    @Test
    void takesAnEmptyFileForTheReference() {
        assertThat(load("# nothing yet\n")).isEqualTo(new ConfigLoader().load());
    }

    @Test
    void replacesListsAndFeedbackKindsAsAWhole() {
        SluiceConfig config =
                load(
                        """
                        features: [{name: item, source: item, type: id}]
                        feedback: {kinds: {buy: {label: 1, windowMs: 2000}}}
                        """);

        assertThat(config.features().features()).hasSize(1);
        assertThat(config.feedback().kinds()).containsOnlyKeys("buy");
    }

    @Test
    void changesOneKindOfFeedbackFromTheCommandLine() {
        SluiceConfig config = new ConfigLoader().set("feedback.kinds.click.windowMs=5000").load();

        assertThat(config.feedback().kinds().get("click").windowMs()).isEqualTo(5000);
    }

    @Test
    void readsAllKindsOfFeatures() {
        SluiceConfig config =
                load(
                        """
                        features:
                          - {name: user, source: user, type: id}
                          - {name: genres, source: features.genres, type: categories, separator: "|"}
                          - {name: age, source: context.age, type: number, bucket: {width: 5}}
                          - {name: price, source: features.price, type: number, bucket: {log: 2}}
                          - {name: year, source: features.year, type: number, bucket: {edges: [1980, 1990]}}
                          - {name: hour, source: hour, type: category}
                        """);

        assertThat(config.features().features())
                .contains(
                        new FeatureSpec(
                                "genres", Source.FEATURES, "genres", Kind.CATEGORIES, "|", null),
                        new FeatureSpec(
                                "age",
                                Source.CONTEXT,
                                "age",
                                Kind.NUMBER,
                                "",
                                new Bucketing.Width(5)),
                        new FeatureSpec(
                                "year",
                                Source.FEATURES,
                                "year",
                                Kind.NUMBER,
                                "",
                                new Bucketing.Edges(new double[] {1980, 1990})));
    }

    @Test
    void readsNoneWhereAValueMayBeLeftOut() {
        assertThat(new ConfigLoader().load().examples().labelThreshold()).isEmpty();
        assertThat(new ConfigLoader().set("examples.labelThreshold=4").load().examples())
                .isEqualTo(
                        new ExamplesConfig(
                                ExamplesConfig.Source.IMPRESSIONS,
                                OptionalDouble.of(4),
                                600_000,
                                false,
                                0,
                                0,
                                0));
    }

    @Test
    void takesKafkaSettingsAsTheyAreWritten() {
        SluiceConfig config =
                load(
                        """
                        kafka:
                          properties:
                            max.poll.records: 0500
                            sasl.jaas.config: 'Login required password="${env:PASSWORD}";'
                        """);

        assertThat(config.kafka().clientProperties())
                .containsEntry("bootstrap.servers", "localhost:9092")
                .containsEntry("max.poll.records", "0500")
                .containsEntry("sasl.jaas.config", "Login required password=\"hunter2\";");
    }

    @Test
    void takesKafkaSettingsFromTheCommandLine() {
        SluiceConfig config =
                new ConfigLoader().set("kafka.properties.sasl.jaas.config=a: b # {c").load();

        assertThat(config.kafka().clientProperties())
                .containsEntry("sasl.jaas.config", "a: b # {c");
    }

    @Test
    void printsWhatItCanReadAgain() {
        SluiceConfig config =
                new ConfigLoader()
                        .set(
                                List.of(
                                        "name=\"007\"",
                                        "examples={source: interactions, labelThreshold: 3.5}",
                                        "features=[{name: a, source: features.a, type: categories, separator: \"|\"},"
                                                + " {name: b, source: context.b, type: number, bucket: {edges: [1, 2.5]}}]",
                                        "kafka.properties.security.protocol=SASL_SSL"))
                        .load();

        assertThat(load(ConfigPrinter.yaml(config))).isEqualTo(config);
    }

    @Test
    void listsAllFaultsAtOnce() {
        ConfigException fault =
                catchThrowableOfType(
                        ConfigException.class,
                        () ->
                                load(
                                        """
                                        sead: 1
                                        topics: {partitions: 0, replication: 500}
                                        model:
                                          dimensions: many
                                          decay: 2
                                          learningRate: 0
                                        """));

        assertThat(fault.problems())
                .extracting(ConfigProblem::field)
                .containsExactlyInAnyOrder(
                        "sead",
                        "topics.partitions",
                        "topics.replication",
                        "model.dimensions",
                        "model.decay",
                        "model.learningRate");
    }

    private static SluiceConfig load(String yaml) {
        return new ConfigLoader(ENVIRONMENT::get).text(yaml, "test.yaml").load();
    }
}
