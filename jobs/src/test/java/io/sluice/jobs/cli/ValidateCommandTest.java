package io.sluice.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.ConfigPrinter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path directory;

    @Test
    void saysInOneLineWhatAValidConfigurationDoes() {
        assertThat(validate()).isEqualTo(SluiceCommand.DONE);
        assertThat(out.toString().lines())
                .singleElement()
                .asString()
                .isEqualTo(
                        "valid: pipeline 'sluice' learns from impressions with 2 features in 16"
                                + " dimensions, Kafka at localhost:9092");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void countsStreamingFeaturesApart() {
        assertThat(validate("--set", "streaming=[{name: seen, kind: flag, scope: [user, item]}]"))
                .isEqualTo(SluiceCommand.DONE);
        assertThat(out.toString()).contains("with 2 features and 1 streaming ones in 16");
    }

    @Test
    void saysThatAMemoryIsLeftOutWhereTheBudgetHasNoRoomForIt() {
        String[] small = {"--set", "memory.mode=residual", "--set", "model.memory=128KiB"};
        assertThat(validate(small)).isEqualTo(SluiceCommand.DONE);
        assertThat(out.toString().lines().skip(1))
                .singleElement()
                .asString()
                .startsWith("note: model.memory (131,072 bytes) is too small for a memory");

        out.getBuffer().setLength(0);
        small[3] = "model.memory=1MiB";
        assertThat(validate(small)).isEqualTo(SluiceCommand.DONE);
        assertThat(out.toString().lines()).hasSize(1);
    }

    @Test
    void printsTheEffectiveConfigurationAsYaml() {
        assertThat(validate("--print", "--set", "serve.port=9000", "--seed", "5"))
                .isEqualTo(SluiceCommand.DONE);

        assertThat(new ConfigLoader().text(out.toString(), "printed").load())
                .isEqualTo(new ConfigLoader().set("serve.port=9000").set("seed=5").load());
    }

    @Test
    void reportsEveryFaultInALineOfItsOwn() throws IOException {
        Path file =
                Files.writeString(
                        directory.resolve("my.yaml"), "serve:\n  prot: 1\n  exploration: 2\n");

        assertThat(validate("--config", file.toString(), "--set", "seed=x"))
                .isEqualTo(SluiceCommand.WRONG_USAGE);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .containsExactly(
                        "sluice: the configuration has 3 faults",
                        "  --set: seed must be a whole number, found \"x\"",
                        "  "
                                + file
                                + ":2:3: serve.prot must be a known key, found an unknown one;"
                                + " did you mean 'port'?",
                        "  " + file + ":3:3: serve.exploration must be within [0, 1], found 2");
    }

    @Test
    void explainsItsOptionsWithUnitAndDefault() {
        assertThat(validate("--help")).isEqualTo(SluiceCommand.DONE);
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains("--config=FILE")
                .contains("--set=KEY=VALUE")
                .contains("(default: none)")
                .contains("without secrets");
    }

    @Test
    void printsNoSecretAnywhere() throws IOException {
        // PATH is the one variable that every environment has.
        String fromEnvironment = System.getenv("PATH");
        String settings =
                """
                kafka:
                  properties:
                    security.protocol: SASL_SSL
                    sasl.jaas.config: 'Login required username="me" password="hunter2";'
                    ssl.key.password: hunter2
                    ssl.keystore.key: hunter2
                    ssl.truststore.certificates: hunter2
                    schema.registry.basic.auth.user.info: me:hunter2
                    client.rack: ${env:PATH}
                """;
        Path good = Files.writeString(directory.resolve("good.yaml"), settings);
        // Each of the faults stands beside, or in the place of, a secret.
        Path bad =
                Files.writeString(
                        directory.resolve("bad.yaml"),
                        settings
                                + """
                                    sasl.password: [hunter2]
                                    ssl.secret: {a: hunter2}
                                    ssl.key.password: hunter2
                                    client.id: 'hunter2 ${env:NO_SUCH_VARIABLE}'
                                    group.id: hunter2
                                  propertys: {sasl.password: hunter2}
                                sasl.password: hunter2
                                """);
        Path broken =
                Files.writeString(
                        directory.resolve("broken.yaml"), settings + "   password: \"hunter2\n");

        assertThat(validate("--verbose", "--print", "--config", good.toString())).isZero();
        assertThat(validate("--verbose", "--config", bad.toString())).isEqualTo(2);
        assertThat(validate("--verbose", "--config", broken.toString())).isEqualTo(2);
        assertThat(validate("--verbose", "--set", "kafka.properties.ssl.key.password:hunter2"))
                .isEqualTo(2);
        assertThat(validate("--verbose", "--set", "kafka.properties=hunter2")).isEqualTo(2);
        assertThat(validate("--verbose", "--set", "kafka.properties={a: *hunter2}")).isEqualTo(2);
        err.append(new ConfigLoader().file(good).load().toString());
        out.append(ConfigPrinter.tree(new ConfigLoader().file(good).load()).toString());

        assertThat(out.toString() + err)
                .contains("SASL_SSL")
                .contains("${env:PATH}")
                .contains("sasl.jaas.config: <redacted>")
                .doesNotContain("hunter2")
                .doesNotContain(fromEnvironment);
    }

    private int validate(String... args) {
        String[] line = new String[args.length + 1];
        line[0] = "validate";
        System.arraycopy(args, 0, line, 1, args.length);
        return SluiceCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(line);
    }
}
