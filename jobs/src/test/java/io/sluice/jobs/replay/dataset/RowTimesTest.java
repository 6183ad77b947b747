package io.sluice.jobs.replay.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.jobs.replay.GeneratedData;
import io.sluice.state.event.Interaction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of equal time that follow one another in the order of the file. */
class RowTimesTest {

    private static final DataLimits LIMITS =
            new DataLimits(0, Long.MAX_VALUE, 1 << 20, 1000, 200, 4096, 1000);

    @TempDir private Path folder;

    @Test
    void rowsOfEqualTimeAreAMillisecondApartInTheOrderOfTheFile() throws IOException {
        write("timestamp,item,label", "1000,a,1", "1000,b,1", "1000,a,0", "1060,c,1", "1060,a,1");

        assertThat(read(true)).containsExactly("1000 a", "1001 b", "1002 a", "1060 c", "1061 a");
        assertThat(read(false)).containsExactly("1000 a", "1000 b", "1000 a", "1060 c", "1060 a");
    }

    @Test
    void aFileOutOfOrderIsSortedFirst() throws IOException {
        write("timestamp,item,label", "1060,c,1", "1000,a,1", "1060,a,1", "1000,b,1");

        assertThat(read(true)).containsExactly("1000 a", "1001 b", "1060 c", "1061 a");
    }

    @Test
    void rowsOfOneRequestShareTheirMoment() throws IOException {
        write(
                "timestamp,item,label,request",
                "1000,a,1,r1",
                "1000,b,0,r1",
                "1000,c,1,r2",
                "1000,d,1,",
                "1000,e,1,",
                "1060,f,1,r2");

        assertThat(read(true))
                .containsExactly("1000 a", "1000 b", "1001 c", "1002 d", "1003 e", "1060 f");
    }

    /** Whether a label can be used depends on the configuration; moments don't. */
    @Test
    void aRowThatBecomesADeadLetterCountsWhereItsTimeCanBeRead() throws IOException {
        write("timestamp,item,label", "1000,a,1", "1000,b,", "1000", "soon,c,1", "1000,d,1");

        assertThat(read(true)).containsExactly("1000 a", "1002 d");
    }

    @Test
    void moreRowsOfATimeThanMillisecondsToTheNextAreRefused() throws IOException {
        write("timestamp,item,label", "1000,a,1", "1000,b,1", "1000,c,1", "1003,d,1");
        assertThat(read(true)).endsWith("1003 d");

        write("timestamp,item,label", "1000,a,1", "", "1000,b,1", "1000,c,1", "1002,d,1");
        assertThatThrownBy(() -> read(true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("interactions.csv, line 6: timestamp must be above 1002")
                .hasMessageContaining("the rows of time 1000")
                .hasMessageContaining("found 1002;")
                .hasMessageContaining("examples.ordered");
        assertThat(read(false)).hasSize(4);
    }

    @Test
    void slatesAreRefused() throws IOException {
        write("timestamp,item,label", "1000,a,1");
        GeneratedData.write(folder.resolve("slates.jsonl"), "{}\n");

        assertThatThrownBy(() -> open(Optional.empty(), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "examples.ordered must be false where slates are the examples")
                .hasMessageContaining("found true");
    }

    @Test
    void aUsersEventsHaveAnOrderOnceItIsSaid() throws IOException {
        write("timestamp,user,item,label", "1000,u,a,1", "1000,u,b,1", "1000,u,c,1");

        assertThat(open(Optional.empty(), false).profile().hasSequences()).isFalse();
        assertThat(open(Optional.empty(), true).profile().hasSequences()).isTrue();
    }

    /** Against what a sort of the rows says, with gaps that just suffice. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void timesGoUpAndTheOrderStays(long seed) throws IOException {
        Random random = new Random(seed);
        List<Long> times = new ArrayList<>();
        long time = 1_000_000;
        for (int run = 0; run < 40; run++) {
            int length = 1 + random.nextInt(9);
            for (int i = 0; i < length; i++) {
                times.add(time);
            }
            time += length + random.nextInt(3);
        }
        if (seed % 2 == 0) {
            Collections.shuffle(times, random);
        }
        List<String> lines = new ArrayList<>(List.of("timestamp,item,label"));
        for (int row = 0; row < times.size(); row++) {
            lines.add(times.get(row) + ",i" + row + ",1");
        }
        write(lines.toArray(String[]::new));

        List<Interaction> spaced = events(true);
        List<Interaction> plain = events(false);

        assertThat(spaced).extracting(Interaction::timestamp).isSorted().doesNotHaveDuplicates();
        assertThat(spaced).extracting(Interaction::item).isEqualTo(items(plain));
        List<Integer> sorted =
                IntStream.range(0, times.size())
                        .boxed()
                        .sorted(Comparator.comparing(times::get))
                        .toList();
        for (int i = 0; i < sorted.size(); i++) {
            long written = times.get(sorted.get(i));
            int first = i;
            while (first > 0 && times.get(sorted.get(first - 1)) == written) {
                first--;
            }
            assertThat(plain.get(i).timestamp()).isEqualTo(written);
            assertThat(spaced.get(i).timestamp()).isEqualTo(written + i - first);
        }
    }

    private static List<String> items(List<Interaction> events) {
        return events.stream().map(Interaction::item).toList();
    }

    private List<String> read(boolean ordered) throws IOException {
        return events(ordered).stream().map(e -> e.timestamp() + " " + e.item()).toList();
    }

    private List<Interaction> events(boolean ordered) throws IOException {
        DataSet data = open(Optional.of(ExampleKind.INTERACTIONS), ordered);
        SideTables sides = data.sides(name -> true, name -> true, DeadLetterBox.IGNORED);
        List<Interaction> events = new ArrayList<>();
        try (EventReader<Interaction> reader =
                data.interactions(name -> true, sides, Double.NaN, DeadLetterBox.IGNORED)) {
            for (Interaction event = reader.next(); event != null; event = reader.next()) {
                events.add(event);
            }
        }
        return events;
    }

    private DataSet open(Optional<ExampleKind> kind, boolean ordered) throws IOException {
        return DataSet.open(DataFolder.open(folder), kind, LIMITS, ordered);
    }

    private void write(String... lines) {
        GeneratedData.write(folder.resolve("interactions.csv"), String.join("\n", lines) + "\n");
    }
}
