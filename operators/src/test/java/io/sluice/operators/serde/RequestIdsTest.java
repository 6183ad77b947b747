package io.sluice.operators.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.event.SourceRecord;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"request\":\"own\",\"items\":7}",
                "{\"request\":\"own\",\"items\":[{\"id\":",
                "{\"items\":[{\"request\":\"of an item\"}],\"request\":\"own\"}",
                "{\"request\":\"own\"}} and more"
            })
    void theFieldIsReadWhateverComesBehindIt(String value) {
        assertThat(id("key", value)).isEqualTo("own");
        assertThat(id(null, value)).isEqualTo("own");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "[\"request\",\"own\"]",
                "{\"request\":7}",
                "{\"request\":\"\"}",
                "{\"request\":\"\\ud800\"}",
                "{\"user\":\"u",
                "{\"items\":[{\"request\":\"of an item\"}]}"
            })
    void theKeyStandsInWhereThereIsNone(String value) {
        assertThat(id("key", value)).isEqualTo("key");
        assertThat(id(null, value)).isNull();
    }

    @Test
    void aKeyThatIsNoTextIsNone() {
        Limits limits = Limits.DEFAULT;
        byte[] latin1 = "schön".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(RequestIds.of(new SourceRecord("t", 0, 0, 0, latin1, null), limits)).isNull();
        assertThat(id("", "{}")).isNull();
        assertThat(id("x".repeat(limits.textLength() + 1), "{}")).isNull();
    }

    private static String id(String key, String value) {
        return RequestIds.of(
                new SourceRecord("t", 0, 0, 0, bytes(key), bytes(value)), Limits.DEFAULT);
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
