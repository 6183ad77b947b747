package io.sluice.operators.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.CatalogueEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueJsonTest {

    private static final long NOW = 1_700_000_000_000L;

    private final Limits limits = new Limits(2000, 3, 5, 20, 631_152_000_000L, 60_000);

    @Test
    void whatIsWrittenIsReadBack() throws BadInputException {
        CatalogueEntry entry =
                new CatalogueEntry(
                        "i1",
                        NOW,
                        Attributes.builder().put("genre", "a").put("genre", "b").build());

        assertThat(parse("i1", new String(CatalogueJson.write(entry), UTF_8))).isEqualTo(entry);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"timestamp\": 1700000000000}                    | id: found nothing",
                "{\"id\": \"i2\", \"timestamp\": 1700000000000}    | id: found the text \"i2\", expected the record's key, which is \"i1\"",
                "{\"id\": \"i1\"}                                  | timestamp: found nothing",
                "{\"id\": \"i1\", \"timestamp\": 1700000000}       | (seconds?)",
                "{\"id\": \"i1\", \"timestamp\": 1700000000000, \"features\": {\"~a\": 1}} | features.~a: found a name",
                "[]                                                | value: found"
            })
    void whatBreaksARuleIsRefused(String value, String message) {
        assertThat(catchThrowableOfType(BadInputException.class, () -> parse("i1", value)))
                .hasMessageContaining(message);
    }

    @Test
    void aRecordWithoutKeyIsRefused() {
        assertThat(catchThrowableOfType(BadInputException.class, () -> CatalogueJson.id(null)))
                .hasMessage("key: found nothing, expected the id, in UTF-8");
    }

    private CatalogueEntry parse(String key, String value) throws BadInputException {
        return CatalogueJson.parse(key.getBytes(UTF_8), value.getBytes(UTF_8), limits, NOW);
    }
}
