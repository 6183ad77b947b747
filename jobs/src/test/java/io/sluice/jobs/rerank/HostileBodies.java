package io.sluice.jobs.rerank;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Requests that somebody sends by mistake or on purpose: valid ones, and what becomes of them by
 * flipped bits, cuts, wrong types, huge numbers, deep nesting, odd texts and endless lists. The
 * same seed gives the same requests.
 */
final class HostileBodies {

    private static final int DEEP = 5_000;
    private static final int LONG = 200_000;

    private static final List<String> FIELDS =
            List.of(
                    "request",
                    "timestamp",
                    "user",
                    "context",
                    "items",
                    "k",
                    "explain",
                    "pinned",
                    "exclude",
                    "deadlineMs",
                    "waitForEventTime",
                    "places",
                    "quotas",
                    "within",
                    "unseen",
                    "seen",
                    "nobody");

    private static final List<String> VALUES =
            List.of(
                    "null",
                    "true",
                    "-1",
                    "0",
                    "1e999",
                    "-1e999",
                    "NaN",
                    "-Infinity",
                    "99999999999999999999999999999999999999",
                    "0.1e-400",
                    "00012",
                    "\"\"",
                    "\" \"",
                    "\"\\ud800\"",
                    "\"\\udc00\\ud800\"",
                    "\"\\u0000\"",
                    "\"\\u202e\u200b\ud83d\ude00\"",
                    "[]",
                    "{}",
                    "[[]]",
                    "[null]",
                    "[{}]",
                    "[{\"id\":null}]",
                    "[{\"id\":\"a\"},{\"id\":\"a\"}]",
                    "[{\"id\":\"a\",\"features\":{\"x\":{\"y\":1}}}]",
                    "[{\"id\":\"a\",\"features\":{\"x\":[1,\"b\",true,null,2e308]}}]",
                    "{\"a\":{\"least\":9,\"most\":1}}",
                    "{\"a\":1,\"b\":1}",
                    "[\"a\",\"a\"]",
                    "1700000000",
                    "1700000000000000");

    private final Random random;

    HostileBodies(long seed) {
        random = new Random(seed);
    }

    /** The next request; {@code id} is the one it has while nothing happens to it. */
    byte[] next(String id) {
        String body = valid(id);
        int kind = random.nextInt(500);
        if (kind == 0) {
            return large(body);
        }
        if (kind < 50) {
            return bytes(body);
        }
        if (kind < 250) {
            for (int i = random.nextInt(3); i >= 0; i--) {
                body = withField(body);
            }
            return bytes(body);
        }
        if (kind < 400) {
            return flipped(bytes(body));
        }
        if (kind < 470) {
            return Arrays.copyOf(bytes(body), random.nextInt(body.length()));
        }
        return odd(body);
    }

    private String valid(String id) {
        StringBuilder body = new StringBuilder("{\"request\":\"").append(id);
        body.append("\",\"user\":\"u").append(random.nextInt(9)).append("\",\"items\":[");
        int items = 1 + random.nextInt(20);
        for (int i = 0; i < items; i++) {
            body.append(i == 0 ? "" : ",").append("{\"id\":\"i").append(i).append("\"}");
        }
        return body.append("],\"context\":{\"device\":\"phone\",\"age\":3}}").toString();
    }

    /** A field with any value: at the end, where it may stand a second time, or in front. */
    private String withField(String body) {
        String field =
                "\"%s\":%s"
                        .formatted(
                                FIELDS.get(random.nextInt(FIELDS.size())),
                                VALUES.get(random.nextInt(VALUES.size())));
        return random.nextBoolean()
                ? body.substring(0, body.length() - 1) + "," + field + "}"
                : "{" + field + "," + body.substring(1);
    }

    private byte[] flipped(byte[] body) {
        for (int i = random.nextInt(4); i >= 0; i--) {
            body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return body;
    }

    private byte[] odd(String body) {
        return switch (random.nextInt(8)) {
            case 0 -> new byte[0];
            case 1 -> bytes(body + body);
            case 2 -> bytes("[" + body + "]");
            case 3 -> bytes("\ufeff" + body);
            case 4 -> body.getBytes(StandardCharsets.UTF_16);
            case 5 -> {
                byte[] noise = new byte[random.nextInt(400)];
                random.nextBytes(noise);
                yield noise;
            }
            case 6 -> {
                // Overlong and lone bytes where a text is.
                byte[] text = bytes(body);
                text[text.length / 3] = (byte) 0xc0;
                text[text.length / 2] = (byte) 0xff;
                yield text;
            }
            default -> bytes("\"" + body.replace("\"", "'") + "\"");
        };
    }

    private byte[] large(String body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(bytes(body.substring(0, body.length() - 1) + ",\"x\":"));
        switch (random.nextInt(4)) {
            case 0 -> out.writeBytes(bytes("[".repeat(DEEP) + "]".repeat(DEEP)));
            case 1 -> out.writeBytes(bytes("{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP)));
            case 2 -> out.writeBytes(bytes("[" + "1,".repeat(LONG) + "1]"));
            default -> out.writeBytes(bytes("\"" + "x".repeat(LONG * 6) + "\""));
        }
        out.write('}');
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
