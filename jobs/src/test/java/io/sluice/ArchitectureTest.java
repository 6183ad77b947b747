package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import io.sluice.jobs.cli.SluiceCommand;
import io.sluice.operators.serde.SluiceTypes;
import io.sluice.state.check.Checks;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the modules to {@link ArchitectureRules}, and each rule to a fault planted for it. */
class ArchitectureTest {
    private static final String PLANTED = "io.sluice.planted";

    private static final Map<String, ArchRule> RULES = new ArchitectureRules("io.sluice").all();
    private static final Map<String, ArchRule> PLANTED_RULES = new ArchitectureRules(PLANTED).all();

    private static final JavaClasses CODE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.sluice");
    private static final JavaClasses FAULTS = new ClassFileImporter().importPackages(PLANTED);

    /** What each rule has to find among the planted faults. */
    private static final Map<String, List<String>> FINDINGS =
            Map.ofEntries(
                    Map.entry(
                            "state is pure Java",
                            List.of(
                                    "MapFunction",
                                    "TopicPartition",
                                    "JsonNode",
                                    "CommandLine",
                                    "planted.operators.train.LawfulFunction",
                                    "planted.jobs.cli.LawfulCommand")),
                    Map.entry("operators don't know jobs", List.of("UsesJobs")),
                    Map.entry(
                            "kernel, event and check use only the JDK",
                            List.of("kernel.UsesModel", "kernel.UsesLibrary")),
                    Map.entry(
                            "packages of state build on those below",
                            List.of("kernel.UsesModel", "sparse.UsesLearner")),
                    Map.entry("ND4J has one door", List.of("model.UsesNd4j")),
                    Map.entry("RocksDB has two doors", List.of("model.UsesRocksDb")),
                    Map.entry("Kafka clients stay at the edge", List.of("topology.UsesLibraries")),
                    Map.entry(
                            "picocli stays in the command line", List.of("topology.UsesLibraries")),
                    Map.entry("ONNX Runtime has one door", List.of("topology.UsesLibraries")),
                    Map.entry("Jetty stays in the server", List.of("topology.UsesLibraries")),
                    Map.entry(
                            "Jackson stays where text is read or written",
                            List.of("topology.UsesLibraries")),
                    Map.entry("nobody uses what Flink shades", List.of("train.UsesShaded")),
                    Map.entry(
                            "packages form no cycle",
                            List.of(
                                    "Slice operators -> ",
                                    "Slice operators.metrics -> ",
                                    "Slice jobs.evaluate -> ",
                                    "Slice jobs.report -> ")),
                    Map.entry(
                            "state has neither clock nor dice",
                            List.of(
                                    "currentTimeMillis",
                                    "nanoTime",
                                    "getenv",
                                    "Math.random",
                                    "Instant.now",
                                    "Clock.systemUTC",
                                    "randomUUID",
                                    "java.util.Random.<init>()",
                                    "SplittableRandom.<init>()",
                                    "ThreadLocalRandom")),
                    Map.entry(
                            "events are immutable",
                            List.of("event.Changing ", "event.Extensible ", "event.Open ")),
                    Map.entry(
                            "Flink functions live in operators",
                            List.of("topology.StrayFunction", "train.Misnamed")),
                    Map.entry("main is a front door", List.of("model.Startable")),
                    Map.entry(
                            "only jobs print",
                            List.of("System.out", "System.err", "printStackTrace")),
                    Map.entry(
                            "nobody uses Java serialization",
                            List.of("ObjectOutputStream", "ObjectInputStream")),
                    Map.entry("nobody uses java.util.logging", List.of("optim.Logs")),
                    Map.entry(
                            "no field is open to change",
                            List.of("Exposed.open", "Exposed.CELLS", "Exposed.shared")));

    static Set<String> rules() {
        return RULES.keySet();
    }

    @Test
    void looksAtEveryModule() {
        assertThat(CODE.contain(Checks.class)).isTrue();
        assertThat(CODE.contain(SluiceTypes.class)).isTrue();
        assertThat(CODE.contain(SluiceCommand.class)).isTrue();
        assertThat(CODE).noneMatch(type -> type.getPackageName().startsWith(PLANTED));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(String rule) {
        RULES.get(rule).check(CODE);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void findsWhatIsPlantedAgainst(String rule) {
        EvaluationResult result = PLANTED_RULES.get(rule).evaluate(FAULTS);
        String report = String.join("\n", result.getFailureReport().getDetails());

        assertThat(FINDINGS.get(rule)).isNotEmpty().allSatisfy(f -> assertThat(report).contains(f));
        // A lawful class may be the target of a fault, but never its origin.
        assertThat(result.getFailureReport().getDetails())
                .noneMatch(
                        line -> line.matches("(?s)\\w+ <io\\.sluice\\.planted[\\w.]*\\.Lawful.*"));
    }
}
