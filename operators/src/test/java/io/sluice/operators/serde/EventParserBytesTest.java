package io.sluice.operators.serde;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.event.DeadLetter;
import io.sluice.state.event.Reason;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that no event can be read from. */
class EventParserBytesTest extends ParserContract {

    @ParameterizedTest
    @EnumSource(TopicKind.class)
    void aRecordWithoutAValueIsEmpty(TopicKind kind) {
        assertThat(parse(kind, (byte[]) null).deadLetter().reason()).isEqualTo(Reason.EMPTY);
        assertThat(parse(kind, new byte[0]).deadLetter().reason()).isEqualTo(Reason.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "{",
                "{'request': 'r1'}",
                "{\"request\": \"r1\"",
                "{\"request\" \"r1\"}",
                "{\"request\": \"r1\",}",
                "{\"request\": \"a\u0000b\"}",
                "[]",
                "null",
                "42",
                "\"text\"",
                "   ",
                "{\"a\": tru}",
                "{\"a\": 01}",
                "{\"a\": \"\\x\"}",
                "// {}",
                "\u0000{\u0000}",
                "\uFEFF{}",
            })
    void whatIsNotJsonIsRefused(String value) {
        refuses(TopicKind.FEEDBACK, value, Reason.NOT_JSON, "value: found ");
    }

    @Test
    void aSecondObjectInOneRecordIsRefused() {
        refuses(
                TopicKind.FEEDBACK,
                FEEDBACK + FEEDBACK,
                Reason.NOT_JSON,
                "value: found an object after the object, expected one JSON object");
    }

    @Test
    void jsonNestedAThousandFoldIsRefused() {
        String deep = "{\"x\":" + "[".repeat(1500);
        refuses(TopicKind.FEEDBACK, deep, Reason.NOT_JSON, "nesting depth");
    }

    @Test
    void bytesThatAreNotUtf8AreRefusedAndTheirPlaceIsNamed() {
        byte[] latin = FEEDBACK.replace("u1", "Jürgen").getBytes(ISO_8859_1);
        int place = FEEDBACK.indexOf("u1") + 1;

        DeadLetter letter = parse(TopicKind.FEEDBACK, latin).deadLetter();

        assertThat(letter.reason()).isEqualTo(Reason.INVALID_UTF8);
        assertThat(letter.detail())
                .isEqualTo("value: found byte 0xfc at " + place + ", expected valid UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c0af", "eda080", "f4908080", "e282", "ff", "80", "f8a1a1a1a1"})
    void overlongSurrogateTruncatedAndStrayBytesAreNotUtf8(String hex) {
        byte[] bytes = FEEDBACK.replace("u1", "@@@@@@@@").getBytes(UTF_8);
        int place = FEEDBACK.indexOf("u1");
        for (int i = 0; i < hex.length() / 2; i++) {
            bytes[place + i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }

        assertThat(parse(TopicKind.FEEDBACK, bytes).deadLetter().reason())
                .isEqualTo(Reason.INVALID_UTF8);
    }

    @Test
    void utf16IsNotTakenForUtf8() {
        assertThat(parse(TopicKind.FEEDBACK, FEEDBACK.getBytes(UTF_16BE)).deadLetter().reason())
                .isEqualTo(Reason.NOT_JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00", "a\\ud800b", "\\udc00\\ud800"})
    void halfASurrogatePairIsRefused(String half) {
        refuses(
                TopicKind.FEEDBACK,
                FEEDBACK.replace("u1", half),
                Reason.INVALID_UTF8,
                "user: found half of a surrogate pair");
    }

    @Test
    void textBeyondAsciiIsRead() {
        String text = "Zoë 😀 猫";
        ParsedRecord plain = parse(TopicKind.FEEDBACK, FEEDBACK.replace("u1", text));
        ParsedRecord escaped =
                parse(TopicKind.FEEDBACK, FEEDBACK.replace("u1", "Zo\\u00eb \\ud83d\\ude00 猫"));

        assertThat(plain.event()).hasFieldOrPropertyWithValue("user", text);
        assertThat(escaped.event()).isEqualTo(plain.event());
    }

    @Test
    void aRecordOfTenMegabytesIsNotParsed() {
        byte[] huge = new byte[10 * 1024 * 1024];
        Arrays.fill(huge, (byte) 0xff);

        DeadLetter letter = parse(TopicKind.FEEDBACK, huge).deadLetter();

        assertThat(letter.reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(letter.detail())
                .isEqualTo(
                        "value: found 10485760 bytes, expected at most 2000"
                                + " (limits.recordBytes)");
        assertThat(letter.value()).isSameAs(huge);
    }
}
