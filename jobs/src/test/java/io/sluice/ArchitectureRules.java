package io.sluice;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.functions.Function;
import org.apache.flink.streaming.api.operators.StreamOperator;

/**
 * Who may use whom. The packages are taken relative to a root, so that the same rules can be tried
 * on the planted faults below {@code io.sluice.planted}.
 */
final class ArchitectureRules {
    /** Inside {@code state}, from the bottom up; a package uses its own row and those before. */
    private static final List<List<String>> LAYERS =
            List.of(
                    List.of("check", "kernel", "event"),
                    List.of("mask"),
                    List.of(
                            "feature",
                            "sparse",
                            "tower",
                            "optim",
                            "memory",
                            "drift",
                            "rank",
                            "evaluate"),
                    List.of("model"),
                    List.of("learner"),
                    List.of("codec"),
                    List.of("store"));

    /** What makes a run irreproducible, by owner and name; all overloads of it. */
    private static final Map<String, Set<String>> CLOCKS_AND_DICE =
            Map.of(
                    "java.lang.System", Set.of("currentTimeMillis", "nanoTime", "getenv"),
                    "java.lang.Math", Set.of("random"),
                    "java.time.Instant", Set.of("now"),
                    "java.time.Clock", Set.of("systemUTC", "systemDefaultZone", "system"),
                    "java.util.UUID", Set.of("randomUUID"));

    private static final Set<String> SELF_SEEDED =
            Set.of("java.util.Random", "java.util.SplittableRandom");

    private final String root;

    ArchitectureRules(String root) {
        this.root = root;
    }

    /** Every rule by a name that says what it demands. */
    Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("state is pure Java", stateIsPureJava());
        rules.put("operators don't know jobs", operatorsDontKnowJobs());
        rules.put("kernel, event and check use only the JDK", bottomUsesOnlyTheJdk());
        rules.put("packages of state build on those below", stateIsLayered());
        rules.put("ND4J has one door", only("state.kernel.nd4j", "org.nd4j..", "org.bytedeco.."));
        rules.put(
                "RocksDB has two doors",
                only(List.of("state.store.rocksdb", "operators.backend"), "org.rocksdb.."));
        rules.put(
                "Kafka clients stay at the edge",
                only(
                        List.of(
                                "jobs.bench",
                                "jobs.connect",
                                "jobs.serve",
                                "jobs.evaluate",
                                "jobs.quickstart",
                                "jobs.replay",
                                "jobs.view"),
                        "org.apache.kafka.clients.."));
        rules.put("picocli stays in the command line", only("jobs.cli", "picocli.."));
        rules.put("ONNX Runtime has one door", only("jobs.scorer", "ai.onnxruntime.."));
        rules.put("Jetty stays in the server", only("jobs.serve", "org.eclipse.jetty.."));
        rules.put(
                "Jackson stays where text is read or written",
                only(
                        List.of(
                                "operators.serde",
                                "jobs.bench",
                                "jobs.cli",
                                "jobs.config",
                                "jobs.evaluate",
                                "jobs.quickstart",
                                "jobs.replay",
                                "jobs.report",
                                "jobs.scorer",
                                "jobs.serve"),
                        "com.fasterxml.."));
        rules.put("nobody uses what Flink shades", noneUses("org.apache.flink.shaded.."));
        rules.put("packages form no cycle", noCycles());
        rules.put("state has neither clock nor dice", noClockNorDiceInState());
        rules.put("events are immutable", eventsAreImmutable());
        rules.put("Flink functions live in operators", functionsLiveInOperators());
        rules.put("main is a front door", mainOnlyInJobs());
        rules.put("only jobs print", onlyJobsPrint());
        rules.put("nobody uses Java serialization", noJavaSerialization());
        rules.put("nobody uses java.util.logging", noneUses("java.util.logging.."));
        rules.put("no field is open to change", noOpenFields());
        rules.replaceAll((name, rule) -> rule.allowEmptyShould(true));
        return rules;
    }

    private ArchRule stateIsPureJava() {
        return noClasses()
                .that()
                .resideInAPackage(tree("state"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.flink..",
                        "org.apache.kafka..",
                        "com.fasterxml..",
                        "picocli..",
                        tree("operators"),
                        tree("jobs"));
    }

    private ArchRule operatorsDontKnowJobs() {
        return noClasses()
                .that()
                .resideInAPackage(tree("operators"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(tree("jobs"));
    }

    private ArchRule bottomUsesOnlyTheJdk() {
        // Without "..": state.kernel.nd4j is the exception that has its own rule.
        String[] bottom = {name("state.kernel"), name("state.event"), name("state.check")};
        String[] allowed = Arrays.copyOf(bottom, bottom.length + 1);
        allowed[bottom.length] = "java..";
        return classes()
                .that()
                .resideInAnyPackage(bottom)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed);
    }

    private ArchRule stateIsLayered() {
        CompositeArchRule rule = null;
        for (int i = 0; i + 1 < LAYERS.size(); i++) {
            String[] lower = trees(LAYERS.get(i));
            String[] upper =
                    trees(
                            LAYERS.subList(i + 1, LAYERS.size()).stream()
                                    .flatMap(List::stream)
                                    .toList());
            ArchRule layer =
                    noClasses()
                            .that()
                            .resideInAnyPackage(lower)
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(upper)
                            .allowEmptyShould(true);
            rule = rule == null ? CompositeArchRule.of(layer) : rule.and(layer);
        }
        return rule;
    }

    private ArchRule noCycles() {
        // (**) and not (*).(**): that one misses the classes directly in io.sluice.operators.
        return slices().matching(root + ".(**)").should().beFreeOfCycles();
    }

    private ArchRule noClockNorDiceInState() {
        DescribedPredicate<AccessTarget> forbidden =
                describe(
                        "a clock or self-seeded dice",
                        target -> {
                            String owner = target.getOwner().getFullName();
                            return CLOCKS_AND_DICE
                                            .getOrDefault(owner, Set.of())
                                            .contains(target.getName())
                                    || isSelfSeeded(target, owner);
                        });
        return noClasses()
                .that()
                .resideInAPackage(tree("state"))
                .should()
                .accessTargetWhere(target(forbidden))
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom");
    }

    private static boolean isSelfSeeded(AccessTarget target, String owner) {
        return SELF_SEEDED.contains(owner)
                && target instanceof CodeUnitAccessTarget code
                && code.getName().equals("<init>")
                && code.getRawParameterTypes().isEmpty();
    }

    private ArchRule eventsAreImmutable() {
        return classes()
                .that()
                .resideInAPackage(tree("state.event"))
                .and()
                .areNotAnonymousClasses()
                .and()
                .doNotHaveSimpleName("package-info")
                // A builder changes until it has built; it is nested in what it builds.
                .and(
                        describe(
                                "are no nested Builder",
                                type ->
                                        !(type.isNestedClass()
                                                && type.getSimpleName().equals("Builder"))))
                .should(beImmutable());
    }

    private static ArchCondition<JavaClass> beImmutable() {
        return new ArchCondition<>(
                "be a record, an enum, a sealed interface or a final class of final fields") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean sealed = type.isInterface() && type.reflect().isSealed();
                boolean value =
                        type.getModifiers().contains(JavaModifier.FINAL)
                                && type.getFields().stream().allMatch(ArchitectureRules::isFinal);
                if (!(type.isRecord() || type.isEnum() || sealed || value)) {
                    String message = type.getFullName() + " can change or be extended";
                    events.add(SimpleConditionEvent.violated(type, message));
                }
            }
        };
    }

    private ArchRule functionsLiveInOperators() {
        return classes()
                .that()
                .areAssignableTo(Function.class)
                .or()
                .areAssignableTo(StreamOperator.class)
                .should()
                .resideInAPackage(tree("operators"))
                .andShould()
                .haveNameMatching(".*(Function|Operator)");
    }

    private ArchRule mainOnlyInJobs() {
        return methods()
                .that()
                .haveName("main")
                .and()
                .areStatic()
                .should()
                .beDeclaredInClassesThat(resideInAPackage(tree("jobs")));
    }

    private ArchRule onlyJobsPrint() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(tree("jobs"))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethodWhere(
                        target(
                                describe(
                                        "printStackTrace() of any exception",
                                        t ->
                                                t.getName().equals("printStackTrace")
                                                        && t instanceof CodeUnitAccessTarget code
                                                        && code.getRawParameterTypes().isEmpty())));
    }

    private ArchRule noJavaSerialization() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ObjectOutputStream.class, ObjectInputStream.class);
    }

    private ArchRule noOpenFields() {
        // What the compiler adds by itself ($VALUES, $SwitchMap$) is not ours to judge.
        DescribedPredicate<JavaField> written =
                describe("are written", f -> !f.getModifiers().contains(JavaModifier.SYNTHETIC));
        ArchRule closed =
                fields().that(written)
                        .and()
                        .arePublic()
                        .should()
                        .beFinal()
                        .andShould()
                        .notHaveRawType(describe("an array", JavaClass::isArray))
                        .allowEmptyShould(true);
        ArchRule constant =
                fields().that(written).and().areStatic().should().beFinal().allowEmptyShould(true);
        return CompositeArchRule.of(closed).and(constant);
    }

    private ArchRule only(String door, String... libraries) {
        return only(List.of(door), libraries);
    }

    private ArchRule only(List<String> doors, String... libraries) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(doors.stream().map(this::tree).toArray(String[]::new))
                .should()
                .dependOnClassesThat(resideInAnyPackage(libraries));
    }

    private static ArchRule noneUses(String library) {
        return noClasses().should().dependOnClassesThat().resideInAPackage(library);
    }

    private static boolean isFinal(JavaField field) {
        return field.getModifiers().contains(JavaModifier.FINAL);
    }

    private String[] trees(List<String> packagesOfState) {
        return packagesOfState.stream().map(p -> tree("state." + p)).toArray(String[]::new);
    }

    private String tree(String relative) {
        return name(relative) + "..";
    }

    private String name(String relative) {
        return root + "." + relative;
    }
}
