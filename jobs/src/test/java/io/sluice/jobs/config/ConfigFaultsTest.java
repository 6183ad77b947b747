package io.sluice.jobs.config;

import static io.sluice.jobs.config.Faults.faultsOf;
import static io.sluice.jobs.config.Faults.onlyFaultOf;
import static io.sluice.jobs.config.Faults.onlyFaultOfSetting;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One test per kind of fault. */
class ConfigFaultsTest {
    @TempDir private Path directory;

    @Test
    void suggestsTheKeyThatWasProbablyMeant() {
        assertThat(onlyFaultOf("serve: {prot: 9000}").toString())
                .isEqualTo(
                        "test.yaml:1:9: serve.prot must be a known key, found an unknown one;"
                                + " did you mean 'port'?");
    }

    @Test
    void suggestsThePlaceOfAKeyThatStandsElsewhere() {
        assertThat(onlyFaultOf("bootstrap: kafka:9092").remedy())
                .isEqualTo("did you mean 'kafka.bootstrap'?");
    }

    @Test
    void asksToNestAKeyWrittenWithDots() {
        assertThat(onlyFaultOf("serve.port: 9000").remedy()).contains("nested");
    }

    @Test
    void listsTheKnownKeysWhenNothingIsNear() {
        assertThat(onlyFaultOf("publish: {wavelength: 1}").remedy())
                .isEqualTo("known here: intervalMs");
    }

    @Test
    void namesBothPlacesOfADuplicateKey() {
        ConfigProblem fault = onlyFaultOf("serve:\n  port: 1\n  port: 2\n");

        assertThat(fault.field()).isEqualTo("serve.port");
        assertThat(fault.place()).isEqualTo("test.yaml:3:3");
        assertThat(fault.remedy()).contains("test.yaml:2:3");
    }

    @Test
    void findsEveryDuplicateKey() {
        assertThat(faultsOf("seed: 1\nseed: 2\nname: a\nname: b\n"))
                .extracting(ConfigProblem::field)
                .containsExactly("seed", "name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "serve.port=high      | \"high\"     | a whole number",
                "serve.port=1.5       | 1.5          | a whole number",
                "serve.port=99999999999 | 99999999999 | a whole number of fewer digits",
                "serve.port=          | nothing      | a whole number",
                "serve.port=null      | nothing      | a whole number",
                "serve.port=[1]       | a list       | a whole number",
                "serve.port={a: 1}    | a map        | a whole number",
                "model.decay=slow     | \"slow\"     | a number",
                "topics.create=maybe  | \"maybe\"    | true or false",
                "name=5               | 5            | a text",
                "train.order=random   | \"random\"   | event-time or arrival",
                "examples.labelThreshold=some | \"some\" | a number or none",
                "train.checkpointDir=5 | 5           | a text or none",
                "features=user        | \"user\"     | a list of features",
                "serve=8080           | 8080         | a map with host, port, directory, hotRows, hotEntities,"
                        + " exploration, maxBodyBytes, maxItems, threads, maxConcurrent, maxWaitMs, drainMs,"
                        + " readyMaxLagMs",
            })
    void saysWhatTypeItFoundAndWhatItExpected(String setting, String found, String expected) {
        ConfigProblem fault = onlyFaultOfSetting(setting);

        assertThat(fault.field()).isEqualTo(setting.substring(0, setting.indexOf('=')));
        assertThat(fault.found()).isEqualTo(found);
        assertThat(fault.expected()).startsWith(expected);
        assertThat(fault.place()).isEqualTo("--set");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "topics.scores=model                    | topics.scores",
                "feedback.kinds={view: {label: 0, windowMs: 1000}} | feedback.kinds",
                "feedback.kinds={}                      | feedback.kinds",
                "train.outOfOrdernessMs=600000          | feedback.kinds.click.windowMs",
                "train.parallelism=129                  | train.parallelism",
                "train.idleMs=10                        | train.idleMs",
                "train.checkpointIntervalMs=400000      | train.transactionTimeoutMs",
                "limits.slateItems=10                   | serve.maxItems",
                "limits.recordBytes=2048                | serve.maxBodyBytes",
            })
    void findsWhatDoesNotFitTogether(String setting, String field) {
        ConfigProblem fault = onlyFaultOfSetting(setting);

        assertThat(fault.field()).isEqualTo(field);
        assertThat(fault.remedy().isEmpty() && !fault.expected().contains("("))
                .as("says with what it doesn't fit: %s", fault)
                .isFalse();
    }

    @Test
    void doesNotSpeakOfStandInsWhenAKeyHasAFaultOfItsOwn() {
        assertThat(faultsOf("train: {parallelism: 200, maxParallelism: many}"))
                .extracting(ConfigProblem::field)
                .containsExactly("train.maxParallelism");
    }

    @Test
    void needsNoPositiveKindForInteractions() {
        new ConfigLoader().set("feedback.kinds={}").set("examples.source=interactions").load();
    }

    static List<List<String>> featureFaults() {
        return List.of(
                List.of("{source: user, type: id}", "features[0].name", "a name"),
                List.of("{name: a, type: id}", "features[0].source", "user, item, context.<name>"),
                List.of("{name: a, source: planet, type: id}", "features[0].source", "user, item"),
                List.of(
                        "{name: a, source: context., type: id}",
                        "features[0].source",
                        "user, item"),
                List.of("{name: a, source: user}", "features[0].type", "id or category"),
                List.of(
                        "{name: a, source: user, type: text}",
                        "features[0].type",
                        "id or category"),
                List.of("{name: a, source: user, type: categories}", "features[0].type", "id or"),
                List.of(
                        "{name: a, source: hour, type: number, bucket: {log: 1}}",
                        "features[0].type",
                        "id"),
                List.of(
                        "{name: a, source: user, type: id, colour: red}",
                        "features[0].colour",
                        "a known key"),
                List.of(
                        "{name: a, source: user, type: id, separator: ','}",
                        "features[0].separator",
                        "left out"),
                List.of(
                        "{name: a, source: features.a, type: categories, separator: ''}",
                        "features[0].separator",
                        "a text"),
                List.of(
                        "{name: a, source: user, type: id, bucket: {log: 1}}",
                        "features[0].bucket",
                        "left out"),
                List.of(
                        "{name: a, source: features.a, type: number}",
                        "features[0].bucket",
                        "{log: n}"),
                List.of(
                        "{name: a, source: features.a, type: number, bucket: {log: 1, width: 2}}",
                        "features[0].bucket",
                        "{log: n}"),
                List.of(
                        "{name: a, source: features.a, type: number, bucket: {size: 1}}",
                        "features[0].bucket.size",
                        "{log: n}"),
                List.of(
                        "{name: a, source: features.a, type: number, bucket: {log: 0}}",
                        "features[0].bucket.log",
                        "a number within (0"),
                List.of(
                        "{name: a, source: features.a, type: number, bucket: {width: wide}}",
                        "features[0].bucket.width",
                        "a positive, finite number"),
                List.of(
                        "{name: a, source: features.a, type: number, bucket: {edges: [2, 1]}}",
                        "features[0].bucket.edges",
                        "a list of finite, strictly increasing"),
                List.of(
                        "{name: a, source: features.a, type: number, bucket: {edges: 5}}",
                        "features[0].bucket.edges",
                        "a list of finite"),
                List.of(
                        "{name: a, source: features.a, type: number, bucket: {edges: []}}",
                        "features[0].bucket.edges",
                        "a list of finite"),
                List.of("user", "features[0]", "a map with name, source and type"),
                List.of(
                        "{name: a, source: user, type: id}, {name: a, source: item, type: id}",
                        "features[1].name",
                        "unique"));
    }

    @ParameterizedTest
    @MethodSource("featureFaults")
    void namesWhatIsWrongWithAFeature(List<String> row) {
        ConfigProblem fault = onlyFaultOfSetting("features=[" + row.get(0) + "]");

        assertThat(fault.field()).isEqualTo(row.get(1));
        assertThat(fault.expected()).startsWith(row.get(2));
    }

    @Test
    void refusesAConfigurationWithoutFeatures() {
        assertThat(onlyFaultOfSetting("features=[]").expected()).contains("at least one feature");
    }

    @Test
    void findsTheFaultsOfAllFeatures() {
        assertThat(faultsOf("features: [{name: a, source: x, type: y}, {source: user, type: z}]"))
                .extracting(ConfigProblem::field)
                .containsExactlyInAnyOrder(
                        "features[0].source",
                        "features[0].type",
                        "features[1].name",
                        "features[1].type");
    }

    @Test
    void namesAMissingKeyOfAKindOfFeedback() {
        ConfigProblem fault = onlyFaultOfSetting("feedback.kinds.buy={label: 1}");

        assertThat(fault.field()).isEqualTo("feedback.kinds.buy.windowMs");
        assertThat(fault.found()).isEqualTo("nothing");
    }

    @Test
    void namesAFileThatIsMissing() {
        Path missing = directory.resolve("missing.yaml");

        assertThat(onlyFaultOf(new ConfigLoader().file(missing)).toString())
                .contains(missing.toString())
                .contains("no such file");
    }

    @Test
    void namesADirectoryGivenAsAFile() {
        assertThat(onlyFaultOf(new ConfigLoader().file(directory)).found())
                .isEqualTo("a directory");
    }

    @Test
    void namesAFileThatIsNoText() throws IOException {
        Path file = Files.write(directory.resolve("a.yaml"), new byte[] {'a', ':', (byte) 0xff});

        assertThat(onlyFaultOf(new ConfigLoader().file(file)).expected()).contains("UTF-8");
    }

    @Test
    void namesLineAndColumnOfBrokenYaml() {
        ConfigProblem fault = onlyFaultOf("seed: 1\nserve: {port: 1\nname: x\n");

        assertThat(fault.place()).isEqualTo("test.yaml:3:5");
        assertThat(fault.expected()).isEqualTo("YAML without mistakes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[1, 2] | a map of keys", "hello | a map of keys"})
    void refusesAFileThatIsNoMap(String yaml, String expected) {
        assertThat(onlyFaultOf(yaml).expected()).isEqualTo(expected);
    }

    @Test
    void refusesASecondDocument() {
        assertThat(onlyFaultOf("seed: 1\n---\nseed: 2\n").expected()).isEqualTo("one document");
    }

    @Test
    void refusesAliases() {
        assertThat(faultsOf("name: &a sluice\ntopics: {model: *a}\n").get(0).found())
                .isEqualTo("an alias");
    }

    @Test
    void refusesASettingWithoutItsEqualsSign() {
        assertThat(onlyFaultOfSetting("serve.port 9000").expected()).isEqualTo("key=value");
    }

    @Test
    void asksForTheWholeListInsteadOfAPartOfIt() {
        assertThat(onlyFaultOfSetting("features.0.type=id").remedy())
                .isEqualTo("give the whole value: --set features=...");
    }

    @Test
    void namesTheVariableThatIsNotSet() {
        ConfigProblem fault =
                onlyFaultOf("kafka: {properties: {sasl.jaas.config: '${env:KAFKA_LOGIN}'}}");

        assertThat(fault.field()).isEqualTo("kafka.properties.sasl.jaas.config");
        assertThat(fault.found()).isEqualTo("${env:KAFKA_LOGIN}");
        assertThat(fault.remedy()).isEqualTo("set KAFKA_LOGIN before the start");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"${env:1BAD}", "${env.NAME}", "${env:}", "${env: NAME}"})
    void refusesAPlaceholderWrittenOtherwise(String text) {
        assertThat(onlyFaultOfSetting("kafka.properties.client.id=" + text).expected())
                .contains("${env:NAME}");
    }

    @Test
    void refusesAPlaceholderOutsideOfKafkaProperties() {
        assertThat(onlyFaultOf("serve: {host: '${env:HOST}'}").remedy())
                .contains("kafka.properties only")
                .contains("--set serve.host=");
    }

    @ParameterizedTest
    @CsvSource({"bootstrap.servers", "group.id", "isolation.level", "value.deserializer"})
    void refusesKafkaSettingsThatAreDecidedElsewhere(String key) {
        assertThat(onlyFaultOfSetting("kafka.properties." + key + "=x").field())
                .isEqualTo("kafka.properties." + key);
    }

    @Test
    void asksForDotsInTheNamesOfKafkaSettings() {
        assertThat(onlyFaultOf("kafka: {properties: {sasl: {mechanism: PLAIN}}}").remedy())
                .contains("sasl.mechanism");
    }

    @Test
    void findsTheFaultsOfAllSourcesAtOnce() {
        ConfigLoader loader =
                new ConfigLoader()
                        .text("seed: x", "a.yaml")
                        .text("nmae: y", "b.yaml")
                        .set("serve.port=-1");

        assertThat(faultsOf(loader))
                .extracting(ConfigProblem::field)
                .containsExactlyInAnyOrder("seed", "nmae", "serve.port");
    }
}
