package io.sluice.operators.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.event.Feedback;
import io.sluice.state.event.StreamEvent;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventWriterTest {

    private final long seed = Long.getLong("sluice.seed", 1);
    private final EventParser parser = new EventParser(Limits.DEFAULT, Set.of("click"), Double.NaN);

    @Test
    void whatIsWrittenIsReadBackAsAnEqualEvent() {
        RandomEvents events = new RandomEvents(new Random(seed));
        for (int i = 0; i < 20_000; i++) {
            StreamEvent event = events.next();

            byte[] value = EventWriter.value(event);

            ParsedRecord parsed =
                    parser.parse(events.kindOf(event), "t", 0, 0, Limits.LATEST, null, value);
            assertThat(parsed.event())
                    .as(() -> "seed " + seed + ", " + new String(value, UTF_8) + " " + parsed)
                    .isEqualTo(event);
            assertThat(parsed.unknownFields()).isZero();
        }
    }

    @Test
    void anImpressionLooksLikeThis() {
        assertThat(json(SampleEvents.streamEvents()[0]))
                .isEqualTo(
                        """
                        {"request":"r1","timestamp":1700000000000,"user":"u1","context":{"age":35},\
                        "items":[{"id":"i1","position":0,"score":0.25,"propensity":0.9,\
                        "features":{"genre":["Drama","Komödie"],"rating":0.1,"year":1994},\
                        "memory":{"base":0.125,"corrections":[0.1,-0.5]}},\
                        {"id":"i2","position":3}],"model":"1.500"}""");
    }

    @Test
    void aFeedbackLooksLikeThis() {
        assertThat(json(SampleEvents.streamEvents()[2]))
                .isEqualTo(
                        """
                        {"request":"r1","timestamp":1700000000006,"item":"i1","kind":"rating",\
                        "value":4.5}""");
    }

    @Test
    void anInteractionLooksLikeThis() {
        assertThat(json(SampleEvents.streamEvents()[3]))
                .isEqualTo(
                        """
                        {"timestamp":1700000000000,"user":"u2","item":"i3","label":1,"value":5,\
                        "features":{"genre":["Drama","Komödie"],"rating":0.1,"year":1994}}""");
    }

    @Test
    void whatIsJoinedIsKeyedByItsRequestAndAnInteractionByItsUser() {
        StreamEvent[] events = SampleEvents.streamEvents();

        assertThat(EventWriter.key(events[0])).asString(UTF_8).isEqualTo("r1");
        assertThat(EventWriter.key(events[1])).asString(UTF_8).isEqualTo("r1");
        assertThat(EventWriter.key(events[3])).asString(UTF_8).isEqualTo("u2");
    }

    @Test
    void anAnonymousInteractionHasNoKeySoThatPartitionsShareTheLoad() throws BadInputException {
        byte[] anonymous = "{\"item\": \"i1\", \"label\": 1}".getBytes(UTF_8);

        StreamEvent event = parser.parse(TopicKind.INTERACTIONS, anonymous, SampleEvents.NOON);

        assertThat(EventWriter.key(event)).isNull();
    }

    @Test
    void halfASurrogatePairIsLeftToTheReaderToRefuseInsteadOfBeingChanged() {
        byte[] value = EventWriter.value(new Feedback("r\ud800", 0, "", "i", "click", 1));

        assertThatThrownBy(() -> parser.parse(TopicKind.FEEDBACK, value, SampleEvents.NOON))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("request: found half of a surrogate pair");
    }

    private static String json(StreamEvent event) {
        return new String(EventWriter.value(event), UTF_8);
    }
}
