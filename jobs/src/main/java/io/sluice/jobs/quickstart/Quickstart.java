package io.sluice.jobs.quickstart;

import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.files.WorkFolder;
import io.sluice.jobs.serve.RerankServer;
import io.sluice.state.file.WholeFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs the whole loop for a while and tells what it came to.
 *
 * <p>Starts the {@link Pipeline}, lets {@link Readers} loose on it, waits until everything they did
 * is learnt, counts at both ends, and leaves the figures. Ends by itself; interrupting its thread
 * ends it in order.
 */
public final class Quickstart {

    /**
     * From the last click to the end of its learning: the window, idle partitions, a publication.
     */
    private static final long SETTLE_MS = 15_000;

    private static final long POLL_MS = 100;

    private final ConfigLoader loader;
    private final QuickstartOptions options;
    private final PrintWriter out;
    private final Traffic traffic;
    private final WorldSize size;
    private final VisitLog log = new VisitLog();
    private final FreshnessProbe freshness = new FreshnessProbe();

    /**
     * A quick start that has not begun.
     *
     * @param loader the configuration, see {@link QuickstartConfig#loader}
     * @param options how it is run
     * @param out what a person reads
     */
    public Quickstart(ConfigLoader loader, QuickstartOptions options, PrintWriter out) {
        this(loader, options, WorldSize.DEFAULT, out);
    }

    /** In a world of another size. */
    Quickstart(ConfigLoader loader, QuickstartOptions options, WorldSize size, PrintWriter out) {
        this.loader = loader;
        this.options = options;
        this.size = size;
        this.out = out;
        traffic = Traffic.lasting(options.seconds());
    }

    /** Runs to the end. */
    public void run() throws Exception {
        Files.createDirectories(options.out());
        QuickstartResult result;
        Interruption interruption = new Interruption();
        try (WorkFolder folder = folder()) {
            result = play(folder.path());
        } finally {
            interruption.close();
        }
        new Summary(out).print(result);
        leave(result);
        NextSteps.print(options.out(), out);
    }

    private WorkFolder folder() throws IOException {
        return options.keepData()
                ? WorkFolder.kept(options.out(), "data-")
                : WorkFolder.temporary("sluice-quickstart-");
    }

    private QuickstartResult play(Path data) throws Exception {
        say("Starting a Kafka broker, a Flink cluster with two jobs, and a server ...");
        try (Pipeline pipeline = Pipeline.start(loader, data, false);
                RerankServer server = RerankServer.start(pipeline.config())) {
            ServerFigures figures = new ServerFigures(URI.create(server.url()));
            pipeline.awaitRunning();
            figures.awaitReady();
            double startup = sinceStart();
            SluiceConfig config = pipeline.config();
            say(
                    "Ready after %.1f s: Kafka at %s, server at %s",
                    startup, config.kafka().bootstrap(), server.url());
            List<Window> windows = readers(config, server);
            Counts counts = settle(config, figures);
            Map<Stretch, Rates> rates = new EnumMap<>(Stretch.class);
            for (Stretch stretch : Stretch.values()) {
                rates.put(stretch, stretch.rates(log, traffic, size.shown()));
            }
            return new QuickstartResult(
                    config,
                    size,
                    traffic,
                    rates,
                    windows,
                    Verdict.of(log, traffic, size.shown(), windows),
                    freshness.overall(),
                    counts,
                    startup,
                    sinceStart(),
                    Memory.peakBytes());
        }
    }

    /** Of the two arms one asks the server, the other sorts by the view that it answers from. */
    private List<Window> readers(SluiceConfig config, RerankServer server)
            throws IOException, InterruptedException {
        long seed = config.seed();
        SimulatedWorld world = new SimulatedWorld(size, seed);
        ProductClient client = new ProductClient(URI.create(server.url()), world);
        Arm sort = new SortArm(world, server.model(), seed);
        try (Readers readers = new Readers(world, seed, client, sort, traffic, log, freshness)) {
            return new Watch(readers, traffic, log, freshness, size.shown(), new LiveTable(out))
                    .follow();
        }
    }

    /** Waits until everything that was shown is learnt, then counts. */
    private Counts settle(SluiceConfig config, ServerFigures figures)
            throws IOException, InterruptedException {
        long requests = log.size();
        long clicks = log.all().stream().mapToInt(VisitOutcome::clicks).sum();
        long end = System.currentTimeMillis() + SETTLE_MS;
        long examples = figures.examples();
        while (examples < requests * size.shown() && System.currentTimeMillis() < end) {
            Thread.sleep(POLL_MS);
            examples = figures.examples();
        }
        return new Counts(
                requests,
                clicks,
                TopicCount.of(config.kafka(), config.topics().impressions()),
                TopicCount.of(config.kafka(), config.topics().feedback()),
                examples,
                TopicCount.of(config.kafka(), config.topics().deadLetters()));
    }

    private void leave(QuickstartResult result) throws IOException {
        String json = QuickstartJson.write(result, options.revision());
        Path page = options.out().resolve("report.html");
        WholeFile.text(page, QuickstartPage.write(json));
        if (options.json().isPresent()) {
            WholeFile.text(options.json().get(), json + "\n");
        }
        say("Curves: %s", page);
    }

    /** Seconds since the JVM was started, which is when whoever waits began to wait. */
    private static double sinceStart() {
        long started = ManagementFactory.getRuntimeMXBean().getStartTime();
        return (System.currentTimeMillis() - started) / 1000.0;
    }

    private void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }
}
