package io.sluice.state.codec;

import io.sluice.state.model.Page;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Pages between operators: record key and record value as {@link PageCodec} writes them. */
public final class PageStreamCodec implements StateCodec<Page> {

    @Override
    public String name() {
        return "page";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(Page page, DataOutput out) throws IOException {
        Fields.writeBytes(PageCodec.key(page.kind(), page.id()), out);
        Fields.writeBytes(PageCodec.value(page), out);
    }

    @Override
    public Page read(int version, DataInput in) throws IOException {
        return PageCodec.decode(Fields.readBytes(in), Fields.readBytes(in));
    }
}
