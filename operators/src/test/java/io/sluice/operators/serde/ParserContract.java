package io.sluice.operators.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.event.Reason;
import java.util.Set;

/** One good record of each kind, narrow limits, and the way to see that a record is refused. */
abstract class ParserContract {

    static final long NOW = 1_700_000_000_000L;
    static final int SLATE = 5;

    static final String IMPRESSION =
            """
            {"request": "r1", "timestamp": 1700000000000, "user": "u1", "context": {"age": 35},
             "items": [{"id": "i1", "score": 0.25}, {"id": "i2", "features": {"year": 1994}}]}""";
    static final String FEEDBACK =
            """
            {"request": "r1", "timestamp": 1700000000000, "user": "u1", "item": "i1",
             "kind": "click", "value": 1.5}""";
    static final String INTERACTION =
            """
            {"timestamp": 1700000000000, "user": "u1", "item": "i1", "label": 1,
             "features": {"genre": ["Drama", "War"]}}""";

    private final Limits limits = new Limits(2000, SLATE, 3, 20, 631_152_000_000L, 60_000);
    final EventParser parser = new EventParser(limits, Set.of("click", "buy"), Double.NaN);

    void refuses(TopicKind kind, String value, Reason reason, String detail) {
        ParsedRecord parsed = parse(kind, value);

        assertThat(parsed.isEvent()).as(value).isFalse();
        assertThat(parsed.deadLetter().detail()).contains(detail);
        assertThat(parsed.deadLetter().reason()).isEqualTo(reason);
    }

    ParsedRecord parse(TopicKind kind, String value) {
        return parse(kind, value.getBytes(UTF_8));
    }

    ParsedRecord parse(TopicKind kind, byte[] value) {
        return parser.parse(kind, "events", 0, 0, NOW, null, value);
    }

    static String sample(TopicKind kind) {
        return switch (kind) {
            case IMPRESSIONS -> IMPRESSION;
            case FEEDBACK -> FEEDBACK;
            case INTERACTIONS -> INTERACTION;
        };
    }
}
