package io.sluice.state.codec;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.feature.Bucketing;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import io.sluice.state.feature.StreamingFeature;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A feature schema as bytes: int features, then per feature its name, source, attribute, kind,
 * separator and bucket rule; behind them, if there are any, int streaming features, then each with
 * the parts of its record in order. Enums travel by name, so that their order may change.
 */
final class SchemaCodec {

    private static final int MOST_FEATURES = 10_000;

    private SchemaCodec() {}

    static void write(FeatureSchema schema, DataOutput out) throws IOException {
        out.writeInt(schema.features().size());
        for (FeatureSpec feature : schema.features()) {
            out.writeUTF(feature.name());
            out.writeUTF(feature.source().name());
            out.writeUTF(feature.attribute());
            out.writeUTF(feature.kind().name());
            out.writeUTF(feature.separator());
            writeBucketing(feature.bucketing(), out);
        }
        if (!schema.streaming().isEmpty()) {
            StreamingCodec.write(schema.streaming(), out);
        }
    }

    private static void writeBucketing(Bucketing bucketing, DataOutput out) throws IOException {
        if (bucketing == null) {
            out.writeByte(0);
        } else if (bucketing instanceof Bucketing.Log log) {
            out.writeByte(1);
            out.writeDouble(log.steps());
        } else if (bucketing instanceof Bucketing.Width width) {
            out.writeByte(2);
            out.writeDouble(width.width());
        } else if (bucketing instanceof Bucketing.Edges edges) {
            out.writeByte(3);
            out.writeInt(edges.edges().length);
            for (double edge : edges.edges()) {
                out.writeDouble(edge);
            }
        }
    }

    static FeatureSchema read(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 1 || count > MOST_FEATURES) {
            throw new CorruptStateException(
                    "feature schema: found %d features, expected 1 to %d"
                            .formatted(count, MOST_FEATURES));
        }
        List<FeatureSpec> features = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                features.add(
                        new FeatureSpec(
                                in.readUTF(),
                                Source.valueOf(in.readUTF()),
                                in.readUTF(),
                                Kind.valueOf(in.readUTF()),
                                in.readUTF(),
                                readBucketing(in)));
            }
            List<StreamingFeature> streaming =
                    in.available() > 0 ? StreamingCodec.read(in) : List.of();
            return new FeatureSchema(features, streaming);
        } catch (IllegalArgumentException e) {
            throw new CorruptStateException("feature schema: " + e.getMessage());
        }
    }

    private static Bucketing readBucketing(DataInput in) throws IOException {
        int code = in.readByte();
        return switch (code) {
            case 0 -> null;
            case 1 -> new Bucketing.Log(in.readDouble());
            case 2 -> new Bucketing.Width(in.readDouble());
            case 3 -> readEdges(in);
            default ->
                    throw new CorruptStateException(
                            "feature schema: found bucket rule %d, expected 0 to 3"
                                    .formatted(code));
        };
    }

    private static Bucketing readEdges(DataInput in) throws IOException {
        int count = in.readInt();
        if (count < 1 || count > MOST_FEATURES) {
            throw new CorruptStateException(
                    "feature schema: found %d edges, expected 1 to %d"
                            .formatted(count, MOST_FEATURES));
        }
        double[] edges = new double[count];
        for (int i = 0; i < count; i++) {
            edges[i] = in.readDouble();
        }
        return new Bucketing.Edges(edges);
    }
}
