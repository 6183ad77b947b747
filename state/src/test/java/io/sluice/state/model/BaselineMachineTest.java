package io.sluice.state.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.feature.FeatureVector;
import io.sluice.state.kernel.Activations;
import io.sluice.state.sparse.MemoryBudget;
import io.sluice.state.sparse.StoreConfig;
import io.sluice.state.sparse.TableKind;
import io.sluice.state.sparse.ValueFormat;
import io.sluice.state.sparse.baseline.BaselineConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The machine over each baseline: bound, learning, checkpoints. */
class BaselineMachineTest {

    private static final int BUDGET = 70_000;

    static Stream<Arguments> tables() {
        List<Arguments> tables = new ArrayList<>();
        for (TableKind kind : TableKind.values()) {
            for (ValueFormat format : ValueFormat.values()) {
                if (kind.isBaseline()
                        && (kind != TableKind.FTRL || format == ValueFormat.FLOAT32)) {
                    tables.add(Arguments.of(kind, format));
                }
            }
        }
        return tables.stream();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void holdsTheBudgetWhateverComesAndUsesIt(TableKind kind, ValueFormat format)
            throws ReflectiveOperationException {
        FactorizationMachine machine = machine(kind, format);
        long atFirst = machine.bytes();
        Random random = new Random(3);
        for (int i = 0; i < 6_000; i++) {
            // All new ids, one hot id, and everything between.
            machine.learn(vector(i % 3 == 0 ? i * 7L : 1, random.nextInt(1 + i)), i & 1, 0);
        }

        assertThat(machine.bytes()).isEqualTo(atFirst).isLessThanOrEqualTo(BUDGET);
        assertThat(machine.bytes()).as("what is left over").isGreaterThan(BUDGET * 98L / 100);
        assertThat(arrays(table(machine))).as("recount").isEqualTo(machine.bytes());
    }

    @ParameterizedTest
    @MethodSource("tables")
    void learnsWhichIdsArePositive(TableKind kind, ValueFormat format) {
        FactorizationMachine machine = machine(kind, format);
        Random random = new Random(5);
        double loss = 0;
        int judged = 0;
        for (int i = 0; i < 20_000; i++) {
            int user = random.nextInt(40);
            int item = random.nextInt(40);
            int label = (user % 2 == item % 2 ? 1 : 0) ^ (item < 8 ? 1 : 0);
            double logit = machine.logit(vector(user, item));
            double before = machine.learn(vector(user, item), label, 0);
            assertThat(before).isEqualTo(logit);
            if (i >= 16_000) {
                loss += Activations.logLoss(Activations.sigmoid(before), label);
                judged++;
            }
        }

        // An interaction that no linear model learns: a fair coin has ln 2 = 0.693.
        assertThat(loss / judged).isLessThan(0.45);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void goesOnFromACheckpointAsIfNothingHadHappened(TableKind kind, ValueFormat format)
            throws IOException {
        FactorizationMachine machine = machine(kind, format);
        Random random = new Random(6);
        run(machine, random, 4_000);
        FactorizationMachine restored = machine(kind, format);
        byte[][] pieces = bytes(machine, 3);
        for (int piece : new int[] {2, 0, 1}) {
            restored.readRows(new DataInputStream(new ByteArrayInputStream(pieces[piece])));
        }
        restored.readHead(head(machine));
        assertThat(bytes(restored, 1)).isDeepEqualTo(bytes(machine, 1));

        run(machine, new Random(8), 3_000);
        run(restored, new Random(8), 3_000);

        assertThat(bytes(restored, 1)).isDeepEqualTo(bytes(machine, 1));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void refusesAnothersBytesAndCutOnes(TableKind kind, ValueFormat format) throws IOException {
        byte[] piece = bytes(machine(kind, format), 1)[0];
        TableKind other = kind == TableKind.LFU ? TableKind.CAFE : TableKind.LFU;

        assertThatThrownBy(() -> read(machine(other, format), piece, piece.length))
                .hasMessageContaining("found kind of table -%d".formatted(kind.code()))
                .hasMessageContaining("expected -%d".formatted(other.code()));
        for (MemoryBudget budget : List.of(MemoryBudget.NONE, new MemoryBudget(BUDGET))) {
            ModelConfig own = config().within(budget, StoreConfig.DEFAULT);
            assertThatThrownBy(() -> read(new FactorizationMachine(own), piece, piece.length))
                    .hasMessageContaining("found a table of kind %d".formatted(kind.code()))
                    .hasMessageContaining("set model.table");
        }
        for (int length : new int[] {0, 3, 9, 20, piece.length / 2, piece.length - 1}) {
            assertThatThrownBy(() -> read(machine(kind, format), piece, length))
                    .as("length %d", length)
                    .isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void isNotPublished(TableKind kind, ValueFormat format) {
        FactorizationMachine machine = machine(kind, format);

        assertThatThrownBy(() -> machine.drainChangedRows(new RowsByKey(new HashMap<>())))
                .hasMessageContaining("model.table must be own to publish a model");
    }

    private static FactorizationMachine machine(TableKind kind, ValueFormat format) {
        ModelConfig config =
                config().within(new MemoryBudget(BUDGET), StoreConfig.DEFAULT.with(format))
                        .over(kind, new BaselineConfig(2, 0.6, 0.1, 0.001));
        return new FactorizationMachine(config);
    }

    private static ModelConfig config() {
        return new ModelConfig(6, 0.1, 0.2, 0.05, 0.1, 1, 0.1, 0.001, 0, 1, 3);
    }

    private static FeatureVector vector(long user, long item) {
        FeatureVector x = new FeatureVector();
        x.add(1_000_000 + user, 1);
        x.add(2_000_000 + item, 1);
        return x;
    }

    private static void run(FactorizationMachine machine, Random random, int examples) {
        for (int i = 0; i < examples; i++) {
            int hot = (int) Math.abs(random.nextGaussian() * 300);
            machine.learn(vector(hot, random.nextInt(2_000)), random.nextInt(2), 0);
        }
    }

    private static byte[][] bytes(FactorizationMachine machine, int groups) throws IOException {
        ByteArrayOutputStream[] buffers = new ByteArrayOutputStream[groups];
        DataOutput[] outs = new DataOutput[groups];
        for (int group = 0; group < groups; group++) {
            buffers[group] = new ByteArrayOutputStream();
            outs[group] = new DataOutputStream(buffers[group]);
        }
        machine.writeRows(groups, outs);
        return Stream.of(buffers).map(ByteArrayOutputStream::toByteArray).toArray(byte[][]::new);
    }

    private static DataInputStream head(FactorizationMachine machine) throws IOException {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        machine.writeHead(new DataOutputStream(buffer));
        return new DataInputStream(new ByteArrayInputStream(buffer.toByteArray()));
    }

    private static void read(FactorizationMachine machine, byte[] piece, int length)
            throws IOException {
        machine.readRows(new DataInputStream(new ByteArrayInputStream(piece, 0, length)));
    }

    private static Object table(FactorizationMachine machine) throws ReflectiveOperationException {
        Field field = FactorizationMachine.class.getDeclaredField("table");
        field.setAccessible(true);
        return field.get(machine);
    }

    /**
     * Bytes of all arrays that hang on an object of the baselines, but for what follows the longest
     * example and not the model: arrays of less than {@code 50} rows of floats.
     */
    private static long arrays(Object owner) throws ReflectiveOperationException {
        long bytes = 0;
        for (Class<?> type = owner.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive()) {
                    continue;
                }
                field.setAccessible(true);
                Object value = field.get(owner);
                if (value == null || value == owner) {
                    continue;
                }
                if (value.getClass().isArray()) {
                    bytes += isScratch(owner, value) ? 0 : bytesOf(value);
                } else if (isPart(value, owner, field)) {
                    bytes += arrays(value);
                }
            }
        }
        return bytes;
    }

    private static boolean isScratch(Object owner, Object array) {
        boolean ofExample = owner.getClass().getSimpleName().endsWith("Table");
        return ofExample && Array.getLength(array) < 300;
    }

    /** Slots belong to the admission that made them, which the table only knows too. */
    private static boolean isPart(Object value, Object owner, Field field) {
        return value.getClass().getName().startsWith("io.sluice.state.sparse.baseline")
                && !(owner.getClass().getSimpleName().endsWith("Table")
                        && field.getName().equals("slots"))
                && !value.getClass().isRecord();
    }

    private static long bytesOf(Object array) {
        int length = Array.getLength(array);
        Class<?> type = array.getClass().getComponentType();
        int each = type == long.class ? 8 : type == char.class ? 2 : type == byte.class ? 1 : 4;
        return ((long) length * each + 16 + 7) / 8 * 8;
    }
}
