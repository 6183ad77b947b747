package io.sluice.jobs.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.jobs.replay.RedundantStream;
import io.sluice.jobs.replay.ReplayRequest;
import io.sluice.jobs.report.Arm;
import io.sluice.jobs.report.ComparedPair;
import io.sluice.jobs.report.Comparison;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RankedArmsTest {

    private static final int SLATES = 1_500;

    @TempDir private Path folder;

    @Test
    void armsThatOnlyRankDifferentlyDifferInTheirOrders() throws IOException {
        new RedundantStream(SLATES, 20, 6, 0, 1).write(folder);
        StringWriter table = new StringWriter();

        Comparison comparison = Compare.run(request(), new PrintWriter(table, true), silent());

        Arm sorted = comparison.arms().get(1).mean();
        Arm eliminated = comparison.arms().get(2).mean();
        ComparedPair sort = comparison.pairs().get(0);
        ComparedPair out = comparison.pairs().get(1);
        assertThat(out.overall()).as("the learner is the same").isEqualTo(sort.overall());
        assertThat(eliminated.ranked().slates()).isEqualTo(SLATES);
        assertThat(sorted.ranked().overall().mrr().estimate())
                .as("sorted by the very predictions that are judged elsewhere")
                .isCloseTo(sorted.slates().mrr(), within(1e-3));
        double gain = out.rankedLast20().utility().estimate();
        assertThat(gain - sort.rankedLast20().utility().estimate())
                .isCloseTo(
                        eliminated.ranked().last20().utility().estimate()
                                - sorted.ranked().last20().utility().estimate(),
                        within(1e-9))
                .isPositive();
        String json = Files.readString(folder.resolve("c.json"));
        assertThat(
                        new ObjectMapper()
                                .readTree(json)
                                .at("/pairs/1/ranked/last20/utility/difference")
                                .doubleValue())
                .isEqualTo(gain);
        assertThat(table.toString()).contains("as ranked: arm - reference");
    }

    private CompareRequest request() {
        ReplayRequest stream =
                new ReplayRequest(
                        Optional.empty(),
                        loader -> loader,
                        folder,
                        Optional.empty(),
                        Long.MAX_VALUE,
                        false,
                        Optional.empty(),
                        Optional.of(folder.resolve("c.json")),
                        "abc");
        return new CompareRequest(
                stream,
                Optional.empty(),
                List.of(
                        "sort:rank.policy=sort,rank.group=topic",
                        "out:rank.policy=elimination,rank.group=topic"),
                List.of(),
                "model.memory",
                List.of(1L, 2L),
                List.of(),
                0.1,
                Optional.empty());
    }

    private static PrintWriter silent() {
        return new PrintWriter(new StringWriter());
    }
}
