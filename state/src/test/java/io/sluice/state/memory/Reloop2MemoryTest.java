package io.sluice.state.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.feature.FeatureVector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Reloop2MemoryTest {

    private static final int DIMENSIONS = 8;
    private static final FeatureVector NOTHING = new FeatureVector();

    private final MemoryReading reading = new MemoryReading();

    private static Reloop2Config config(double mix, double temperature, long reset) {
        return new Reloop2Config(6, 5, 0.7, mix, temperature, reset);
    }

    private double read(Reloop2Memory memory, float[] h, double p) {
        reading.begin(memory.voices(), Math.log(p / (1 - p)), p);
        memory.read(NOTHING, h, 0, reading);
        return reading.probability();
    }

    private static float[] near(Random random, float[] centre, double by) {
        float[] h = new float[DIMENSIONS];
        for (int i = 0; i < h.length; i++) {
            h[i] = (float) (centre[i] + by * random.nextGaussian());
        }
        return h;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 1})
    void answersAsTheTwinThatLooksThroughAllSamples(double mix) {
        for (double temperature : new double[] {0.01, 0.1, 10}) {
            Reloop2Config config = config(mix, temperature, 150);
            Reloop2Memory memory = new Reloop2Memory(config, DIMENSIONS);
            NearestErrors twin = new NearestErrors(config, DIMENSIONS);
            Random random = new Random(11);
            float[] centre = near(random, new float[DIMENSIONS], 1);
            for (int i = 0; i < 400; i++) {
                float[] h = near(random, centre, 0.5);
                double p = 0.05 + 0.9 * random.nextDouble();
                double expected = twin.answer(h, p);

                assertThat(read(memory, h, p))
                        .as("seed 11, event %d, τ %s", i, temperature)
                        .isCloseTo(expected, within(1e-5));

                float label = random.nextInt(3) == 0 ? 1 : 0;
                float weight = label == 0 ? 2 : 1;
                long unused = memory.write(NOTHING, h, 0, 0, label, weight, reading);
                twin.write(h, label, p, weight);
            }
        }
    }

    @Test
    void readsAKernelRegressionOverAngles() {
        Reloop2Config config = new Reloop2Config(1024, 3, 1, 1, 1000, 0);
        Reloop2Memory memory = new Reloop2Memory(config, DIMENSIONS);
        NearestErrors twin = new NearestErrors(config, DIMENSIONS);
        Random random = new Random(12);
        float[] query = near(random, new float[DIMENSIONS], 1);
        for (int i = 0; i < 300; i++) {
            float[] h = near(random, query, 1);
            // The nearer the likelier: a plain mean would not do.
            float label = h[0] * query[0] > 0 ? 1 : 0;
            read(memory, h, 0.5);
            long unused = memory.write(NOTHING, h, 0, 0, label, 1, reading);
            twin.write(h, label, 0.5, 1);
        }
        double[] sums = twin.kernelSums(query);

        double answer = read(memory, query, 0.5);

        // τ is so large that all arrays count alike; n and Y of a bucket have the kernel's sums as
        // their means, and their ratio over 1,024 arrays is within noise of the sums' ratio.
        assertThat(answer).isCloseTo(sums[1] / sums[0], within(0.02));
        assertThat((double) reading.evidence(0)).isCloseTo(sums[0], within(0.05 * sums[0]));
    }

    @Test
    void withoutNeighboursTheModelIsRight() {
        Reloop2Memory memory = new Reloop2Memory(Reloop2Config.DEFAULT, DIMENSIONS);

        assertThat(read(memory, new float[DIMENSIONS], 0.37)).isEqualTo(0.37);
        assertThat(reading.correction(0)).isZero();
    }

    @Test
    void staysAProbability() {
        Reloop2Memory memory = new Reloop2Memory(new Reloop2Config(2, 1, 1, 0, 1, 0), DIMENSIONS);
        float[] h = {1, 1, 1, 1, 1, 1, 1, 1};
        read(memory, h, 0.001);
        long unused = memory.write(NOTHING, h, 0, 0, 1, 1, reading);

        // γ = 0: the neighbours' residual of 0.999 on a prediction of 0.9.
        assertThat(read(memory, h, 0.9)).isEqualTo(1);
    }

    @Test
    void hashesAnewWhatAReadingWasRestoredFor() {
        Reloop2Memory read = new Reloop2Memory(config(1, 0.1, 0), DIMENSIONS);
        Reloop2Memory held = new Reloop2Memory(config(1, 0.1, 0), DIMENSIONS);
        Random random = new Random(13);
        for (int i = 0; i < 100; i++) {
            float[] h = near(random, new float[DIMENSIONS], 1);
            read(read, h, 0.3);
            long one = read.write(NOTHING, h, 0, 0, i % 2, 1, reading);
            reading.restore(1, 0.3);
            long other = held.write(NOTHING, h, 0, 0, i % 2, 1, reading);
            assertThat(other).isEqualTo(one);
        }
        float[] query = near(random, new float[DIMENSIONS], 1);

        assertThat(read(held, query, 0.3)).isEqualTo(read(read, query, 0.3));
    }

    @Test
    void aLabelThatChangesIsCorrectedByAddition() {
        Reloop2Memory corrected = new Reloop2Memory(config(1, 0.1, 0), DIMENSIONS);
        Reloop2Memory right = new Reloop2Memory(config(1, 0.1, 0), DIMENSIONS);
        float[] h = {1, 2, 3, 4, 5, 6, 7, 8};
        read(corrected, h, 0.3);
        long taken = corrected.write(NOTHING, h, 0, 5, 0, 2, reading);
        corrected.correct(NOTHING, h, 5, taken, 0, 1, 2);
        read(right, h, 0.3);
        long unused = right.write(NOTHING, h, 0, 5, 1, 2, reading);

        assertThat(read(corrected, h, 0.3)).isEqualTo(read(right, h, 0.3));
    }

    @Test
    void whatWasWrittenBeforeAResetCanNotBeCorrectedBehindIt() {
        Reloop2Memory memory = new Reloop2Memory(config(1, 0.1, 1), DIMENSIONS);
        float[] h = {1, 2, 3, 4, 5, 6, 7, 8};
        read(memory, h, 0.3);
        long taken = memory.write(NOTHING, h, 0, 5, 0, 1, reading);
        memory.correct(NOTHING, h, 5, taken, 0, 1, 1);

        assertThat(read(memory, h, 0.3)).isEqualTo(0.3);
    }

    @Test
    void partsAddUpToTheWhole() throws IOException {
        Reloop2Memory whole = trained(new Random(14), 300);
        byte[][] pieces = new byte[7][];
        ByteArrayOutputStream[] buffers = new ByteArrayOutputStream[7];
        DataOutputStream[] outs = new DataOutputStream[7];
        for (int i = 0; i < 7; i++) {
            buffers[i] = new ByteArrayOutputStream();
            outs[i] = new DataOutputStream(buffers[i]);
            whole.writeHead(outs[i]);
        }
        whole.writeCells(7, outs);
        Reloop2Memory merged = new Reloop2Memory(config(1, 0.1, 1_000), DIMENSIONS);
        for (int i = 6; i >= 0; i--) {
            pieces[i] = buffers[i].toByteArray();
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(pieces[i]));
            merged.readHead(in);
            merged.readCells(in);
            assertThat(in.available()).isZero();
        }

        sameReadings(merged, whole);
    }

    @Test
    void aServedMemoryReadsWhatItsTrainerReads() throws IOException {
        Random random = new Random(15);
        Reloop2Memory trainer = new Reloop2Memory(config(1, 0.1, 70), DIMENSIONS);
        Reloop2Memory served = new Reloop2Memory(config(1, 0.1, 70), DIMENSIONS);
        for (int round = 0; round < 20; round++) {
            // The rounds pass several resets; emptied blocks have to travel too.
            train(trainer, random, 17);
            trainer.drainChanged(
                    (id, payload) -> {
                        try {
                            served.putBlock(id, payload);
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    });
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            trainer.writeServedHead(new DataOutputStream(head));
            served.readServedHead(
                    new DataInputStream(new ByteArrayInputStream(head.toByteArray())));

            sameReadings(served, trainer);
        }
    }

    @Test
    void refusesBlocksAndStateOfAnotherShape() throws IOException {
        Reloop2Memory memory = trained(new Random(16), 10);
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        memory.writeHead(new DataOutputStream(head));
        Reloop2Memory wider = new Reloop2Memory(config(1, 0.1, 0), DIMENSIONS + 1);

        assertThatThrownBy(
                        () ->
                                wider.readHead(
                                        new DataInputStream(
                                                new ByteArrayInputStream(head.toByteArray()))))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("model.dimensions changed");
        assertThatThrownBy(() -> memory.putBlock(3, new byte[13]))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("found block 3");
        byte[] outside = new byte[13];
        Arrays.fill(outside, (byte) 0x7f);
        assertThatThrownBy(() -> memory.putBlock(0, outside))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("place 127");
    }

    @Test
    void holdsAConstantNumberOfBytes() {
        Reloop2Memory memory = new Reloop2Memory(Reloop2Config.DEFAULT, 16);
        long before = memory.bytes();

        assertThat(before).isEqualTo(16 * 4096 * 12 + 16 * 4096 / 64 / 8 + 16 * 12 * 16 * 4);
        assertThat(trained(new Random(17), 500).bytes())
                .isEqualTo(new Reloop2Memory(config(1, 0.1, 1_000), DIMENSIONS).bytes());
    }

    private Reloop2Memory trained(Random random, int examples) {
        Reloop2Memory memory = new Reloop2Memory(config(1, 0.1, 1_000), DIMENSIONS);
        train(memory, random, examples);
        return memory;
    }

    private void train(Reloop2Memory memory, Random random, int examples) {
        for (int i = 0; i < examples; i++) {
            float[] h = near(random, new float[DIMENSIONS], 1);
            read(memory, h, 0.3);
            long unused = memory.write(NOTHING, h, 0, 0, random.nextInt(2), 1, reading);
        }
    }

    private void sameReadings(Reloop2Memory one, Reloop2Memory other) {
        Random random = new Random(18);
        for (int i = 0; i < 100; i++) {
            float[] h = near(random, new float[DIMENSIONS], 1);
            assertThat(read(one, h, 0.4)).isEqualTo(read(other, h, 0.4));
        }
    }
}
