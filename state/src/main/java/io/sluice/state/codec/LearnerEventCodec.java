package io.sluice.state.codec;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.event.ShownMemory;
import io.sluice.state.learner.Assumption;
import io.sluice.state.learner.Correction;
import io.sluice.state.learner.Example;
import io.sluice.state.learner.Exposure;
import io.sluice.state.learner.LearnerEvent;
import io.sluice.state.learner.SlateShown;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The learner's input, in flight and in its order buffer: a tag byte, then the fields in order.
 *
 * <p>Version 2 adds the field of each feature and the raw numbers of vectors, version 3 slates,
 * what memory did to a logged score, and assumptions.
 */
public final class LearnerEventCodec implements StateCodec<LearnerEvent> {

    private static final int EXPOSURE = 1;
    private static final int EXAMPLE = 2;
    private static final int SLATE = 3;
    private static final int ASSUMPTION = 4;

    /** The first version whose vectors have fields and raw numbers. */
    private static final int WHOLE = 2;

    /** The first version with what memory did. */
    private static final int REMEMBERING = 3;

    @Override
    public String name() {
        return "learner-event";
    }

    @Override
    public int version() {
        return 3;
    }

    @Override
    public void write(LearnerEvent event, DataOutput out) throws IOException {
        if (event instanceof Exposure exposure) {
            out.writeByte(EXPOSURE);
            writeExposure(exposure, out);
        } else if (event instanceof Example example) {
            out.writeByte(EXAMPLE);
            writeExample(example, out);
        } else if (event instanceof SlateShown slate) {
            out.writeByte(SLATE);
            writeSlate(slate, out);
        } else if (event instanceof Assumption assumption) {
            out.writeByte(ASSUMPTION);
            out.writeByte(assumption.correction().code());
            writeExample(assumption.negative(), out);
        }
    }

    @Override
    public LearnerEvent read(int version, DataInput in) throws IOException {
        int tag = in.readByte();
        return switch (tag) {
            case EXPOSURE -> readExposure(version, in);
            case EXAMPLE -> readExample(version, in);
            case SLATE -> readSlate(in);
            case ASSUMPTION -> readAssumption(version, in);
            default ->
                    throw new CorruptStateException(
                            "learner event: found tag %d, expected 1 to 4".formatted(tag));
        };
    }

    private static void writeExposure(Exposure exposure, DataOutput out) throws IOException {
        out.writeLong(exposure.time());
        Fields.writeText(exposure.request(), out);
        out.writeInt(exposure.slots().size());
        for (Exposure.Slot slot : exposure.slots()) {
            Fields.writeText(slot.item(), out);
            Fields.writeVector(slot.features(), out);
        }
    }

    private static Exposure readExposure(int version, DataInput in) throws IOException {
        long time = in.readLong();
        String request = Fields.readText(in);
        int count = Fields.readCount("exposure", in);
        List<Exposure.Slot> slots = new ArrayList<>(Math.min(count, 1024));
        for (int i = 0; i < count; i++) {
            slots.add(
                    new Exposure.Slot(
                            Fields.readText(in), Fields.readVector(version >= WHOLE, in)));
        }
        return new Exposure(time, request, slots);
    }

    private static void writeExample(Example example, DataOutput out) throws IOException {
        out.writeLong(example.time());
        Fields.writeText(example.request(), out);
        Fields.writeText(example.item(), out);
        Fields.writeVector(example.features(), out);
        out.writeFloat(example.label());
        out.writeByte(example.origin().code());
        out.writeFloat(example.loggedScore());
        Fields.writeMemory(example.loggedMemory(), out);
    }

    private static Example readExample(int version, DataInput in) throws IOException {
        long time = in.readLong();
        String request = Fields.readText(in);
        String item = Fields.readText(in);
        var features = Fields.readVector(version >= WHOLE, in);
        float label = in.readFloat();
        Example.Origin origin = readOrigin(in);
        float score = in.readFloat();
        ShownMemory memory = version < REMEMBERING ? ShownMemory.NONE : Fields.readMemory(in);
        return new Example(time, request, item, features, label, origin, score, memory);
    }

    private static Assumption readAssumption(int version, DataInput in) throws IOException {
        int code = in.readByte();
        Correction correction = Correction.ofCode(code);
        Example negative = readExample(version, in);
        if (correction == null || negative.label() != 0) {
            throw new CorruptStateException(
                    "assumption: found correction %d and label %s, expected 1 or 2 and 0"
                            .formatted(code, negative.label()));
        }
        return new Assumption(negative, correction);
    }

    private static void writeSlate(SlateShown slate, DataOutput out) throws IOException {
        out.writeLong(slate.time());
        Fields.writeText(slate.request(), out);
        out.writeInt(slate.slots().size());
        for (SlateShown.Slot slot : slate.slots()) {
            Fields.writeText(slot.item(), out);
            Fields.writeVector(slot.features(), out);
            out.writeLong(slot.group());
            out.writeInt(slot.position());
            out.writeFloat(slot.propensity());
        }
    }

    private static SlateShown readSlate(DataInput in) throws IOException {
        long time = in.readLong();
        String request = Fields.readText(in);
        int count = Fields.readCount("slate", in);
        List<SlateShown.Slot> slots = new ArrayList<>(Math.min(count, 1024));
        for (int i = 0; i < count; i++) {
            slots.add(
                    new SlateShown.Slot(
                            Fields.readText(in),
                            Fields.readVector(true, in),
                            in.readLong(),
                            in.readInt(),
                            in.readFloat()));
        }
        return new SlateShown(time, request, slots);
    }

    private static Example.Origin readOrigin(DataInput in) throws IOException {
        int code = in.readByte();
        for (Example.Origin origin : Example.Origin.values()) {
            if (origin.code() == code) {
                return origin;
            }
        }
        throw new CorruptStateException(
                "example: found origin %d, which is unknown to this build".formatted(code));
    }
}
