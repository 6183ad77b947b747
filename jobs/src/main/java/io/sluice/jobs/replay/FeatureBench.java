package io.sluice.jobs.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import io.sluice.jobs.broker.EmbeddedKafka;
import io.sluice.jobs.cluster.LocalCluster;
import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.ConfigPrinter;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.connect.Topics;
import io.sluice.jobs.features.FeatureJob;
import io.sluice.jobs.files.WorkFolder;
import io.sluice.jobs.replay.FeatureReadCost.Subject;
import io.sluice.jobs.train.TrainingJob.Mode;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Interaction;
import io.sluice.state.file.WholeFile;
import io.sluice.state.store.ServedEntities;
import io.sluice.state.store.StreamPosition;
import io.sluice.state.store.rocksdb.RocksRecords;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * How many events a second the features job takes from Kafka to the features topic, all in this
 * JVM: generated interactions are written to an embedded broker once, then the job reads them
 * several times, each time with empty state and a topic of its own. The median counts; a run's time
 * is that from handing the job in to its end, its start included. Beside it stands the processor
 * time of this JVM an event, the broker's included: it says more where others use the machine too.
 *
 * <p>At the end a server's table is filled from the topic of the first run, and what it costs to
 * read a candidate's features is measured ({@link FeatureReadCost}).
 */
public final class FeatureBench {

    /**
     * Used where the configuration declares none: one of each sort that a shop would begin with.
     */
    private static final String STREAMING =
            "streaming=["
                    + "{name: item_rate, kind: rate, scope: [item], halfLifeMs: 86400000},"
                    + "{name: user_rate, kind: rate, scope: [user], halfLifeMs: 86400000},"
                    + "{name: user_item, kind: count, scope: [user, item]},"
                    + "{name: user_genre, kind: rate, scope: [user, genre]},"
                    + "{name: user_recency, kind: recency, scope: [user]},"
                    + "{name: user_last, kind: last, scope: [user], field: item, of: positives},"
                    + "{name: item_trend, kind: trend, scope: [item], halfLifeMs: 3600000},"
                    + "{name: item_share, kind: share, scope: [item], halfLifeMs: 86400000},"
                    + "{name: item_together, kind: together, scope: [item], of: positives}]";

    private static final String FEATURES =
            "features=[{name: user, source: user, type: id}, {name: item, source: item, type: id},"
                    + " {name: genre, source: features.genre, type: category}]";
    private static final long START = 1_700_000_000_000L;
    private static final long STEP_MS = 10;
    private static final int USERS = 100_000;
    private static final int ITEMS = 20_000;
    private static final int GENRES = 40;

    /** Users and items that requests take in turn. */
    private static final int READ = 10_007;

    /** Records that a server takes in at a time. */
    private static final int COMMIT = 10_000;

    private final Request request;
    private final PrintWriter out;
    private final List<Double> speeds = new ArrayList<>();
    private final List<Double> processorMicros = new ArrayList<>();
    private long published;
    private long publishedBytes;
    private FeatureReadCost.Figures read;
    private long entities;

    /**
     * What is to be measured.
     *
     * @param overrides lays a configuration over the benchmark's own
     * @param events how many, at least 1
     * @param runs how often, at least 1
     * @param json file for the figures; empty: none
     * @param revision of the sources
     */
    public record Request(
            UnaryOperator<ConfigLoader> overrides,
            int events,
            int runs,
            Optional<Path> json,
            String revision) {}

    private FeatureBench(Request request, PrintWriter out) {
        this.request = request;
        this.out = out;
    }

    /** Runs the benchmark, prints its figures and writes them where the request says. */
    public static void run(Request request, PrintWriter out) throws IOException {
        new FeatureBench(request, out).run();
    }

    private void run() throws IOException {
        try (WorkFolder folder = WorkFolder.temporary("sluice-bench-");
                EmbeddedKafka kafka = EmbeddedKafka.start(folder.path().resolve("kafka"))) {
            SluiceConfig first = config(kafka, folder, 0);
            Topics.create(first);
            send(first);
            for (int run = 0; run < request.runs(); run++) {
                SluiceConfig config = config(kafka, folder, run);
                Topics.ensureForFeatures(config);
                long before = processorNanos();
                speeds.add(request.events() / seconds(config));
                processorMicros.add((processorNanos() - before) / 1e3 / request.events());
                say(
                        "run %d: %,.0f events per second, %.1f us of processor time each%n",
                        run + 1, speeds.get(run), processorMicros.get(run));
            }
            measureReading(first, folder);
            say(
                    "median: %,.0f events per second, %.1f us of processor time each%n",
                    median(speeds), median(processorMicros));
            say(
                    "%,d records of %,d entities were published, %,d bytes%n",
                    published, entities, publishedBytes);
            say(
                    "reading a candidate: %.0f ns, %.0f ns for each of %d features, %.1f bytes allocated%n",
                    read.nanosPerCandidate(),
                    read.nanosPerFeature(),
                    read.features(),
                    read.bytesPerCandidate());
            write(first);
        }
    }

    private SluiceConfig config(EmbeddedKafka kafka, WorkFolder folder, int run) {
        ConfigLoader own = new ConfigLoader().set(FEATURES).set(STREAMING);
        return request.overrides()
                .apply(own.set("examples.source=interactions"))
                .set("kafka.bootstrap=" + kafka.bootstrap())
                .set("topics.features=features-" + run)
                .set("train.checkpointDir=" + folder.path().resolve("checkpoints-" + run))
                .load();
    }

    private void send(SluiceConfig config) throws IOException {
        Random random = new Random(config.seed());
        try (EventSender sender = new EventSender(config)) {
            for (int n = 0; n < request.events(); n++) {
                sender.send(config.topics().interactions(), event(n, random));
            }
            sender.flush();
        }
        say("sent %,d events%n", request.events());
    }

    /** Few users and items make most of the events, as they do in life. */
    private static Interaction event(int n, Random random) {
        Subject item = item(random);
        return new Interaction(
                "n" + n,
                START + STEP_MS * n,
                user(random).id(),
                item.id(),
                random.nextInt(4) == 0 ? 1 : 0,
                Double.NaN,
                Attributes.EMPTY,
                item.attributes());
    }

    private static Subject user(Random random) {
        return new Subject("u" + skewed(USERS, random), Attributes.EMPTY);
    }

    private static Subject item(Random random) {
        int item = skewed(ITEMS, random);
        return new Subject(
                "i" + item,
                Attributes.builder().put("genre", "g" + item % GENRES).build().remembering());
    }

    private static int skewed(int count, Random random) {
        double share = random.nextDouble();
        return (int) (count * share * share * share);
    }

    private double seconds(SluiceConfig config) throws IOException {
        try (LocalCluster cluster =
                LocalCluster.start(
                        FeatureJob.settings(config, Mode.BOUNDED), config.train().parallelism())) {
            long start = System.nanoTime();
            cluster.await(cluster.submit(FeatureJob.environment(config, Mode.BOUNDED)));
            return (System.nanoTime() - start) / 1e9;
        } catch (ExecutionException e) {
            throw new IOException("the features job failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the features job ran", e);
        }
    }

    /** Processor time of this JVM so far. */
    private static long processorNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** Counts what was published, and reads it as a server does. */
    private void measureReading(SluiceConfig config, WorkFolder folder) throws IOException {
        try (ServedEntities table =
                new ServedEntities(
                        new RocksRecords(folder.path().resolve("served")),
                        config.schema(),
                        config.serve().hotEntities())) {
            new TopicReader(config.kafka(), config.topics().features())
                    .read(record -> fold(record, table));
            table.commit();
            entities = table.figures().records();
            Random random = new Random(config.seed());
            Subject[] users = new Subject[READ];
            Subject[] items = new Subject[READ];
            for (int i = 0; i < READ; i++) {
                users[i] = user(random);
                items[i] = item(random);
            }
            read =
                    new FeatureReadCost(table, START + STEP_MS * request.events())
                            .measure(n -> users[n % READ], n -> items[n % READ]);
        }
    }

    private void fold(ConsumerRecord<byte[], byte[]> record, ServedEntities table)
            throws IOException {
        published++;
        publishedBytes += record.serializedKeySize() + Math.max(0, record.serializedValueSize());
        StreamPosition behind = new StreamPosition(record.topic(), record.offset() + 1);
        table.apply(record.partition(), record.key(), record.value(), behind);
        if (published % COMMIT == 0) {
            table.commit();
        }
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private void write(SluiceConfig config) throws IOException {
        if (request.json().isEmpty()) {
            return;
        }
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("command", "bench features");
        root.put("revision", request.revision());
        root.put("seed", config.seed());
        root.set("settings", ConfigPrinter.tree(config));
        ObjectNode data = root.putObject("data");
        data.put("events", request.events());
        data.put("users", USERS);
        data.put("items", ITEMS);
        root.put("processors", Runtime.getRuntime().availableProcessors());
        root.put("eventsPerSecond", median(speeds));
        ArrayNode runs = root.putArray("runs");
        speeds.forEach(runs::add);
        root.put("processorMicrosPerEvent", median(processorMicros));
        ArrayNode processors = root.putArray("processorMicrosOfRuns");
        processorMicros.forEach(processors::add);
        root.put("entities", entities);
        root.put("recordsPublished", published);
        root.put("bytesPublished", publishedBytes);
        ObjectNode reading = root.putObject("read");
        reading.put("candidatesPerRequest", FeatureReadCost.CANDIDATES);
        reading.put("featuresPerCandidate", read.features());
        reading.put("nanosPerCandidate", read.nanosPerCandidate());
        reading.put("nanosPerFeature", read.nanosPerFeature());
        reading.put("bytesAllocatedPerCandidate", read.bytesPerCandidate());
        WholeFile.text(
                request.json().get(),
                mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }

    private void say(String format, Object... values) {
        out.printf(Locale.ROOT, format, values);
        out.flush();
    }
}
