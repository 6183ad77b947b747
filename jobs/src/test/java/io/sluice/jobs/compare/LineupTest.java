package io.sluice.jobs.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.jobs.replay.GeneratedData;
import io.sluice.jobs.replay.ReplayRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineupTest {

    @TempDir private Path folder;

    @Test
    void theArmWithoutSettingsComesFirstAndIsTheReference() {
        Lineup lineup = lineup("wide:model.dimensions=32,model.l2=0", "plain");

        assertThat(lineup.contestants())
                .extracting(Contestant::name)
                .containsExactly("default", "wide", "plain");
        assertThat(lineup.contestants().get(1).overrides())
                .containsExactly("model.dimensions=32", "model.l2=0");
        assertThat(lineup.contestants().get(2).overrides()).isEmpty();
        assertThat(lineup.reference()).isEqualTo("default");
    }

    @Test
    void aGivenArmReplacesTheDefault() {
        Lineup lineup = lineup("default:model.dimensions=2");

        assertThat(lineup.contestants())
                .singleElement()
                .extracting(Contestant::overrides)
                .isEqualTo(List.of("model.dimensions=2"));
    }

    @Test
    void commasInsideBracketsAndQuotesBelongToTheValue() {
        ArmText arm =
                ArmText.parse(
                        "a: features=[{name: u, source: user, type: id}], name=\"x,y\" ,model.l2=0");

        assertThat(arm.overrides())
                .containsExactly(
                        "features=[{name: u, source: user, type: id}]",
                        "name=\"x,y\"",
                        "model.l2=0");
    }

    @Test
    void budgetsMultiplyTheArmsAndEachIsHeldAgainstTheReferenceOfItsBudget() {
        Lineup lineup = lineup(Optional.of("b"), List.of("4KiB", "1MiB"), "b:model.l2=0");

        assertThat(lineup.contestants())
                .extracting(Contestant::name)
                .containsExactly("default@4096", "b@4096", "default@1048576", "b@1048576");
        assertThat(lineup.contestants())
                .extracting(arm -> lineup.referenceOf(arm).name())
                .containsExactly("b@4096", "b@4096", "b@1048576", "b@1048576");
    }

    @Test
    void oneArmOfOneBudgetCanBeTheReferenceOfAll() {
        Lineup lineup = lineup(Optional.of("default@8"), List.of("4", "8"));

        assertThat(lineup.contestants())
                .allMatch(arm -> lineup.referenceOf(arm).name().equals("default@8"));
    }

    @Test
    void armsOfAFileMayBeNestedAndKeepTheirOrder() {
        Path file = folder.resolve("arms.yaml");
        GeneratedData.write(
                file,
                "wide: {model.dimensions: 32}\nslow: {model: {l2: 0.5}, name: 'x y'}\nplain:\n");

        Lineup lineup = Lineup.of(request(Optional.of(file), Optional.empty(), List.of()));

        assertThat(lineup.contestants())
                .extracting(Contestant::name)
                .containsExactly("default", "wide", "slow", "plain");
        assertThat(lineup.contestants().get(2).overrides())
                .containsExactly("model={\"l2\":0.5}", "name=\"x y\"");
    }

    @Test
    void faultsNameTheOptionAndWhatWasFound() {
        assertFault("--arm", "found \"dimensions\" in arm wide", "wide:dimensions");
        assertFault("the name of an arm", "found \"a@b\"", "a@b:model.l2=0");
        assertFault("--arm", "found a second \"a\"", "a", "a");
        assertThatThrownBy(() -> lineup(Optional.of("c"), List.of()))
                .hasMessage("--reference must be one of default, found \"c\"");
        assertThatThrownBy(() -> lineup(Optional.empty(), List.of("4parsecs")))
                .hasMessageContaining("--budgets must be sizes")
                .hasMessageContaining("found \"4parsecs\"");
        assertThatThrownBy(() -> lineup(Optional.empty(), List.of("0")))
                .hasMessageContaining("found \"0\"");
        assertThatThrownBy(() -> lineup(Optional.empty(), List.of("1KiB", "1024")))
                .hasMessageContaining("--budgets must be different");
    }

    @Test
    void aFileWithFaultsNamesThemAll() {
        Path file = folder.resolve("arms.yaml");
        GeneratedData.write(file, "wide: 32\nslow: [1]\n");

        assertThatThrownBy(() -> Lineup.of(request(Optional.of(file), Optional.empty(), List.of())))
                .hasMessageContaining("arms.yaml:1:1: wide must be a map of keys")
                .hasMessageContaining("slow must be a map of keys");
        assertThatThrownBy(
                        () ->
                                Lineup.of(
                                        request(
                                                Optional.of(folder.resolve("no.yaml")),
                                                Optional.empty(),
                                                List.of())))
                .hasMessageContaining("no.yaml must be a file, found no such file");
    }

    private void assertFault(String field, String found, String... arms) {
        assertThatThrownBy(() -> lineup(arms))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(field)
                .hasMessageContaining(found);
    }

    private Lineup lineup(String... arms) {
        return lineup(Optional.empty(), List.of(), arms);
    }

    private Lineup lineup(Optional<String> reference, List<String> budgets, String... arms) {
        return Lineup.of(request(Optional.empty(), reference, budgets, arms));
    }

    private CompareRequest request(
            Optional<Path> file, Optional<String> reference, List<String> budgets, String... arms) {
        return new CompareRequest(
                new ReplayRequest(
                        Optional.empty(),
                        UnaryOperator.identity(),
                        folder,
                        Optional.empty(),
                        1,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        "abc"),
                file,
                List.of(arms),
                budgets,
                "model.memory",
                List.of(),
                List.of(),
                0.1,
                reference);
    }
}
