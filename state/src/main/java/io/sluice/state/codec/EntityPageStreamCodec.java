package io.sluice.state.codec;

import io.sluice.state.feature.stream.EntityPage;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Entity pages between operators: key and value as on the topic. */
public final class EntityPageStreamCodec implements StateCodec<EntityPage> {

    @Override
    public String name() {
        return "entity-page";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(EntityPage page, DataOutput out) throws IOException {
        Fields.writeBytes(EntityPageCodec.key(page), out);
        Fields.writeBytes(EntityPageCodec.value(page), out);
    }

    @Override
    public EntityPage read(int version, DataInput in) throws IOException {
        byte[] key = Fields.readBytes(in);
        return EntityPageCodec.decode(key, Fields.readBytes(in));
    }
}
