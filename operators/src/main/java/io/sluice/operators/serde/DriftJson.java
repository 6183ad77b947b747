package io.sluice.operators.serde;

import io.sluice.state.drift.DetectorKind;
import io.sluice.state.drift.DriftAlarm;
import io.sluice.state.drift.DriftChange;
import io.sluice.state.event.Reason;
import java.io.IOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * Records of the topic of drift: one alarm each.
 *
 * <pre>
 * {"detector":"adwin","segment":"genres","key":"00ab…","sequence":100321,"time":1700002006000,
 *  "from":0.001,"to":0.034,"request":"r7","item":"i3"}
 * </pre>
 *
 * <p>From and to are the mean surprises before and since, in nats: the loss beyond what the model
 * expects. Without segment and key it is about the whole stream. The key is the row key of the
 * segment's value, in hexadecimal; the item is that of the example by which the alarm was raised,
 * so it has that value. What is written reads back bit by bit. Pure functions.
 */
public final class DriftJson {

    /** We read what we wrote, and its ids were measured when they came in. */
    private static final Limits UNLIMITED = new Limits(100 << 20, 1, 1, 1 << 20, 0, 0);

    private DriftJson() {}

    /** One alarm. */
    public static byte[] write(DriftAlarm alarm) {
        DriftChange change = alarm.change();
        return JsonOutput.object(
                (out, json) -> {
                    json.writeStringField("detector", word(alarm.detector()));
                    out.text("segment", change.field());
                    out.text("key", change.field().isEmpty() ? "" : key(change));
                    json.writeNumberField("sequence", alarm.sequence());
                    json.writeNumberField("time", alarm.time());
                    out.number("from", change.from());
                    out.number("to", change.to());
                    out.text("request", alarm.request());
                    json.writeStringField("item", alarm.item());
                });
    }

    /** A segment's key as it is written. */
    public static String key(DriftChange change) {
        return HexFormat.of().toHexDigits(change.key());
    }

    /** A detector's name as it stands in files. */
    public static String word(DetectorKind detector) {
        return detector.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Reads an alarm.
     *
     * @throws BadInputException when it is none
     */
    public static DriftAlarm read(byte[] value) throws BadInputException {
        return JsonInput.read(value, UNLIMITED, DriftJson::read);
    }

    private static DriftAlarm read(JsonInput in) throws IOException, BadInputException {
        Map<String, String> texts = new HashMap<>();
        Map<String, Long> integers = new HashMap<>();
        Map<String, Double> numbers = new HashMap<>();
        while (in.nextField()) {
            String field = in.name();
            switch (field) {
                case "detector", "segment", "key", "request", "item" ->
                        texts.put(field, in.text(field));
                case "sequence", "time" ->
                        integers.put(field, in.integer(field, Long.MIN_VALUE, Long.MAX_VALUE));
                case "from", "to" -> numbers.put(field, in.number(field));
                default -> in.skipUnknown();
            }
        }
        DriftChange change =
                new DriftChange(
                        texts.getOrDefault("segment", ""),
                        key(texts.getOrDefault("key", "0"), in),
                        in.required("from", numbers.get("from"), "a number"),
                        in.required("to", numbers.get("to"), "a number"));
        return new DriftAlarm(
                change,
                detector(in.required("detector", texts.get("detector"), "a text"), in),
                in.required("sequence", integers.get("sequence"), "a whole number"),
                in.required("time", integers.get("time"), "a whole number"),
                texts.getOrDefault("request", ""),
                in.required("item", texts.get("item"), "a text"));
    }

    private static long key(String text, JsonInput in) throws BadInputException {
        try {
            return HexFormat.fromHexDigitsToLong(text);
        } catch (IllegalArgumentException e) {
            throw in.fault(
                    Reason.UNKNOWN_KIND,
                    "key",
                    "the text " + Excerpt.quoted(text),
                    "16 hexadecimal digits");
        }
    }

    private static DetectorKind detector(String word, JsonInput in) throws BadInputException {
        for (DetectorKind kind : DetectorKind.values()) {
            if (word(kind).equals(word)) {
                return kind;
            }
        }
        throw in.fault(
                Reason.UNKNOWN_KIND,
                "detector",
                "the text " + Excerpt.quoted(word),
                "adwin or page-hinkley");
    }
}
