package io.sluice.operators.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.drift.DetectorKind;
import io.sluice.state.drift.DriftAlarm;
import io.sluice.state.drift.DriftChange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftJsonTest {

    private static final DriftAlarm OF_STREAM =
            new DriftAlarm(
                    new DriftChange("", 0, 0.4, 0.1 + 0.45),
                    DetectorKind.PAGE_HINKLEY,
                    100_321,
                    1_700_000_000_000L,
                    "",
                    "i3");
    private static final DriftAlarm OF_SEGMENT =
            new DriftAlarm(
                    new DriftChange("genres", -2, 0.4, 0.5),
                    DetectorKind.ADWIN,
                    7,
                    -1,
                    "r\"7",
                    "ü");

    @Test
    void whatIsWrittenReadsBackBitByBit() throws BadInputException {
        for (DriftAlarm alarm : List.of(OF_STREAM, OF_SEGMENT)) {
            assertThat(DriftJson.read(DriftJson.write(alarm))).isEqualTo(alarm);
        }
    }

    @Test
    void namesSegmentAndKeyWhereThereIsOne() {
        assertThat(text(OF_STREAM))
                .isEqualTo(
                        "{\"detector\":\"page-hinkley\",\"sequence\":100321,\"time\":1700000000000,\"from\":0.4,\"to\":0.55,\"item\":\"i3\"}");
        assertThat(text(OF_SEGMENT))
                .contains("\"segment\":\"genres\",\"key\":\"fffffffffffffffe\"");
    }

    private static String text(DriftAlarm alarm) {
        return new String(DriftJson.write(alarm), StandardCharsets.UTF_8);
    }

    @Test
    void refusesWhatIsNoAlarm() {
        assertThatThrownBy(() -> read(text(OF_SEGMENT).replace("adwin", "oracle")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("adwin or page-hinkley");
        assertThatThrownBy(() -> read(text(OF_SEGMENT).replace("fffe", "fffz")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("16 hexadecimal digits");
        assertThatThrownBy(() -> read(text(OF_SEGMENT).replace("\"time\"", "\"tide\"")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("time");
    }

    private static DriftAlarm read(String json) throws BadInputException {
        return DriftJson.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
