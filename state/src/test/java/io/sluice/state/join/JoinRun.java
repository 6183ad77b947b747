package io.sluice.state.join;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.DeadLetter;
import io.sluice.state.event.Feedback;
import io.sluice.state.event.Impression;
import io.sluice.state.event.ShownItem;
import io.sluice.state.event.SourceRecord;
import io.sluice.state.event.StreamEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** One request driven through {@link RequestJoin} by hand: state, watermark and timers. */
public final class JoinRun implements JoinListener {

    /** Feedback that was accepted. */
    public final List<String> answers = new ArrayList<>();

    /** What else the join found and refused, as texts that compare well. */
    public final List<String> log = new ArrayList<>();

    private RequestJoin join;
    private final TreeSet<Long> timers = new TreeSet<>();
    private PendingRequest state = new PendingRequest();
    private long watermark = Long.MIN_VALUE;

    public JoinRun(AttributionConfig config) {
        join = new RequestJoin(config);
    }

    /** Goes on by other rules; state and timers stay. */
    public JoinRun restart(AttributionConfig config) {
        join = new RequestJoin(config);
        return this;
    }

    public JoinRun feed(StreamEvent event) {
        SourceRecord source = new SourceRecord("t", 0, log.size(), -1, null, new byte[] {1});
        if (event instanceof Impression impression) {
            join.impression(state, impression, source, watermark, this);
        } else if (event instanceof Feedback feedback) {
            join.feedback(state, feedback, source, watermark, this);
        }
        return this;
    }

    public JoinRun advance(long to) {
        while (!timers.isEmpty() && timers.first() <= to) {
            long time = timers.pollFirst();
            if (join.passed(state, time, this)) {
                state = new PendingRequest();
            }
        }
        watermark = to;
        return this;
    }

    public long watermark() {
        return watermark;
    }

    public boolean isForgotten() {
        return state.isEmpty() && timers.isEmpty();
    }

    public static Impression shown(long at, ShownItem... items) {
        return new Impression("r", at, "u", Attributes.EMPTY, List.of(items), "");
    }

    public static ShownItem item(String id, double score) {
        return new ShownItem(id, 0, score, Double.NaN, Attributes.EMPTY);
    }

    public static Feedback given(String kind, String item, long at) {
        return new Feedback("r", at, "u", item, kind, Double.NaN);
    }

    @Override
    public void found(JoinOutput output) {
        if (output instanceof JoinOutput.Labelled labelled) {
            log.add(labelled.slot().id() + "=" + labelled.label() + "@" + labelled.time());
        } else if (output instanceof JoinOutput.Assumed assumed) {
            log.add(assumed.slot().id() + "?@" + assumed.time());
        } else if (output instanceof JoinOutput.Shown shown) {
            List<String> ids = shown.impression().items().stream().map(ShownItem::id).toList();
            log.add("shown " + ids + "@" + shown.time());
        } else if (output instanceof JoinOutput.Answered answered) {
            answers.add(answered.slot().id() + " " + answered.kind() + "@" + answered.time());
        }
    }

    @Override
    public void rejected(DeadLetter letter) {
        log.add(letter.reason().name());
    }

    @Override
    public void absorbed(Absorbed how) {
        log.add(how.name());
    }

    @Override
    public void wake(long time) {
        timers.add(time);
    }

    @Override
    public void cancel(long time) {
        timers.remove(time);
    }
}
