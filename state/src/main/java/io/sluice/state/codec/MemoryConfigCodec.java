package io.sluice.state.codec;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.memory.GateConfig;
import io.sluice.state.memory.LshConfig;
import io.sluice.state.memory.MemoryConfig;
import io.sluice.state.memory.MemoryKeys;
import io.sluice.state.memory.MemoryMode;
import io.sluice.state.memory.Reloop2Config;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings of a memory, as they go with its published head: the format, then the fields in
 * order, those of codes only where a key may be one.
 *
 * <p>Older formats began with the mode, below {@value #FORMAT}. Their cells mean nothing here, so
 * they are refused: the trainer publishes a memory anew.
 */
final class MemoryConfigCodec {

    private static final int FORMAT = 16;

    private MemoryConfigCodec() {}

    static void write(MemoryConfig config, DataOutput out) throws IOException {
        out.writeByte(FORMAT);
        out.writeByte(config.mode().code());
        out.writeByte(config.keys().keys().size());
        for (List<String> key : config.keys().keys()) {
            out.writeByte(key.size());
            for (String name : key) {
                out.writeUTF(name);
            }
        }
        out.writeInt(config.cells());
        out.writeLong(config.fastHalfLifeMs());
        out.writeLong(config.middleHalfLifeMs());
        out.writeLong(config.slowHalfLifeMs());
        out.writeDouble(config.prior());
        out.writeDouble(config.limit());
        out.writeInt(config.leastUsers());
        GateConfig gate = config.gate();
        out.writeDouble(gate.learningRate());
        out.writeDouble(gate.start());
        out.writeDouble(gate.trust());
        out.writeDouble(gate.share());
        Reloop2Config published = config.reloop2();
        out.writeInt(published.arrays());
        out.writeInt(published.bits());
        out.writeDouble(published.compensation());
        out.writeDouble(published.mix());
        out.writeDouble(published.temperature());
        out.writeLong(published.resetEvents());
        if (config.keys().namesLsh()) {
            out.writeInt(config.lsh().bits());
            out.writeInt(config.lsh().checkEvents());
            out.writeDouble(config.lsh().agreement());
        }
    }

    static MemoryConfig read(DataInput in) throws IOException {
        int format = in.readByte();
        if (format != FORMAT) {
            throw new CorruptStateException(
                    "memory: found settings of format %d, this build reads %d; publish the model anew"
                            .formatted(format, FORMAT));
        }
        int code = in.readByte();
        MemoryMode mode = MemoryMode.ofCode(code);
        if (mode == null) {
            throw new CorruptStateException(
                    "memory: found mode %d, which is unknown to this build".formatted(code));
        }
        try {
            return read(mode, in);
        } catch (IllegalArgumentException e) {
            throw new CorruptStateException("memory: " + e.getMessage());
        }
    }

    private static MemoryConfig read(MemoryMode mode, DataInput in) throws IOException {
        MemoryKeys keys = readKeys(in);
        return new MemoryConfig(
                mode,
                keys,
                in.readInt(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readDouble(),
                in.readDouble(),
                in.readInt(),
                new GateConfig(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble()),
                new Reloop2Config(
                        in.readInt(),
                        in.readInt(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readLong()),
                keys.namesLsh()
                        ? new LshConfig(in.readInt(), in.readInt(), in.readDouble())
                        : LshConfig.DEFAULT);
    }

    private static MemoryKeys readKeys(DataInput in) throws IOException {
        List<List<String>> keys = new ArrayList<>();
        for (int left = in.readUnsignedByte(); left > 0; left--) {
            List<String> key = new ArrayList<>();
            for (int names = in.readUnsignedByte(); names > 0; names--) {
                key.add(in.readUTF());
            }
            keys.add(key);
        }
        return new MemoryKeys(keys);
    }
}
