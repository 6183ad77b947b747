package io.sluice.state.store;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.Candidate;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.rank.Deadline;
import io.sluice.state.rank.Exploration;
import io.sluice.state.rank.Ranker;
import io.sluice.state.store.TrainedPages.Entry;
import io.sluice.state.store.rocksdb.RocksServedRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One request of 100 candidates against a view: encode, look rows up, score, sort. 16 dimensions,
 * 5 features.
 *
 * <pre>mvn -q -Pjmh -pl state verify -Djmh.include=RankBenchmark</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RankBenchmark {

    /** heap: all rows in one table; hot: RocksDB with all rows in memory; cold: with none. */
    @Param({"heap", "hot", "cold"})
    private String rows;

    private Path directory;
    private ServedModel model;
    private ViewRanker ranker;
    private RerankRequest request;

    @Setup
    public void open() throws IOException {
        directory = Files.createTempDirectory("rank-benchmark");
        ServedRows store =
                rows.equals("heap")
                        ? new HeapServedRows()
                        : new RocksServedRows(directory, rows.equals("hot") ? 1_000_000 : 0);
        model = new ServedModel(store);
        TrainedPages trainer = new TrainedPages(1, 16, TrainedPages.SCHEMA);
        trainer.learn(20_000);
        trainer.publish();
        for (Entry entry : trainer.log) {
            model.apply(entry.page(), entry.behind());
        }
        ranker = new ViewRanker(model, new Ranker(new Exploration(0.05, 1)));
        List<Candidate> items = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            items.add(new Candidate("i" + i, trainer.anyFeatures()));
        }
        Attributes context = trainer.anyContext();
        request = TrainedPages.request("r", "u1", context, items);
    }

    @TearDown
    public void remove() throws IOException {
        model.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Benchmark
    public RankedRequest rank() {
        return ranker.rank(request, Deadline.none());
    }
}
