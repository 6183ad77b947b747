package io.sluice.operators.serde;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Endless records that something happened to: changed, cut, repeated, crossed, or pure noise. */
final class DamagedRecords {

    private static final List<String> GOOD =
            List.of(
                    """
                    {"request": "r1", "timestamp": 1700000000000, "user": "Zoë",
                     "context": {"age": 35, "member": true, "tags": ["a", 1.5e3, null]},
                     "items": [{"id": "i1", "position": 4, "score": 0.25, "propensity": 1,
                                "features": {"genre": ["Drama", "War"]}}, {"id": "i2"}],
                     "model": "2.100"}""",
                    """
                    {"request": "r1", "timestamp": 1700000000000, "user": "u1", "item": "\\u00e9",
                     "kind": "click", "value": 4.5, "extra": {"a": [{}]}}""",
                    """
                    {"timestamp": 1700000000000, "user": "猫", "item": "i1", "label": 1,
                     "value": 5, "context": {"a": -1}, "features": {"b": "x"}}""");

    /** Pieces that are likely to confuse a parser where they do not belong. */
    private static final List<String> PIECES =
            List.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    ",",
                    ":",
                    "\"",
                    "\\",
                    "null",
                    "true",
                    "NaN",
                    "1e999",
                    "-",
                    "0",
                    "99999999999999999999",
                    "\\ud800",
                    "\u0000",
                    "\n",
                    "\"request\":",
                    "\"id\":",
                    "\"items\":[",
                    "{\"id\":\"i1\"}",
                    "/*",
                    "\uFEFF",
                    "1.",
                    ".5",
                    "\"label\":1,");

    private final Random random;

    DamagedRecords(Random random) {
        this.random = random;
    }

    byte[] next() {
        if (random.nextInt(20) == 0) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] bytes = good();
        for (int i = random.nextInt(2); i >= 0; i--) {
            bytes = damage(bytes);
        }
        return bytes;
    }

    private byte[] good() {
        return GOOD.get(random.nextInt(GOOD.size())).getBytes(UTF_8);
    }

    private byte[] damage(byte[] bytes) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + random.nextInt(8));
        return switch (random.nextInt(7)) {
            case 0 -> flip(bytes);
            case 1 -> Arrays.copyOf(bytes, from);
            case 2 -> splice(bytes, from, to, new byte[0]);
            case 3 -> splice(bytes, from, from, Arrays.copyOfRange(bytes, from, to));
            case 4 -> splice(bytes, from, from, piece());
            case 5 -> splice(bytes, from, to, piece());
            default -> splice(bytes, from, bytes.length, tail(good()));
        };
    }

    private byte[] flip(byte[] bytes) {
        byte[] flipped = bytes.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private byte[] piece() {
        return PIECES.get(random.nextInt(PIECES.size())).getBytes(UTF_8);
    }

    private byte[] tail(byte[] bytes) {
        return Arrays.copyOfRange(bytes, random.nextInt(bytes.length), bytes.length);
    }

    private static byte[] splice(byte[] bytes, int from, int to, byte[] middle) {
        byte[] out = new byte[from + middle.length + bytes.length - to];
        System.arraycopy(bytes, 0, out, 0, from);
        System.arraycopy(middle, 0, out, from, middle.length);
        System.arraycopy(bytes, to, out, from + middle.length, bytes.length - to);
        return out;
    }
}
