package io.sluice.state.codec;

import io.sluice.state.feature.stream.EntityAnswers;
import io.sluice.state.feature.stream.EntityAnswers.Found;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers to one asker: its name, then for each entity byte scope, long key, and its words if there
 * are any.
 */
public final class EntityAnswersCodec implements StateCodec<EntityAnswers> {

    private static final EntityRecordCodec RECORDS = new EntityRecordCodec();

    @Override
    public String name() {
        return "entity-answers";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(EntityAnswers answers, DataOutput out) throws IOException {
        Fields.writeText(answers.asker(), out);
        out.writeInt(answers.found().size());
        for (Found found : answers.found()) {
            out.writeByte(found.scope());
            out.writeLong(found.key());
            out.writeBoolean(found.record() != null);
            if (found.record() != null) {
                RECORDS.write(found.record(), out);
            }
        }
    }

    @Override
    public EntityAnswers read(int version, DataInput in) throws IOException {
        String asker = Fields.readText(in);
        int count = Fields.readCount("entity answers", in);
        List<Found> found = new ArrayList<>(Math.min(count, 1024));
        for (int i = 0; i < count; i++) {
            int scope = in.readUnsignedByte();
            long key = in.readLong();
            found.add(new Found(scope, key, in.readBoolean() ? RECORDS.read(1, in) : null));
        }
        return new EntityAnswers(asker, found);
    }
}
