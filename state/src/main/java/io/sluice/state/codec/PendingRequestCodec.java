package io.sluice.state.codec;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.event.Feedback;
import io.sluice.state.event.Impression;
import io.sluice.state.join.Arrival;
import io.sluice.state.join.Outcome;
import io.sluice.state.join.PendingRequest;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/**
 * What the join remembers of a request: whether the impression has come; if so, the impression, one
 * outcome byte a slot, and the kinds given, sorted; if not, the waiting feedback.
 */
public final class PendingRequestCodec implements StateCodec<PendingRequest> {

    private static final StreamEventCodec EVENTS = new StreamEventCodec();
    private static final ArrivalCodec ARRIVALS = new ArrivalCodec();

    @Override
    public String name() {
        return "pending-request";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(PendingRequest pending, DataOutput out) throws IOException {
        Impression impression = pending.impression();
        out.writeBoolean(impression != null);
        if (impression == null) {
            out.writeInt(pending.waiting().size());
            for (Arrival arrival : pending.waiting()) {
                Nested.write(ARRIVALS, arrival, out);
            }
            return;
        }
        Nested.write(EVENTS, impression, out);
        for (int slot = 0; slot < impression.items().size(); slot++) {
            out.writeByte(pending.outcome(slot).code());
        }
        writeGiven(pending, out);
    }

    private static void writeGiven(PendingRequest pending, DataOutput out) throws IOException {
        List<PendingRequest.Given> given =
                pending.given().stream()
                        .sorted(
                                Comparator.comparingInt(PendingRequest.Given::slot)
                                        .thenComparing(PendingRequest.Given::kind))
                        .toList();
        out.writeInt(given.size());
        for (PendingRequest.Given one : given) {
            out.writeInt(one.slot());
            Fields.writeText(one.kind(), out);
        }
    }

    @Override
    public PendingRequest read(int version, DataInput in) throws IOException {
        PendingRequest pending = new PendingRequest();
        if (in.readBoolean()) {
            readShown(pending, in);
        } else {
            readWaiting(pending, in);
        }
        return pending;
    }

    private static void readShown(PendingRequest pending, DataInput in) throws IOException {
        pending.show(JoinOutputCodec.readImpression(in));
        int slots = pending.impression().items().size();
        for (int slot = 0; slot < slots; slot++) {
            int code = in.readByte();
            Outcome outcome = Outcome.ofCode(code);
            if (outcome == null) {
                throw new CorruptStateException(
                        "pending request: found outcome %d, expected 0 to 3".formatted(code));
            }
            pending.settle(slot, outcome);
        }
        int given = Fields.readCount("pending request", in);
        for (int i = 0; i < given; i++) {
            int slot = in.readInt();
            if (slot < 0 || slot >= slots) {
                throw new CorruptStateException(
                        "pending request: found feedback for slot %d, expected 0 to %d"
                                .formatted(slot, slots - 1));
            }
            pending.give(slot, Fields.readText(in));
        }
    }

    private static void readWaiting(PendingRequest pending, DataInput in) throws IOException {
        int waiting = Fields.readCount("pending request", in);
        for (int i = 0; i < waiting; i++) {
            Arrival arrival = Nested.read(ARRIVALS, in);
            if (!(arrival.event() instanceof Feedback)) {
                throw new CorruptStateException(
                        "pending request: found a waiting %s, expected feedback"
                                .formatted(arrival.event().getClass().getSimpleName()));
            }
            pending.waiting().add(arrival);
        }
    }
}
