package io.sluice.state.store;

import io.sluice.state.event.Attributes;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.feature.stream.StreamReader;
import io.sluice.state.store.rocksdb.RocksRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Reads the streaming values of one candidate: 11 features over 4 scopes (item, user and item, user
 * and genre, device and item) with two genres each. Divide by 11 for one feature. {@code
 * request} reads the 5 features of a request.
 *
 * <pre>mvn -q -Pjmh -pl state verify -Djmh.include=FeatureReadBenchmark</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FeatureReadBenchmark {

    private static final int CANDIDATES = 50;

    /** hot: RocksDB with all records in memory; cold: with none. */
    @Param({"hot", "cold"})
    private String records;

    private final String[] items = new String[CANDIDATES];
    private final Attributes[] features = new Attributes[CANDIDATES];
    private Path directory;
    private ServedEntities entities;
    private StreamReader reader;
    private StreamedValues values;
    private Attributes context;
    private long now;

    @Setup
    public void open() throws Exception {
        directory = Files.createTempDirectory("feature-benchmark");
        entities =
                new ServedEntities(
                        new RocksRecords(directory),
                        StreamedPages.SCHEMA,
                        records.equals("hot") ? 1_000_000 : 0);
        StreamedPages stream = new StreamedPages(1);
        for (int i = 0; i < 20; i++) {
            stream.happen(200);
        }
        StreamedPages.fold(entities, stream.log);
        for (int i = 0; i < CANDIDATES; i++) {
            items[i] = "i" + i;
            features[i] = stream.anyFeatures();
        }
        reader = new StreamReader(entities.plan(), entities);
        values = new StreamedValues(StreamedPages.SCHEMA);
        context = stream.anyContext();
        now = stream.now();
        request();
    }

    @TearDown
    public void remove() throws IOException {
        entities.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(CANDIDATES)
    public StreamedValues candidate() {
        for (int i = 0; i < CANDIDATES; i++) {
            reader.item(items[i], features[i], values);
        }
        return values;
    }

    @Benchmark
    public StreamedValues request() {
        reader.request(now, "u1", context, values);
        return values;
    }
}
