package io.sluice.operators.features;

import io.sluice.operators.StateNames;
import io.sluice.operators.serde.SluiceTypes;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.stream.EntityAnswers;
import io.sluice.state.feature.stream.EntityMessage;
import io.sluice.state.feature.stream.EntityPage;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** The operator that keeps records, alone, on RocksDB. */
final class RecordHarness implements AutoCloseable {

    static final int GROUPS = 8;
    static final long INTERVAL_MS = 100;

    final KeyedOneInputStreamOperatorTestHarness<Tuple2<Integer, Long>, EntityMessage, EntityPage>
            harness;

    static RecordHarness start() throws Exception {
        return new RecordHarness(RecordFacts.SCHEMA, null, 1, 0);
    }

    static RecordHarness restore(OperatorSubtaskState state) throws Exception {
        return new RecordHarness(RecordFacts.SCHEMA, state, 1, 0);
    }

    /** An empty one whose files stand in a directory. */
    static RecordHarness in(Path directory, FeatureSchema schema) throws Exception {
        EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend();
        backend.setDbStoragePath(directory.toString());
        // Flink's test environment has next to none to share out, and would write a file a second.
        backend.getMemoryConfiguration().setUseManagedMemory(false);
        return new RecordHarness(schema, backend, null, 1, 0);
    }

    RecordHarness(FeatureSchema schema, OperatorSubtaskState restored, int parallelism, int index)
            throws Exception {
        this(schema, new EmbeddedRocksDBStateBackend(), restored, parallelism, index);
    }

    private RecordHarness(
            FeatureSchema schema,
            EmbeddedRocksDBStateBackend backend,
            OperatorSubtaskState restored,
            int parallelism,
            int index)
            throws Exception {
        harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new FeatureOperator(new FeatureConfig(schema, true, INTERVAL_MS)),
                        new EntityKeyFunction(),
                        EntityKeyFunction.TYPE,
                        GROUPS,
                        parallelism,
                        index);
        harness.setStateBackend(backend);
        harness.setup(SluiceTypes.ENTITY_PAGE.createSerializer());
        if (restored != null) {
            harness.initializeState(restored);
        }
        harness.open();
    }

    void feed(EntityMessage message) throws Exception {
        harness.processElement(message, message.time());
    }

    void feed(List<EntityMessage> messages) throws Exception {
        for (EntityMessage message : messages) {
            feed(message);
        }
    }

    /** What Flink does at a barrier. */
    OperatorSubtaskState checkpoint() throws Exception {
        harness.prepareSnapshotPreBarrier(1);
        return harness.snapshot(1, 1);
    }

    List<EntityPage> pages() {
        return harness.extractOutputValues();
    }

    List<EntityAnswers> answers() {
        return side(FeatureOperator.ANSWERS);
    }

    List<EntityMessage> following() {
        return side(EntityMessageFunction.FOLLOWING);
    }

    private <T> List<T> side(OutputTag<T> tag) {
        Queue<StreamRecord<T>> side = harness.getSideOutput(tag);
        return side == null ? List.of() : side.stream().map(StreamRecord::getValue).toList();
    }

    /** The entities in RocksDB; the harness itself can only count on the heap. */
    long entities() {
        return keys(StateNames.ENTITY_RECORD);
    }

    /** Entities with messages in RocksDB. */
    long waiting() {
        return keys(StateNames.ENTITY_WAITING);
    }

    private long keys(String state) {
        try (Stream<Object> keys =
                harness.getOperator()
                        .getKeyedStateBackend()
                        .getKeys(state, VoidNamespace.INSTANCE)) {
            return keys.count();
        }
    }

    @Override
    public void close() {
        try {
            harness.close();
        } catch (Exception e) {
            throw new AssertionError("the harness did not close", e);
        }
    }
}
