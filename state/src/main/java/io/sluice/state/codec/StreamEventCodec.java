package io.sluice.state.codec;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.event.Feedback;
import io.sluice.state.event.Impression;
import io.sluice.state.event.Interaction;
import io.sluice.state.event.ShownItem;
import io.sluice.state.event.ShownMemory;
import io.sluice.state.event.StreamEvent;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Events between the operators and in the join's state: a tag byte, then the fields in order.
 *
 * <p>Version 2 adds to shown items what memory did to their score.
 */
public final class StreamEventCodec implements StateCodec<StreamEvent> {

    /** The first version with what memory did. */
    private static final int REMEMBERING = 2;

    private static final int IMPRESSION = 1;
    private static final int FEEDBACK = 2;
    private static final int INTERACTION = 3;

    @Override
    public String name() {
        return "stream-event";
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public void write(StreamEvent event, DataOutput out) throws IOException {
        if (event instanceof Impression impression) {
            out.writeByte(IMPRESSION);
            writeImpression(impression, out);
        } else if (event instanceof Feedback feedback) {
            out.writeByte(FEEDBACK);
            writeFeedback(feedback, out);
        } else if (event instanceof Interaction interaction) {
            out.writeByte(INTERACTION);
            writeInteraction(interaction, out);
        }
    }

    @Override
    public StreamEvent read(int version, DataInput in) throws IOException {
        int tag = in.readByte();
        return switch (tag) {
            case IMPRESSION -> readImpression(version, in);
            case FEEDBACK -> readFeedback(in);
            case INTERACTION -> readInteraction(in);
            default ->
                    throw new CorruptStateException(
                            "stream event: found tag %d, expected 1 to 3".formatted(tag));
        };
    }

    private static void writeImpression(Impression impression, DataOutput out) throws IOException {
        Fields.writeText(impression.request(), out);
        out.writeLong(impression.timestamp());
        Fields.writeText(impression.user(), out);
        Fields.writeAttributes(impression.context(), out);
        out.writeInt(impression.items().size());
        for (ShownItem item : impression.items()) {
            Fields.writeText(item.id(), out);
            out.writeInt(item.position());
            out.writeDouble(item.score());
            out.writeDouble(item.propensity());
            Fields.writeAttributes(item.features(), out);
            Fields.writeMemory(item.memory(), out);
        }
        Fields.writeText(impression.model(), out);
    }

    private static Impression readImpression(int version, DataInput in) throws IOException {
        String request = Fields.readText(in);
        long timestamp = in.readLong();
        String user = Fields.readText(in);
        var context = Fields.readAttributes(in);
        int count = Fields.readCount("impression", in);
        List<ShownItem> items = new ArrayList<>(Math.min(count, 1024));
        for (int i = 0; i < count; i++) {
            items.add(
                    new ShownItem(
                            Fields.readText(in),
                            in.readInt(),
                            in.readDouble(),
                            in.readDouble(),
                            Fields.readAttributes(in),
                            version < REMEMBERING ? ShownMemory.NONE : Fields.readMemory(in)));
        }
        return new Impression(request, timestamp, user, context, items, Fields.readText(in));
    }

    private static void writeFeedback(Feedback feedback, DataOutput out) throws IOException {
        Fields.writeText(feedback.request(), out);
        out.writeLong(feedback.timestamp());
        Fields.writeText(feedback.user(), out);
        Fields.writeText(feedback.item(), out);
        Fields.writeText(feedback.kind(), out);
        out.writeDouble(feedback.value());
    }

    private static Feedback readFeedback(DataInput in) throws IOException {
        return new Feedback(
                Fields.readText(in),
                in.readLong(),
                Fields.readText(in),
                Fields.readText(in),
                Fields.readText(in),
                in.readDouble());
    }

    private static void writeInteraction(Interaction interaction, DataOutput out)
            throws IOException {
        Fields.writeText(interaction.request(), out);
        out.writeLong(interaction.timestamp());
        Fields.writeText(interaction.user(), out);
        Fields.writeText(interaction.item(), out);
        out.writeDouble(interaction.label());
        out.writeDouble(interaction.value());
        Fields.writeAttributes(interaction.context(), out);
        Fields.writeAttributes(interaction.features(), out);
    }

    private static Interaction readInteraction(DataInput in) throws IOException {
        return new Interaction(
                Fields.readText(in),
                in.readLong(),
                Fields.readText(in),
                Fields.readText(in),
                in.readDouble(),
                in.readDouble(),
                Fields.readAttributes(in),
                Fields.readAttributes(in));
    }
}
