package io.sluice.jobs.bench;

import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.files.WorkFolder;
import io.sluice.jobs.quickstart.Pipeline;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How long answers take: both doors under load on a fixed schedule, an idle server, no door at all,
 * and from a click to a changed score.
 *
 * <p>This JVM holds the broker and the jobs, the rerank job among them; the server and who asks it
 * have JVMs of their own, as in life. First a history is learnt ({@link BenchWorld}). Both doors
 * are measured twice: with the jobs that learn from what is asked meanwhile, and without them, as
 * where training has machines of its own; the broker takes impressions either way. Without a door,
 * it is measured at the end, when all else has ended. Between two loads what the one before left is
 * waited for; what a load shows becomes negatives minutes later, so freshness is measured before
 * any of them.
 */
public final class ServeBench {

    private static final double IDLE_RATE = 20;
    private static final int IDLE_REQUESTS = 400;
    private static final double HTTP_RATE = 500;
    private static final double TOPIC_RATE = 200;
    private static final int IN_PROCESS = 20_000;

    /**
     * Requests over topics before those that count, of each load, but no more than half of them.
     */
    private static final int WARM_UP = 2_500;

    private final Request request;
    private final PrintWriter out;
    private long asked;

    /**
     * What is to be measured.
     *
     * @param overrides lays a configuration over the benchmark's own
     * @param history lists that are learnt before
     * @param http requests over HTTP in each run, 0: none
     * @param topics requests over topics in each run, 0: none
     * @param clicks whose way to a changed score is measured in each run, 0: none
     * @param runs how often
     * @param json file for the figures; empty: none
     * @param revision of the sources
     */
    public record Request(
            UnaryOperator<ConfigLoader> overrides,
            int history,
            int http,
            int topics,
            int clicks,
            int runs,
            Optional<Path> json,
            String revision) {}

    private ServeBench(Request request, PrintWriter out) {
        this.request = request;
        this.out = out;
    }

    /** Runs the benchmark, prints its figures and writes them where the request says. */
    public static void run(Request request, PrintWriter out) throws Exception {
        new ServeBench(request, out).run();
    }

    private void run() throws Exception {
        ConfigLoader loader = request.overrides().apply(BenchWorld.configure(new ConfigLoader()));
        ServeFigures figures = new ServeFigures();
        try (WorkFolder folder = WorkFolder.temporary("sluice-bench-")) {
            Path view = folder.path().resolve("in-process");
            SluiceConfig config = measureDoors(loader, folder.path(), view, figures);
            for (int run = 0; run < request.runs(); run++) {
                inProcess(config, view, folder.path().resolve("own.yaml"), figures);
            }
            figures.write(request, config);
        }
        say("medians of %d runs by the 99 %% point:%n", request.runs());
        figures.medians().forEach(this::say);
    }

    /** Measures all that needs the pipeline, and fills a view for what does not. */
    private SluiceConfig measureDoors(
            ConfigLoader loader, Path folder, Path view, ServeFigures figures) throws Exception {
        try (Pipeline pipeline = Pipeline.start(loader, folder, true);
                ServerProcess server =
                        new ServerProcess(pipeline.config(), folder.resolve("serve.yaml"));
                EventTopics topics = new EventTopics(pipeline.config())) {
            SluiceConfig config = pipeline.config();
            pipeline.awaitRunning();
            figures.learnt(History.learn(request.history(), config, server.url(), topics));
            say("learnt %,d examples of %,d lists%n", figures.learnt(), request.history());
            for (int run = 0; run < request.runs(); run++) {
                if (request.clicks() > 0) {
                    Freshness fresh =
                            new FreshnessRun(config, server.url(), topics).run(request.clicks());
                    figures.fresh(fresh);
                    take(figures, "click to changed score", fresh.changed());
                    take(figures, "click to event time", fresh.reflected());
                    say("  untrue event times: %d%n", fresh.untrue());
                }
                http(server, figures, "HTTP, jobs learning beside", request.http(), HTTP_RATE);
                topics(config, figures, "Kafka, jobs learning beside");
            }
            pipeline.stopLearning();
            InProcess.prepare(config, view);
            for (int run = 0; run < request.runs(); run++) {
                int idle = Math.min(IDLE_REQUESTS, request.http());
                http(server, figures, "HTTP, idle", idle, IDLE_RATE);
                double micros =
                        http(server, figures, "HTTP, server and client", request.http(), HTTP_RATE);
                sameWork(figures, request.http(), micros);
                topics(config, figures, "Kafka, job and client");
            }
            return config;
        }
    }

    private void inProcess(SluiceConfig config, Path view, Path settings, ServeFigures figures)
            throws IOException, InterruptedException {
        Quiet.await();
        InProcess own = InProcess.alone(config, view, settings, IN_PROCESS);
        take(figures, "in process, ranking", own.ranked());
        take(figures, "in process, bytes to bytes", own.whole());
        take(figures, "no ranking, as much work", own.work());
        figures.processor("in process", own.processorMicros());
        say("  %,.0f us of processor time each%n", own.processorMicros());
    }

    /**
     * A load over HTTP.
     *
     * @return microseconds of processor time that each request cost; 0: no request
     */
    private double http(
            ServerProcess server, ServeFigures figures, String name, int count, double rate)
            throws IOException, InterruptedException {
        if (count == 0) {
            return 0;
        }
        long from = next(LoadProcess.WARM_UP + count);
        try (LoadProcess load = new LoadProcess(server.url(), from, count, rate)) {
            Quiet.await();
            long processor = Quiet.processorNanos();
            long ofServer = server.processorNanos();
            long ofLoad = load.processorNanos();
            take(figures, name, load.run());
            double micros = cost(figures, name, processor, count);
            double byServer = (server.processorNanos() - ofServer) / 1e3 / count;
            double byLoad = (load.processorNanos() - ofLoad) / 1e3 / count;
            figures.processor(name + ", of it the server", byServer);
            figures.processor(name + ", of it who asks", byLoad);
            say("  of it the server %,.0f us, who asks %,.0f us%n", byServer, byLoad);
            return micros;
        }
    }

    /** The load over HTTP once more, without anything but its work. */
    private void sameWork(ServeFigures figures, int count, double micros)
            throws IOException, InterruptedException {
        if (count > 0) {
            Quiet.await();
            take(figures, "no server, as much work", SameWork.measure(count, HTTP_RATE, micros));
        }
    }

    private void topics(SluiceConfig config, ServeFigures figures, String name)
            throws InterruptedException {
        int count = request.topics();
        if (count > 0) {
            TopicLoad load = new TopicLoad(config, n -> BenchWorld.request("topic", n), "topic");
            int warmUp = Math.min(WARM_UP, count / 2);
            load.run(next(warmUp), warmUp, TOPIC_RATE);
            Quiet.await();
            long processor = Quiet.processorNanos();
            take(figures, name, load.run(next(count), count, TOPIC_RATE));
            cost(figures, name, processor, count);
        }
    }

    /** What each request of a load cost: whoever asks, whoever answers, broker and jobs. */
    private double cost(ServeFigures figures, String name, long before, int count) {
        double micros = (Quiet.processorNanos() - before) / 1e3 / count;
        figures.processor(name, micros);
        say("  %,.0f us of processor time each, of all processes%n", micros);
        return micros;
    }

    /** Numbers of requests that nobody asked before: ids are unique. */
    private long next(int count) {
        long first = asked;
        asked += count;
        return first;
    }

    private void take(ServeFigures figures, String name, Latencies latencies) {
        figures.add(name, latencies);
        say(name, latencies);
    }

    private void say(String name, Latencies figure) {
        say(
                "%-28s %,7d  50 %% %,9.0f us  99 %% %,9.0f us  99.9 %% %,9.0f us  most %,9.0f us%s%n",
                name,
                figure.count(),
                figure.p50(),
                figure.p99(),
                figure.p999(),
                figure.max(),
                figure.failed() == 0 ? "" : "  FAILED " + figure.failed());
    }

    private void say(String format, Object... values) {
        out.printf(Locale.ROOT, format, values);
        out.flush();
    }
}
