package io.sluice.jobs.replay.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.event.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvReaderTest {

    private static final int LONGEST = 100;

    @Test
    void readsQuotedFieldsAsRfc4180HasThem() throws IOException {
        List<String> rows = rows("a,b,c\n1,\"x, y\",\"say \"\"hi\"\"\"\n,\"\",3\n");

        assertThat(rows).containsExactly("2: 1|x, y|say \"hi\"", "3: ||3");
    }

    @Test
    void readsAFieldThatGoesOnInTheNextLine() throws IOException {
        assertThat(rows("a,b\n1,\"two\nlines\"\n2,x\n"))
                .containsExactly("2: 1|two\nlines", "4: 2|x");
    }

    @Test
    void readsWindowsLineEndsAByteOrderMarkAndALastLineWithoutEnd() throws IOException {
        assertThat(rows("\uFEFFa,b\r\n1,2\r\n\r\n3,4")).containsExactly("2: 1|2", "4: 3|4");
    }

    @Test
    void losesNoRowBehindAQuoteThatIsNeverClosed() throws IOException {
        assertThat(rows("a,b\n1,\"open\n2,x\n3,y\n"))
                .containsExactly("2: WRONG_TYPE", "3: 2|x", "4: 3|y");
    }

    @Test
    void losesNoRowBetweenTwoQuotesThatAreNotClosed() throws IOException {
        assertThat(rows("a,b\n1,\"open\n2,x\n3,\"open\n4,z\n"))
                .containsExactly("2: WRONG_TYPE", "3: 2|x", "4: WRONG_TYPE", "5: 4|z");
    }

    @Test
    void refusesARowWithAnotherNumberOfFields() throws IOException {
        assertThat(rows("a,b\n1\n1,2,3\n1,2\n"))
                .containsExactly("2: MISSING_FIELD", "3: WRONG_TYPE", "4: 1|2");
    }

    @Test
    void refusesAQuoteInsideOfAField() throws IOException {
        assertThat(rows("a,b\n\"x\"y\",2\n\"x\"y,2\n1,2\n"))
                .containsExactly("2: WRONG_TYPE", "3: WRONG_TYPE", "4: 1|2");
    }

    @Test
    void refusesARowThatIsTooLongAndReadsOn() throws IOException {
        assertThat(rows("a,b\n1," + "x".repeat(10 * LONGEST) + "\n1,2\n"))
                .containsExactly("2: TOO_LARGE", "3: 1|2");
    }

    @Test
    void refusesWhatIsNotUtf8ButNotTheReplacementCharacterItself() throws IOException {
        byte[] broken = "a,b\n1,?\n1,\uFFFD\n".getBytes(StandardCharsets.UTF_8);
        broken[6] = (byte) 0xFF;

        assertThat(rows(broken)).containsExactly("2: INVALID_UTF8", "3: 1|\uFFFD");
    }

    @Test
    void readsTextInAnyScript() throws IOException {
        assertThat(rows("a,b\n東京,😀é\n")).containsExactly("2: 東京|😀é");
    }

    @Test
    void asksForAHeader() {
        assertThatThrownBy(() -> rows(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("test.csv must begin with a header");
    }

    private static List<String> rows(String text) throws IOException {
        return rows(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> rows(byte[] file) throws IOException {
        List<String> rows = new ArrayList<>();
        try (CsvReader csv = new CsvReader("test.csv", new ByteArrayInputStream(file), LONGEST)) {
            while (csv.next()) {
                rows.add(row(csv));
            }
        }
        return rows;
    }

    private static String row(CsvReader csv) throws IOException {
        String number = csv.line().number() + ": ";
        try {
            return number + String.join("|", csv.fields());
        } catch (RejectedRow e) {
            Reason reason = e.reason();
            return number + reason;
        }
    }
}
