package io.sluice.operators.serde;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.Feedback;
import io.sluice.state.event.Impression;
import io.sluice.state.event.Interaction;
import io.sluice.state.event.ShownItem;
import io.sluice.state.event.StreamEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Endless events of all three kinds, with texts and numbers from the corners of their ranges. */
final class RandomEvents {

    private static final String[] TEXTS = {
        "a", "é", "猫", "😀", "\"", "\\", "/", "\n", "\u0000", "\u001b", " b", "\u2028", "\uFFFD",
        "7"
    };
    private static final double[] NUMBERS = {
        0,
        1,
        -1,
        0.1,
        1e15,
        1e16,
        9007199254740992.0,
        1e300,
        -1e-300,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        1 / 3.0,
        2.0E-3,
        123456789.123
    };

    private final Random random;

    RandomEvents(Random random) {
        this.random = random;
    }

    StreamEvent next() {
        return switch (random.nextInt(3)) {
            case 0 -> impression();
            case 1 -> new Feedback(id(), time(), maybe(id()), id(), "click", maybe(signedNumber()));
            default ->
                    new Interaction(
                            maybe(id()),
                            time(),
                            maybe(id()),
                            id(),
                            random.nextInt(2),
                            maybe(signedNumber()),
                            attributes(),
                            attributes());
        };
    }

    TopicKind kindOf(StreamEvent event) {
        if (event instanceof Impression) {
            return TopicKind.IMPRESSIONS;
        }
        return event instanceof Feedback ? TopicKind.FEEDBACK : TopicKind.INTERACTIONS;
    }

    private Impression impression() {
        List<ShownItem> items = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            items.add(
                    new ShownItem(
                            i + id(),
                            random.nextInt(Limits.DEFAULT.slateItems()),
                            maybe(probability()),
                            maybe(probability()),
                            attributes()));
        }
        return new Impression(id(), time(), maybe(id()), attributes(), items, maybe(id()));
    }

    private Attributes attributes() {
        Attributes.Builder values = Attributes.builder();
        for (int i = random.nextInt(6); i > 0; i--) {
            String name = random.nextBoolean() ? id() : "genre";
            if (random.nextBoolean()) {
                values.put(name, maybe(id()));
            } else {
                values.put(name, signedNumber());
            }
        }
        return values.build();
    }

    private String id() {
        StringBuilder id = new StringBuilder("x");
        for (int i = random.nextInt(6); i > 0; i--) {
            id.append(TEXTS[random.nextInt(TEXTS.length)]);
        }
        return id.toString();
    }

    private long time() {
        return Limits.DEFAULT.earliest() + (random.nextLong() >>> 24);
    }

    private double probability() {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> 1;
            default -> random.nextDouble();
        };
    }

    /** Any finite number, -0 too. */
    private double signedNumber() {
        if (random.nextBoolean()) {
            return NUMBERS[random.nextInt(NUMBERS.length)] * (random.nextBoolean() ? 1 : -1);
        }
        double number = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(number) ? number : random.nextGaussian();
    }

    private String maybe(String text) {
        return random.nextInt(4) == 0 ? "" : text;
    }

    private double maybe(double number) {
        return random.nextInt(4) == 0 ? Double.NaN : number;
    }
}
