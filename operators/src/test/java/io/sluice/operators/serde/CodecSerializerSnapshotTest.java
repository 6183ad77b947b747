package io.sluice.operators.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.codec.ScoredCodec;
import io.sluice.state.codec.StateCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class CodecSerializerSnapshotTest {

    /** Version 1 held an int, version 2 holds a long. */
    public static final class CountCodec implements StateCodec<Long> {
        @Override
        public String name() {
            return "count";
        }

        @Override
        public int version() {
            return 2;
        }

        @Override
        public void write(Long value, DataOutput out) throws IOException {
            out.writeLong(value);
        }

        @Override
        public Long read(int version, DataInput in) throws IOException {
            return version == 1 ? in.readInt() : in.readLong();
        }
    }

    private final CodecSerializer<Long> now = new CodecSerializer<>(CountCodec.class, true);

    @Test
    void stateOfTheSameVersionIsReadAsItIs() throws IOException {
        TypeSerializerSnapshot<Long> old = restore(CountCodec.class.getName(), "count", 2);

        assertThat(judge(old).isCompatibleAsIs()).isTrue();
        assertThat(old.restoreSerializer()).isEqualTo(now);
    }

    @Test
    void stateOfAnOlderVersionIsReadByItAndMigrated() throws IOException {
        TypeSerializerSnapshot<Long> old = restore(CountCodec.class.getName(), "count", 1);
        DataOutputSerializer bytes = new DataOutputSerializer(8);
        bytes.writeInt(7);

        Long read = old.restoreSerializer().deserialize(input(bytes));

        assertThat(judge(old).isCompatibleAfterMigration()).isTrue();
        assertThat(read).isEqualTo(7L);
    }

    @Test
    void aSerializerRestoredForAnOlderVersionDoesNotWriteTheNewOne() throws IOException {
        var old = restore(CountCodec.class.getName(), "count", 1).restoreSerializer();

        assertThatThrownBy(() -> old.serialize(7L, new DataOutputSerializer(8)))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "count was restored to read version 1, version 2 is written: migrate"
                                + " first");
    }

    @Test
    void stateOfANewerVersionIsRefused() {
        assertThatThrownBy(() -> restore(CountCodec.class.getName(), "count", 3))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "count: version 3 found, this build reads 1 to 2; a higher one was written"
                                + " by a newer release");
    }

    @Test
    void aCodecClassThatHasComeToMeanAnotherFormatIsRefused() {
        assertThatThrownBy(() -> restore(CountCodec.class.getName(), "amount", 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format 'amount' found")
                .hasMessageContaining("reads 'count'");
    }

    @Test
    void aCodecThatIsGoneIsNamed() {
        assertThatThrownBy(() -> restore("io.sluice.Gone", "count", 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("codec io.sluice.Gone found");
        assertThatThrownBy(() -> restore("java.lang.String", "count", 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("codec java.lang.String found");
    }

    @Test
    void anotherLayoutOfTheSnapshotIsRefused() {
        assertThatThrownBy(
                        () ->
                                new CodecSerializerSnapshot<Long>()
                                        .readSnapshot(
                                                2,
                                                new DataInputDeserializer(new byte[0]),
                                                getClass().getClassLoader()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("layout 2 found, this build reads 1");
    }

    @Test
    @SuppressWarnings("unchecked") // a mistake of types is what is tested
    void stateOfAnotherFormatIsIncompatible() {
        var scored = new CodecSerializer<>(ScoredCodec.class, true).snapshotConfiguration();
        var old = (TypeSerializerSnapshot<Long>) (TypeSerializerSnapshot<?>) scored;

        assertThat(judge(old).isIncompatible()).isTrue();
        assertThat(old.restoreSerializer()).hasToString("scored version 2");
    }

    private TypeSerializerSchemaCompatibility<Long> judge(TypeSerializerSnapshot<Long> old) {
        return now.snapshotConfiguration().resolveSchemaCompatibility(old);
    }

    private TypeSerializerSnapshot<Long> restore(String codecClass, String name, int version)
            throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        out.writeUTF(codecClass);
        out.writeUTF(name);
        out.writeInt(version);
        out.writeBoolean(true);
        var snapshot = new CodecSerializerSnapshot<Long>();
        snapshot.readSnapshot(1, input(out), getClass().getClassLoader());
        return snapshot;
    }

    private static DataInputDeserializer input(DataOutputSerializer bytes) {
        return new DataInputDeserializer(bytes.getCopyOfBuffer());
    }
}
