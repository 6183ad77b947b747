package io.sluice.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.jobs.report.Arm;
import io.sluice.jobs.report.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Holds the defaults to yardsticks on public streams, where those are at hand. */
class SharedStreamsTest {

    private static final String PROPERTY = "sluice.datasets";

    @Test
    void reachesAPlainFactorisationMachineOnAHundredThousandRatings() throws IOException {
        Report report = replay("ml-100k");

        assertThat(report.data().sha256())
                .isEqualTo("f9dfce255ddab54f77e8d3f570827eda8cb3f6c0c5ace8f645a0ca89230add32");
        assertThat(base(report).overall().logloss()).isLessThan(0.5725);
        assertThat(base(report).overall().auc()).isGreaterThan(0.7635);
        // The figures of the data set's own README.
        assertThat(prior(report).overall().logloss()).isBetween(0.68735, 0.68745);
        assertThat(prior(report).last20().logloss()).isBetween(0.68495, 0.68505);
    }

    @Test
    void ranksSlatesBetterThanTheBaselineOfTheDataSet() throws IOException {
        Report report = replay("online-retail");

        assertThat(report.data().requests()).isEqualTo(10_783);
        assertThat(report.data().examples()).isEqualTo(283_220);
        assertThat(report.data().behaviour()).isEqualTo(541_909 - report.data().deadLetterCount());
        assertThat(base(report).slates().mrr()).isGreaterThan(0.5293);
        assertThat(base(report).slates().ndcgAt10()).isGreaterThan(0.4547);
        assertThat(base(report).overall().logloss()).isLessThan(0.4443);
        assertThat(prior(report).overall().logloss()).isBetween(0.4695, 0.4705);
    }

    private static Report replay(String name) throws IOException {
        Path data = Path.of(System.getProperty(PROPERTY, "../shared/datasets")).resolve(name);
        assumeTrue(
                Files.isDirectory(data),
                () -> "skipped: no folder " + data + "; set -D" + PROPERTY + "=FOLDER");
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return Replay.run(
                new ReplayRequest(
                        Optional.empty(),
                        UnaryOperator.identity(),
                        data,
                        Optional.empty(),
                        Long.MAX_VALUE,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        "test"),
                nowhere,
                nowhere);
    }

    private static Arm base(Report report) {
        return arm(report, "base");
    }

    private static Arm prior(Report report) {
        return arm(report, "prior");
    }

    private static Arm arm(Report report, String name) {
        return report.arms().stream()
                .filter(arm -> arm.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
