package io.sluice.state.codec;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.feature.FactSource;
import io.sluice.state.feature.StreamingFeature;
import io.sluice.state.feature.StreamingKind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The streaming features of a schema as bytes: int count, then the parts of each, in order. */
final class StreamingCodec {

    private static final int MOST_FEATURES = 10_000;
    private static final int MOST_PARTS = 100;

    private StreamingCodec() {}

    static void write(List<StreamingFeature> features, DataOutput out) throws IOException {
        out.writeInt(features.size());
        for (StreamingFeature feature : features) {
            out.writeUTF(feature.name());
            out.writeUTF(feature.kind().name());
            out.writeInt(feature.scope().size());
            for (String part : feature.scope()) {
                out.writeUTF(part);
            }
            out.writeUTF(feature.of().toString());
            out.writeUTF(feature.per() == null ? "" : feature.per().toString());
            out.writeUTF(feature.field());
            out.writeDouble(feature.halfLifeMs());
            out.writeLong(feature.windowMs());
            out.writeInt(feature.size());
            out.writeDouble(feature.prior());
            out.writeLong(feature.sessionGapMs());
            out.writeLong(feature.expiryMs());
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException when a value is out of its range
     */
    static List<StreamingFeature> read(DataInput in) throws IOException {
        int count = count(in, MOST_FEATURES);
        List<StreamingFeature> features = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            features.add(
                    new StreamingFeature(
                            in.readUTF(),
                            StreamingKind.valueOf(in.readUTF()),
                            readScope(in),
                            readSource(in.readUTF()),
                            readPer(in.readUTF()),
                            in.readUTF(),
                            in.readDouble(),
                            in.readLong(),
                            in.readInt(),
                            in.readDouble(),
                            in.readLong(),
                            in.readLong()));
        }
        return features;
    }

    private static List<String> readScope(DataInput in) throws IOException {
        List<String> scope = new ArrayList<>();
        int parts = count(in, MOST_PARTS);
        for (int i = 0; i < parts; i++) {
            scope.add(in.readUTF());
        }
        return scope;
    }

    private static FactSource readPer(String text) throws CorruptStateException {
        return text.isEmpty() ? null : readSource(text);
    }

    private static FactSource readSource(String text) throws CorruptStateException {
        FactSource source = FactSource.parse(text);
        if (source == null) {
            throw new CorruptStateException(
                    "feature schema: found facts '%s', which are unknown to this build"
                            .formatted(text));
        }
        return source;
    }

    private static int count(DataInput in, int most) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > most) {
            throw new CorruptStateException(
                    "feature schema: found %d entries, expected 0 to %d".formatted(count, most));
        }
        return count;
    }
}
