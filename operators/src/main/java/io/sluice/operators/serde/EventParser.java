package io.sluice.operators.serde;

import io.sluice.state.event.DeadLetter;
import io.sluice.state.event.Reason;
import io.sluice.state.event.StreamEvent;
import java.io.IOException;
import java.io.Serializable;
import java.util.Set;

/**
 * Turns the bytes of a record into an event, or into a dead letter that says why not.
 *
 * <p>Every record gives exactly one of the two, whatever its bytes are; nothing is thrown. Of
 * several faults in one record the first in the order of its bytes is reported, and fields that are
 * missing after all others. A record above {@code limits.recordBytes} is not looked into. The rule
 * of each {@link Reason} stands in the README of this module.
 *
 * <p>Fields that nobody reads are no fault, so that producers can grow before the engine does; they
 * are counted in {@link ParsedRecord#unknownFields}.
 *
 * <p>O(bytes). Immutable and thread-safe.
 */
public final class EventParser implements Serializable {

    private static final long serialVersionUID = 1;

    private final Limits limits;
    private final Set<String> kinds;
    private final double labelThreshold;

    /**
     * A parser.
     *
     * @param limits what is too large or too far off
     * @param kinds the configured kinds of feedback
     * @param labelThreshold an interaction without a label gets 1 if its value is at least this, 0
     *     otherwise; NaN when a label is required
     */
    @SuppressWarnings("serial") // Set.copyOf is serializable
    public EventParser(Limits limits, Set<String> kinds, double labelThreshold) {
        this.limits = limits;
        this.kinds = Set.copyOf(kinds);
        this.labelThreshold = labelThreshold;
    }

    /**
     * Parses a record.
     *
     * @param kind what the topic carries
     * @param topic its name
     * @param partition where the record was read
     * @param offset its offset
     * @param recordTimestamp the record's own time, epoch milliseconds; negative when it has none
     * @param key the record's key; may be null
     * @param value the record's value; may be null
     */
    public ParsedRecord parse(
            TopicKind kind,
            String topic,
            int partition,
            long offset,
            long recordTimestamp,
            byte[] key,
            byte[] value) {
        TimeRule times = new TimeRule(limits, recordTimestamp, TimeRule.REQUIRED);
        try {
            return JsonInput.read(
                    value,
                    limits,
                    in -> new ParsedRecord(read(kind, in, times), null, in.unknownFields()));
        } catch (BadInputException e) {
            DeadLetter letter =
                    new DeadLetter(
                            topic, partition, offset, key, value, e.reason(), e.getMessage());
            return new ParsedRecord(null, letter, 0);
        }
    }

    /**
     * Parses an event that did not come from a topic, such as the body of an HTTP request.
     *
     * @param kind what it should be
     * @param value its bytes
     * @param now the time, epoch milliseconds; also the timestamp of an event without one
     * @throws BadInputException when it can't be used
     */
    public StreamEvent parse(TopicKind kind, byte[] value, long now) throws BadInputException {
        TimeRule times = new TimeRule(limits, now, now);
        return JsonInput.read(value, limits, in -> read(kind, in, times));
    }

    private StreamEvent read(TopicKind kind, JsonInput in, TimeRule times)
            throws IOException, BadInputException {
        return switch (kind) {
            case IMPRESSIONS -> ImpressionReader.read(in, times);
            case FEEDBACK -> FeedbackReader.read(in, times, kinds);
            case INTERACTIONS -> InteractionReader.read(in, times, labelThreshold);
        };
    }
}
