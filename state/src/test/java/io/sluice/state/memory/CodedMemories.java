package io.sluice.state.memory;

import static io.sluice.state.memory.MemoryWrites.SCHEMA;
import static io.sluice.state.memory.MemoryWrites.START;
import static io.sluice.state.memory.MemoryWrites.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.state.feature.FeatureVector;
import io.sluice.state.kernel.Activations;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Residual memories with codes as keys, and a model whose representations can be turned round. */
final class CodedMemories {

    static final long MINUTE = 60_000;
    static final int DIMENSIONS = 6;
    static final int CHECK = 64;
    static final int ITEMS = 12;
    static final double LOGIT = -0.5;

    static final int USER_FAST = 0;
    static final int CODE_FAST = 3;
    static final int PAIR_SLOW = 8;

    static final MemoryConfig CONFIG =
            new MemoryConfig(
                    MemoryMode.RESIDUAL,
                    new MemoryKeys(
                            List.of(List.of("user"), List.of("lsh"), List.of("item", "lsh"))),
                    256,
                    3_600_000,
                    36_000_000,
                    2_592_000_000L,
                    10,
                    1,
                    1,
                    GateConfig.DEFAULT,
                    Reloop2Config.DEFAULT,
                    new LshConfig(5, CHECK, 0.5));

    /** A model whose representations of items can be turned round. */
    static final class Model implements Representations {

        private final float[] h = new float[DIMENSIONS];
        private float sign = 1;

        /** From here on every item is represented by what lies opposite, around the same mean. */
        void turn() {
            sign = -sign;
        }

        @Override
        public float[] of(FeatureVector x) {
            Random ofItem = new Random(x.key(x.size() - 1));
            for (int d = 0; d < DIMENSIONS; d++) {
                h[d] = 3 + sign * (float) ofItem.nextGaussian();
            }
            return h;
        }
    }

    /** One write. */
    record Write(long user, long item, long time, float label) {}

    final Model model = new Model();
    final MemoryReading reading = new MemoryReading();

    static ResidualMemory memory() {
        return new ResidualMemory(CONFIG, SCHEMA, DIMENSIONS);
    }

    /** Each write by another user, four minutes after the one before. */
    List<Write> feed(ResidualMemory memory, long seed, int count) {
        Random random = new Random(seed);
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long item = 1L + random.nextInt(ITEMS);
            long user = 1000 + seed * 1000 + i;
            long time = START + i * MINUTE;
            FeatureVector x = vector(user, item);
            float[] h = model.of(x).clone();
            float label = random.nextInt(ITEMS) < item ? 1 : 0;
            Write write = new Write(user, item, time, label);
            read(memory, user, item, time);
            long unused = memory.write(x, h, 0, time, label, 1, reading);
            memory.keepUp(x, model);
            writes.add(write);
        }
        return writes;
    }

    void read(ResidualMemory memory, long user, long item, long time) {
        read(memory, user, item, time, reading);
    }

    void read(ResidualMemory memory, long user, long item, long time, MemoryReading into) {
        FeatureVector x = vector(user, item);
        into.begin(memory.voices(), LOGIT, Activations.sigmoid(LOGIT));
        memory.read(x, model.of(x), time, into);
    }

    void sameReadings(ResidualMemory one, ResidualMemory other, long now, double within) {
        MemoryReading expected = new MemoryReading();
        for (long item = 1; item <= ITEMS; item++) {
            read(other, 999, item, now, expected);
            read(one, 999, item, now);
            assertThat(reading.probability()).isCloseTo(expected.probability(), within(within));
            for (int v = 0; v < one.voices(); v++) {
                assertThat((double) reading.correction(v))
                        .isCloseTo(expected.correction(v), within(within));
            }
        }
    }

    static void publish(ResidualMemory from, ResidualMemory to) throws IOException {
        List<Long> ids = new ArrayList<>();
        List<byte[]> blocks = new ArrayList<>();
        from.drainChanged(
                (id, payload) -> {
                    ids.add(id);
                    blocks.add(payload);
                });
        for (int i = 0; i < ids.size(); i++) {
            to.putBlock(ids.get(i), blocks.get(i));
        }
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        from.writeServedHead(new DataOutputStream(head));
        to.readServedHead(new DataInputStream(new ByteArrayInputStream(head.toByteArray())));
    }

    static byte[][] pieces(ResidualMemory memory, int groups) throws IOException {
        ByteArrayOutputStream[] buffers = new ByteArrayOutputStream[groups];
        DataOutputStream[] outs = new DataOutputStream[groups];
        for (int i = 0; i < groups; i++) {
            buffers[i] = new ByteArrayOutputStream();
            outs[i] = new DataOutputStream(buffers[i]);
            memory.writeHead(outs[i]);
        }
        memory.writeCells(groups, outs);
        byte[][] pieces = new byte[groups][];
        for (int i = 0; i < groups; i++) {
            pieces[i] = buffers[i].toByteArray();
        }
        return pieces;
    }

    static void readPiece(ResidualMemory memory, byte[] piece) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(piece));
        memory.readHead(in);
        memory.readCells(in);
        assertThat(in.available()).isZero();
    }
}
