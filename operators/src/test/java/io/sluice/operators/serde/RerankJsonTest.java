package io.sluice.operators.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.Candidate;
import io.sluice.state.event.Fall;
import io.sluice.state.event.Pin;
import io.sluice.state.event.Quota;
import io.sluice.state.event.RankRules;
import io.sluice.state.event.RankedItem;
import io.sluice.state.event.Reason;
import io.sluice.state.event.RerankReply;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.memory.ExplainedVoice;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RerankJsonTest {

    private static final long NOW = 1_700_000_000_000L;

    private final Limits limits = new Limits(2000, 3, 5, 20, 631_152_000_000L, 60_000);

    @Test
    void readsTheRulesOfARequest() throws BadInputException {
        String json =
                """
                {"items":[{"id":"a"}],"places":{"a":3,"b":1},
                 "quotas":{"books":{"least":1,"most":2},"films":{"most":4}},
                 "within":5,"unseen":true,"seen":["x"]}""";

        RerankRequest read =
                RerankJson.parse(
                        json.getBytes(UTF_8), Limits.DEFAULT, 1_700_000_000_000L, () -> "r");

        assertThat(read.rules())
                .isEqualTo(
                        new RankRules(
                                List.of(new Pin("a", 3), new Pin("b", 1)),
                                List.of(new Quota("books", 1, 2), new Quota("films", 0, 4)),
                                5,
                                true,
                                List.of("x")));
    }

    @Test
    void saysWhatIsWrongWithARule() {
        assertFault("\"places\":{\"a\":0}", "places.a");
        assertFault("\"places\":{\"a\":1,\"b\":1}", "places.b");
        assertFault("\"quotas\":{\"g\":{\"least\":3,\"most\":1}}", "quotas.g.most");
        assertFault("\"quotas\":{\"g\":[]}", "quotas.g");
        assertFault("\"within\":0", "within");
        assertFault("\"unseen\":3", "unseen");
        assertFault("\"seen\":[\"x\",\"x\"]", "seen[1]");
    }

    private static void assertFault(String rule, String field) {
        String json = "{\"items\":[{\"id\":\"a\"}]," + rule + "}";
        assertThatThrownBy(
                        () ->
                                RerankJson.parse(
                                        json.getBytes(UTF_8),
                                        Limits.DEFAULT,
                                        1_700_000_000_000L,
                                        () -> "r"))
                .isInstanceOfSatisfying(
                        BadInputException.class,
                        fault -> assertThat(fault.field()).isEqualTo(field));
    }

    @Test
    void writesReasonsAndBrokenRules() {
        RankedItem explained =
                new RankedItem(
                        "a",
                        1,
                        0.5,
                        1,
                        7,
                        new Fall("too similar to the others", 9, "b", 0.25, 0, 1, 2, 0, 0));

        String json =
                new String(
                        RerankJson.write(
                                new RerankReply(
                                        "r",
                                        "1.1",
                                        5,
                                        List.of(explained),
                                        null,
                                        "elimination",
                                        List.of("quotas.g.most"))),
                        UTF_8);

        assertThat(json)
                .contains(
                        "\"eliminatedAtRound\":7,\"reason\":\"too similar to the others\"",
                        "\"fall\":{\"poolSize\":9,\"against\":\"b\",\"margin\":0.25,\"base\":0",
                        "\"policy\":\"elimination\"",
                        "\"unsatisfied\":[\"quotas.g.most\"]");
    }

    @Test
    void everyFieldOfARequestIsRead() throws BadInputException {
        RerankRequest request =
                parse(
                        """
                        {"request": "r1", "timestamp": 1699999999999, "user": "u1",
                         "context": {"age": 35},
                         "items": [{"id": "i1", "features": {"year": 1994}}, {"id": "i2"}],
                         "k": 1, "explain": true, "pinned": ["i2"], "exclude": ["i3", "i4"],
                         "deadlineMs": 50, "waitForEventTime": 1700000000001, "unheard": {}}""");

        assertThat(request)
                .isEqualTo(
                        new RerankRequest(
                                "r1",
                                NOW - 1,
                                "u1",
                                Attributes.builder().put("age", 35).build(),
                                List.of(
                                        new Candidate(
                                                "i1",
                                                Attributes.builder().put("year", 1994).build()),
                                        new Candidate("i2", Attributes.EMPTY)),
                                1,
                                true,
                                List.of("i2"),
                                List.of("i3", "i4"),
                                50,
                                1_700_000_000_001L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"context\": {\"~rate\": 1}, \"items\": [{\"id\": \"i\"}]}         | context.~rate",
                "{\"items\": [{\"id\": \"i\", \"features\": {\"~met\": 0}}]}         | items[0].features.~met"
            })
    void valuesThatOnlyTheServerLogsAreRefusedByTheirNames(String request, String field) {
        BadInputException fault =
                catchThrowableOfType(BadInputException.class, () -> parse(request));

        assertThat(fault.field()).isEqualTo(field);
        assertThat(fault).hasMessageContaining("values that the server logs");
    }

    @Test
    void aRequestOfItemsAloneGetsAnIdAndTheTimeOfItsArrival() throws BadInputException {
        assertThat(parse("{\"items\": [{\"id\": \"i1\"}], \"k\": null, \"pinned\": null}"))
                .isEqualTo(
                        new RerankRequest(
                                "new-id",
                                NOW,
                                "",
                                Attributes.EMPTY,
                                List.of(new Candidate("i1", Attributes.EMPTY)),
                                0,
                                false,
                                List.of(),
                                List.of(),
                                0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hello | NOT_JSON | value",
                "'{}' | MISSING_FIELD | items",
                "'{\"items\": []}' | MISSING_FIELD | items",
                "'{\"items\": [{}]}' | MISSING_FIELD | items[0].id",
                "'{\"items\": [{\"id\": \"a\"}, {\"id\": 7}]}' | WRONG_TYPE | items[1].id",
                "'{\"items\": [{\"id\": \"a\"}, {\"id\": \"a\"}]}' | DUPLICATE_ITEM | items[1].id",
                "'{\"items\": [{\"id\": \"a\", \"features\": {\"x\": {}}}]}' | WRONG_TYPE |"
                        + " items[0].features.x",
                "'{\"items\": \"a\"}' | WRONG_TYPE | items",
                "'{\"items\": [\"a\"]}' | WRONG_TYPE | items[0]",
                "'{\"items\": [{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"},{\"id\":\"d\"}]}' |"
                        + " SLATE_TOO_LARGE | items",
                "'{\"k\": -1}' | OUT_OF_RANGE | k",
                "'{\"k\": 1.5}' | WRONG_TYPE | k",
                "'{\"deadlineMs\": 3600001}' | OUT_OF_RANGE | deadlineMs",
                "'{\"explain\": 1}' | WRONG_TYPE | explain",
                "'{\"pinned\": \"a\"}' | WRONG_TYPE | pinned",
                "'{\"pinned\": [\"a\", \"a\"]}' | DUPLICATE_ITEM | pinned[1]",
                "'{\"pinned\": [\"a\", null]}' | MISSING_FIELD | pinned[1]",
                "'{\"exclude\": [\"a\", \"b\", \"c\", \"d\"]}' | SLATE_TOO_LARGE | exclude",
                "'{\"exclude\": [\"a\", 5]}' | WRONG_TYPE | exclude[1]",
                "'{\"timestamp\": 1700000000}' | BAD_TIMESTAMP | timestamp",
                "'{\"context\": {\"age\": NaN}}' | NOT_FINITE | context.age",
                "'{\"user\": \"a\", \"user\": \"b\"}' | WRONG_TYPE | user",
            })
    void aBadRequestIsRefusedWithTheFieldAtFault(String body, Reason reason, String field) {
        BadInputException fault = catchThrowableOfType(BadInputException.class, () -> parse(body));

        assertThat(fault.field()).isEqualTo(field);
        assertThat(fault.reason()).isEqualTo(reason);
        assertThat(fault.getMessage())
                .isEqualTo(
                        "%s: found %s, expected %s"
                                .formatted(field, fault.found(), fault.expected()));
    }

    @Test
    void noBytesBringAnythingButARequestOrAFault() {
        long seed = Long.getLong("sluice.seed", 1);
        DamagedRecords records = new DamagedRecords(new Random(seed));
        int requests = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] value = records.next();
            try {
                requests +=
                        RerankJson.parse(value, Limits.DEFAULT, NOW, () -> "new-id").items().size();
            } catch (BadInputException e) {
                assertThat(e.found()).as(() -> "seed " + seed).doesNotContain("could not be");
            }
        }
        assertThat(requests).isPositive();
    }

    @Test
    void aReplyLooksLikeThis() {
        RerankReply reply =
                new RerankReply(
                        "r1",
                        "2.100",
                        NOW,
                        List.of(
                                new RankedItem("i2", 1, 0.25, 0.975),
                                new RankedItem("i1", 2, 0, 1)),
                        null);

        assertThat(new String(RerankJson.write(reply), UTF_8))
                .isEqualTo(
                        """
                        {"request":"r1","model":{"version":"2.100","eventTime":1700000000000},\
                        "items":[{"id":"i2","rank":1,"score":0.25,"propensity":0.975},\
                        {"id":"i1","rank":2,"score":0,"propensity":1}],"degraded":null}""");
    }

    @Test
    void aDegradedReplySaysWhy() {
        RerankReply reply = new RerankReply("r1", "", 0, List.of(), "NO_MODEL");

        assertThat(new String(RerankJson.write(reply), UTF_8))
                .isEqualTo(
                        """
                        {"request":"r1","model":{"version":"","eventTime":0},"items":[],\
                        "degraded":"NO_MODEL"}""");
    }

    @Test
    void aFaultLooksLikeThis() {
        BadInputException fault =
                catchThrowableOfType(BadInputException.class, () -> parse("{\"k\": \"x\"}"));

        assertThat(new String(RerankJson.write(fault), UTF_8))
                .isEqualTo(
                        """
                        {"error":{"field":"k","found":"the text \\"x\\"","expected":"a number",\
                        "message":"k: found the text \\"x\\", expected a number"}}""");
    }

    private RerankRequest parse(String body) throws BadInputException {
        return RerankJson.parse(body.getBytes(UTF_8), limits, NOW, () -> "new-id");
    }

    @Test
    void anExplainedItemSaysWhatEachKeyOfMemoryDid() {
        RerankReply reply =
                new RerankReply("r", "1.1", 5, List.of(new RankedItem("a", 1, 0.5, 1)), null);
        RerankJson.Explanation explanation =
                new RerankJson.Explanation() {
                    @Override
                    public double base(String item) {
                        return 0.25;
                    }

                    @Override
                    public List<ExplainedVoice> voices(String item) {
                        return List.of(new ExplainedVoice("user, fast", 0.5, 0.75, 3));
                    }
                };

        assertThat(new String(RerankJson.write(reply, explanation, false), UTF_8))
                .contains(
                        "\"propensity\":1,\"memory\":{\"base\":0.25,\"voices\":[{\"key\":\"user,"
                                + " fast\",\"says\":0.5,\"counts\":0.75,\"evidence\":3}]}");
    }
}
