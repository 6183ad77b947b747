package io.sluice.state.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.learner.LearnerEvent;
import io.sluice.state.learner.NumberedStream;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.learner.RandomStream;
import io.sluice.state.model.ModelConfig;
import io.sluice.state.sparse.MemoryBudget;
import io.sluice.state.sparse.StoreConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Learner and events with raw numbers. */
class NumberedLearnerCodecTest {

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, 1 << 16})
    void restoringBetweenAnyTwoEventsChangesNothing(long memory) throws IOException {
        List<LearnerEvent> events = NumberedStream.events(11, 80);
        RestoredRuns.assertSame(() -> learner(memory), events, 1);
    }

    private static OnlineLearner learner(long memory) {
        ModelConfig config =
                RandomStream.config(0.7).within(new MemoryBudget(memory), StoreConfig.DEFAULT);
        return new OnlineLearner(config, NumberedStream.SCHEMA);
    }

    @Test
    void eventsWithNumbersComeBackAsTheyWere() throws IOException {
        LearnerEventCodec codec = new LearnerEventCodec();
        for (LearnerEvent event : NumberedStream.events(2, 50)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            codec.write(event, new DataOutputStream(out));
            DataInputStream in = in(out.toByteArray());

            assertThat(codec.read(codec.version(), in)).isEqualTo(event);
            assertThat(in.available()).isZero();
        }
    }

    @Test
    void vectorsOfAnySizeComeBackAsTheyWere() throws IOException {
        for (int size : new int[] {0, 1, 1_023, 1_024, 1_025, 3_000}) {
            FeatureVector vector = new FeatureVector();
            vector.addNumber(1, 5);
            for (int i = 0; i < size; i++) {
                vector.add(i + 1, i, i % 256);
                vector.addNumber(i, i % 2 == 0 ? Double.NaN : i);
            }

            assertThat(Fields.readVector(true, in(bytes(vector)))).isEqualTo(vector);
        }
    }

    @Test
    void vectorsOfTheOldVersionHaveNeitherFieldsNorNumbers() throws IOException {
        FeatureVector vector = new FeatureVector();
        vector.add(5, 1);
        vector.add(6, 2);
        byte[] old =
                ByteBuffer.allocate(28)
                        .putInt(2)
                        .putLong(5)
                        .putFloat(1)
                        .putLong(6)
                        .putFloat(2)
                        .array();
        DataInputStream in = in(old);

        assertThat(Fields.readVector(false, in)).isEqualTo(vector);
        assertThat(in.available()).isZero();
    }

    @Test
    void aNumberBehindRowsThatAreNotThereIsRefused() throws IOException {
        FeatureVector vector = new FeatureVector();
        for (int i = 0; i < 1_025; i++) {
            vector.add(i + 1, 1);
        }
        vector.addNumber(0, 1);
        vector.addNumber(0, 2);
        byte[] bytes = bytes(vector);
        int first = 4 + 13 * 1_025 + 4;

        assertRefused(bytes, first, 1_026, "found a number behind 1026 rows, expected 0 to 1025");
        assertRefused(bytes, first, 2_000, "found a number behind 2000 rows, expected 0 to 1025");
        assertRefused(bytes, first, -1, "found a number behind -1 rows, expected 0 to 1025");
        assertRefused(bytes, first + 12, 7, "found a number behind 7 rows, expected 1025 to 1025");
        assertRefused(bytes, first + 4, -2, "place of a number: found -2");
        assertRefused(bytes, first - 4, -1, "numbers of a feature vector: found -1 entries");
    }

    private static void assertRefused(byte[] bytes, int at, int value, String message) {
        byte[] damaged = ByteBuffer.wrap(bytes.clone()).putInt(at, value).array();
        assertThatThrownBy(() -> Fields.readVector(true, in(damaged)))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining(message);
    }

    private static byte[] bytes(FeatureVector vector) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Fields.writeVector(vector, new DataOutputStream(out));
        return out.toByteArray();
    }

    private static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }
}
