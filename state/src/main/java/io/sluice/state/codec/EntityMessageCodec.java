package io.sluice.state.codec;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.feature.stream.EntityMessage;
import io.sluice.state.feature.stream.ScopeUpdate;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Messages to entities: a tag byte, byte scope, long entity, long time; then tie, mask and the
 * arguments of a change or the asker of a question.
 */
public final class EntityMessageCodec implements StateCodec<EntityMessage> {

    private static final int DIRECT = 1;
    private static final int DERIVED = 2;
    private static final int QUESTION = 3;

    @Override
    public String name() {
        return "entity-message";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(EntityMessage message, DataOutput out) throws IOException {
        if (message instanceof EntityMessage.Change change) {
            out.writeByte(change.isDerived() ? DERIVED : DIRECT);
            writeEntity(message, out);
            writeUpdate(change.update(), out);
        } else if (message instanceof EntityMessage.Question question) {
            out.writeByte(QUESTION);
            writeEntity(message, out);
            Fields.writeText(question.asker(), out);
        }
    }

    private static void writeEntity(EntityMessage message, DataOutput out) throws IOException {
        out.writeByte(message.scope());
        out.writeLong(message.key());
        out.writeLong(message.time());
    }

    private static void writeUpdate(ScopeUpdate update, DataOutput out) throws IOException {
        out.writeLong(update.tie());
        out.writeLong(update.mask());
        out.writeInt(update.argCount());
        for (int i = 0; i < update.argCount(); i++) {
            out.writeLong(update.arg(i));
        }
    }

    @Override
    public EntityMessage read(int version, DataInput in) throws IOException {
        int tag = in.readByte();
        if (tag < DIRECT || tag > QUESTION) {
            throw new CorruptStateException(
                    "entity message: found tag %d, expected 1 to 3".formatted(tag));
        }
        int scope = in.readUnsignedByte();
        long key = in.readLong();
        long time = in.readLong();
        if (tag == QUESTION) {
            return new EntityMessage.Question(scope, key, time, Fields.readText(in));
        }
        return new EntityMessage.Change(readUpdate(scope, key, time, in), tag == DERIVED);
    }

    private static ScopeUpdate readUpdate(int scope, long key, long time, DataInput in)
            throws IOException {
        long tie = in.readLong();
        long mask = in.readLong();
        return new ScopeUpdate(scope, key, time, tie, mask, EntityRecordCodec.readWords(in));
    }
}
