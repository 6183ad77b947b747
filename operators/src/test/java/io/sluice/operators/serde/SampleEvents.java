package io.sluice.operators.serde;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.DeadLetter;
import io.sluice.state.event.Feedback;
import io.sluice.state.event.Impression;
import io.sluice.state.event.Interaction;
import io.sluice.state.event.Reason;
import io.sluice.state.event.ShownItem;
import io.sluice.state.event.ShownMemory;
import io.sluice.state.event.StreamEvent;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.learner.Example;
import io.sluice.state.learner.Exposure;
import io.sluice.state.learner.LearnerEvent;
import io.sluice.state.learner.Scored;
import io.sluice.state.model.Page;
import io.sluice.state.model.PageKind;
import io.sluice.state.model.PageVersion;
import java.util.List;

/** One value of each shape that travels between operators. */
final class SampleEvents {

    static final long NOON = 1_700_000_000_000L;

    static final Attributes FILM =
            Attributes.builder()
                    .put("genre", "Drama")
                    .put("genre", "Komödie")
                    .put("year", 1994)
                    .put("rating", 0.1)
                    .build();

    private SampleEvents() {}

    static StreamEvent[] streamEvents() {
        return new StreamEvent[] {
            new Impression(
                    "r1",
                    NOON,
                    "u1",
                    Attributes.builder().put("age", 35).build(),
                    List.of(
                            new ShownItem(
                                    "i1",
                                    0,
                                    0.25,
                                    0.9,
                                    FILM,
                                    new ShownMemory(0.125, List.of(0.1f, -0.5f))),
                            new ShownItem("i2", 3, Double.NaN, Double.NaN, Attributes.EMPTY)),
                    "1.500"),
            new Feedback("r1", NOON + 5, "u1", "i2", "click", Double.NaN),
            new Feedback("r1", NOON + 6, "", "i1", "rating", 4.5),
            new Interaction("", NOON, "u2", "i3", 1, 5, Attributes.EMPTY, FILM),
        };
    }

    static LearnerEvent[] learnerEvents() {
        return new LearnerEvent[] {
            new Exposure(NOON, "r1", List.of(new Exposure.Slot("i1", vector(1, 2)))),
            new Example(NOON + 9, "r1", "i1", vector(1, 2), 1, Example.Origin.HELD, Float.NaN),
            new Example(NOON + 9, "", "i1", vector(), 0, Example.Origin.LOGGED, 0.5f),
            new Example(
                    NOON + 9,
                    "r2",
                    "i1",
                    vector(1),
                    0,
                    Example.Origin.LOGGED,
                    0.5f,
                    new ShownMemory(0.25, List.of(1f))),
        };
    }

    static Scored[] scored() {
        return new Scored[] {
            new Scored(0, NOON, "r1", "i1", 0.1f, 0.2f, 1, 1),
            new Scored(1, NOON, "", "i2", 1, 1, 0, 10),
        };
    }

    static DeadLetter[] deadLetters() {
        return new DeadLetter[] {
            new DeadLetter(
                    "feedback", 3, 17, new byte[] {1}, new byte[] {-1, 2}, Reason.NOT_JSON, "ö"),
            new DeadLetter("feedback", -1, -1, null, null, Reason.EMPTY, "no value"),
        };
    }

    static Page[] pages() {
        return new Page[] {
            new Page(PageKind.ROW, 42, new PageVersion(2, 100), new byte[] {1, 2, 3}),
            new Page(PageKind.ROW, 43, new PageVersion(0, 0), null),
        };
    }

    private static FeatureVector vector(long... keys) {
        FeatureVector vector = new FeatureVector();
        for (long key : keys) {
            vector.add(key, 0.5f);
        }
        return vector;
    }
}
