package io.sluice.jobs.replay.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.jobs.replay.GeneratedData;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Interaction;
import io.sluice.state.event.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetTest {

    private static final DataLimits LIMITS =
            new DataLimits(631_152_000_000L, 1_900_000_000_000L, 1 << 20, 3, 5, 100, 1000);
    private static final long T = 1_600_000_000_000L;

    @TempDir private Path folder;
    private final List<String> dead = new ArrayList<>();

    @Test
    void joinsWhatIsKnownOfUsersAndItemsAndDropsOutcomesAndBookkeeping() throws IOException {
        write(
                "interactions.csv",
                "timestamp,user,item,label,value,hour,_x",
                T + ",u,i,1,5,7,secret");
        write("users.csv", "user,age,_y", "u,30,secret");
        write("items.csv", "item,price,_z", "i,9.5,secret");

        Interaction event = interactions(Double.NaN).get(0);

        assertThat(event.context())
                .isEqualTo(Attributes.builder().put("hour", 7).put("age", 30).build());
        assertThat(event.features()).isEqualTo(Attributes.builder().put("price", 9.5).build());
        assertThat(event.value()).isEqualTo(5);
    }

    @Test
    void prefersTheEventsOwnValueWhereANameStandsTwice() throws IOException {
        write(
                "interactions.csv",
                "timestamp,user,item,label,city",
                T + ",u,i,1,Rome",
                T + ",u,i,1,");
        write("users.csv", "user,city", "u,Oslo");

        List<Interaction> events = interactions(Double.NaN);

        assertThat(events.get(0).context().text(0)).isEqualTo("Rome");
        assertThat(events.get(1).context().text(0)).isEqualTo("Oslo");
    }

    @Test
    void takesAColumnForNumbersOnlyWhenEveryFieldIsOne() throws IOException {
        write(
                "interactions.csv",
                "timestamp,user,item,label,a,b,c",
                T + ",u,i,1,1,1,007",
                T + ",u,i,1,2,x,008",
                T + ",u,i,1,,2,010");

        Attributes first = interactions(Double.NaN).get(0).context();

        assertThat(first.isNumber(first.first("a"))).isTrue();
        assertThat(first.text(first.first("b"))).isEqualTo("1");
        assertThat(first.text(first.first("c"))).isEqualTo("007");
    }

    @Test
    void setsBadRowsAsideWithLineAndReason() throws IOException {
        write(
                "interactions.csv",
                "timestamp,user,item,label,value,n",
                T + ",u,i,1,5,1", // 2
                ",u,i,1,5,1",
                "soon,u,i,1,5,1",
                "0,u,i,1,5,1", // 5
                "9999999999999999,u,i,1,5,1",
                "99999999999999999999,u,i,1,5,1",
                T + ",u,,1,5,1",
                T + ",u,i,2,5,1", // 9
                T + ",u,i,yes,5,1",
                T + ",u,i,NaN,5,1",
                T + ",u,i,,5,1",
                T + ",u,i,1,Infinity,1", // 13
                T + ",u,i,1,many,1",
                T + ",u,i,1,5,NaN",
                T + ",u,i,1",
                T + ",u," + "i".repeat(101) + ",1,5,1", // 17
                T + ",,i,0,,");

        List<Interaction> events = interactions(Double.NaN);

        assertThat(events)
                .extracting(Interaction::request)
                .containsExactly("0000000000", "0000000016");
        assertThat(events.get(1).user()).isEmpty();
        assertThat(dead)
                .containsExactly(
                        "3 MISSING_FIELD",
                        "4 WRONG_TYPE",
                        "5 BAD_TIMESTAMP",
                        "6 BAD_TIMESTAMP",
                        "7 BAD_TIMESTAMP",
                        "8 MISSING_FIELD",
                        "9 OUT_OF_RANGE",
                        "10 WRONG_TYPE",
                        "11 NOT_FINITE",
                        "12 MISSING_FIELD",
                        "13 NOT_FINITE",
                        "14 WRONG_TYPE",
                        "15 NOT_FINITE",
                        "16 MISSING_FIELD",
                        "17 TOO_LARGE");
    }

    @Test
    void labelsByTheValueWhereTheConfigurationSaysSo() throws IOException {
        write(
                "interactions.csv",
                "timestamp,user,item,label,value",
                T + ",u,i,,4",
                T + ",u,i,,3.9",
                T + ",u,i,0,5",
                T + ",u,i,,");

        assertThat(interactions(4)).extracting(Interaction::label).containsExactly(1.0, 0.0, 0.0);
        assertThat(dead).containsExactly("5 MISSING_FIELD");
    }

    @Test
    void setsRowsAsideThatRepeatARequestAndItemWithinTheWindow() throws IOException {
        write(
                "interactions.csv",
                "timestamp,user,item,label,request",
                T + ",u,a,1,r1", // 2
                T + ",u,b,1,r1",
                (T + 5) + ",u,a,0,r1", // 4
                (T + 6) + ",u,a,1,",
                (T + 6) + ",u,a,1,",
                (T + 1001) + ",u,a,1,r1");

        List<Interaction> events = interactions(Double.NaN);

        assertThat(events).extracting(Interaction::item).containsExactly("a", "b", "a", "a", "a");
        assertThat(events.get(0).context()).isEqualTo(Attributes.EMPTY);
        assertThat(dead).containsExactly("4 DUPLICATE_INTERACTION");
    }

    @Test
    void putsAFileThatIsNotInOrderOfTimeIntoIt() throws IOException {
        write(
                "interactions.csv",
                "timestamp,user,item,label",
                (T + 2) + ",u,late,1",
                T + ",u,first,1",
                (T + 1) + ",u,a,1",
                (T + 1) + ",u,b,1");

        assertThat(interactions(Double.NaN))
                .extracting(Interaction::item)
                .containsExactly("first", "a", "b", "late");
    }

    @Test
    void namesAMissingColumnAndShowsThoseThatAreThere() {
        write("interactions.csv", "time,user,item,label", "1,u,i,1");

        assertThatThrownBy(() -> interactions(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "interactions.csv must have a column 'timestamp', found time,user,item,label");
    }

    @Test
    void countsRepeatedIdsOfATableAsDeadLetters() throws IOException {
        write("interactions.csv", "timestamp,user,item,label", T + ",u,i,1");
        write("users.csv", "user,age", "u,30", "u,31", ",5");

        Attributes context = interactions(Double.NaN).get(0).context();

        assertThat(context.number(0)).isEqualTo(30);
        assertThat(dead).containsExactly("3 DUPLICATE_ITEM", "4 MISSING_FIELD");
    }

    @Test
    void readsSlatesWithTheirOutcomeAndWhatIsKnownBesides() throws IOException {
        write(
                "slates.jsonl",
                slate(
                        "r",
                        T,
                        "[{\"id\":\"a\",\"features\":{\"n\":1,\"_no\":1}},{\"id\":\"b\"}]",
                        "[\"b\"]"));
        write("items.csv", "item,n,m", "a,5,6", "b,7,8");

        Slate slate = slates().get(0);

        assertThat(slate.clicked()).containsExactly("b");
        assertThat(slate.impression().items().get(0).features())
                .isEqualTo(Attributes.builder().put("n", 1).put("m", 6).build());
        assertThat(slate.impression().items().get(1).position()).isEqualTo(1);
        assertThat(slate.impression().items().get(1).features())
                .isEqualTo(Attributes.builder().put("n", 7).put("m", 8).build());
    }

    @Test
    void setsBadSlatesAsideAndKeepsSlatesWithABadClick() throws IOException {
        String a = "[{\"id\":\"a\"}]";
        write(
                "slates.jsonl",
                slate("r1", T, a, "[\"a\",\"z\",\"a\"]"), // 1
                slate("r1", T, a, "[\"a\"]"),
                "nonsense",
                "[]",
                "{\"request\":\"r3\"}", // 5
                slate("", T, a, "[]"),
                slate("r5", 5, a, "[]"),
                slate("r6", T, "[]", "[]"),
                slate("r7", T, "[{\"id\":\"a\"},{\"id\":\"a\"}]", "[]"), // 9
                slate(
                        "r8",
                        T,
                        "[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"},{\"id\":\"d\"}]",
                        "[]"),
                slate("r9", T, "[{\"id\":\"a\",\"features\":{\"n\":1e999}}]", "[]"),
                slate("r10", T, "[{\"id\":\"a\",\"features\":{\"n\":NaN}}]", "[]"),
                slate("r11", T, "[{\"id\":\"a\",\"features\":[]}]", "[]"), // 13
                "{\"request\":\"r12\",\"timestamp\":\"x\",\"items\":[{\"id\":\"a\"}],\"clicked\":[]}",
                "{\"request\":\"r13\",\"timestamp\":" + T + ",\"items\":[{\"id\":\"a\"}]}",
                slate("r14", T, a, "[]"));

        assertThat(slates())
                .extracting(slate -> slate.impression().request())
                .containsExactly("r1", "r14");
        assertThat(dead)
                .containsExactly(
                        "1 NOT_SHOWN",
                        "1 DUPLICATE_FEEDBACK",
                        "2 DUPLICATE_REQUEST",
                        "3 NOT_JSON",
                        "4 NOT_JSON",
                        "5 MISSING_FIELD",
                        "6 MISSING_FIELD",
                        "7 BAD_TIMESTAMP",
                        "8 MISSING_FIELD",
                        "9 DUPLICATE_ITEM",
                        "10 SLATE_TOO_LARGE",
                        "11 NOT_FINITE",
                        "12 NOT_JSON",
                        "13 WRONG_TYPE",
                        "14 WRONG_TYPE",
                        "15 MISSING_FIELD");
    }

    @Test
    void tellsSlatesFromInteractionsInASingleFileByItsContent() throws IOException {
        write("some.txt", slate("r", T, "[{\"id\":\"a\"}]", "[\"a\"]"));
        write("other.txt", "timestamp,user,item,label", T + ",u,i,1");

        assertThat(open(folder.resolve("some.txt")).profile().examples())
                .isEqualTo(ExampleKind.SLATES);
        assertThat(open(folder.resolve("other.txt")).profile().examples())
                .isEqualTo(ExampleKind.INTERACTIONS);
    }

    @Test
    void refusesAFolderWithoutExamplesAndOneWithAFileTwice() {
        assertThatThrownBy(() -> open(folder)).hasMessageContaining("interactions.csv");
        write("interactions.csv", "timestamp,user,item,label");
        write("interactions.csv.gz", "timestamp,user,item,label");
        assertThatThrownBy(() -> open(folder)).hasMessageContaining("remove one");
    }

    private void write(String name, String... lines) {
        GeneratedData.write(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    private static String slate(String request, long time, String items, String clicked) {
        return "{\"request\":\"%s\",\"timestamp\":%d,\"user\":\"u\",\"items\":%s,\"clicked\":%s}"
                .formatted(request, time, items, clicked);
    }

    private static DataSet open(Path path) throws IOException {
        return DataSet.open(DataFolder.open(path), Optional.empty(), LIMITS, false);
    }

    private void dead(String file, long line, byte[] row, Reason reason, String detail) {
        dead.add(line + " " + reason);
    }

    private List<Interaction> interactions(double threshold) throws IOException {
        DataSet data = open(folder);
        SideTables sides = data.sides(name -> true, name -> true, this::dead);
        return all(data.interactions(name -> true, sides, threshold, this::dead));
    }

    private List<Slate> slates() throws IOException {
        DataSet data = open(folder);
        SideTables sides = data.sides(name -> true, name -> true, this::dead);
        return all(data.slates(name -> true, name -> true, sides, this::dead));
    }

    private static <T> List<T> all(EventReader<T> reader) throws IOException {
        List<T> all = new ArrayList<>();
        try (reader) {
            for (T event = reader.next(); event != null; event = reader.next()) {
                all.add(event);
            }
        }
        return all;
    }
}
