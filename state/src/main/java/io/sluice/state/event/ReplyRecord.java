package io.sluice.state.event;

/**
 * The reply to a request that was read from a topic, with the impression that belongs to it; both
 * as they are written.
 *
 * @param partition of the request
 * @param offset of the request
 * @param request its id
 * @param replayed whether it may be the second one to its request
 * @param value the reply
 * @param impression what was shown; null when nothing was
 */
@SuppressWarnings("ArrayRecordComponent") // carried through, never compared
public record ReplyRecord(
        int partition,
        long offset,
        String request,
        boolean replayed,
        byte[] value,
        byte[] impression) {

    public ReplyRecord {
        EventChecks.id("request", request);
        EventChecks.present("value", value);
    }
}
