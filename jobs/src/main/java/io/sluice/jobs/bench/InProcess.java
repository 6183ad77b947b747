package io.sluice.jobs.bench;

import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.ConfigPrinter;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.view.LiveView;
import io.sluice.jobs.view.ViewListener;
import io.sluice.operators.rerank.Answer;
import io.sluice.operators.serde.BadInputException;
import io.sluice.operators.serde.EventWriter;
import io.sluice.operators.serde.Limits;
import io.sluice.operators.serde.RerankJson;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.file.WholeFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.function.LongFunction;
import org.HdrHistogram.Histogram;

/**
 * What a request costs without a door: in one thread, one after the other, over a view of its own.
 *
 * @param ranked from a request as an object to its answer as an object
 * @param whole from the bytes of the request to those of the reply; those of the impression are
 *     made behind it, as behind the HTTP door
 * @param work as much work as half of the requests need at most, without memory to speak of: what
 *     its 99 % point has beyond that is the machine's doing
 * @param processorMicros the processor time of all that, the impression too, on average: it says
 *     more where others use the machine too
 */
record InProcess(Latencies ranked, Latencies whole, Latencies work, double processorMicros) {

    /** Compiles what is measured. */
    private static final int WARM_UP = 60_000;

    private static final long READY_MS = 60_000;

    /**
     * Measures in a JVM that does nothing else, as a program does that ranks without a door: it
     * shares memory and processors with neither broker nor jobs.
     *
     * @param view directory of a view that is {@link #prepare prepared}
     * @param settings file that is written for it
     * @param count of requests
     */
    static InProcess alone(SluiceConfig config, Path view, Path settings, int count)
            throws IOException {
        WholeFile.text(settings, ConfigPrinter.yaml(config));
        try (ChildJvm jvm =
                new ChildJvm(
                        InProcess.class,
                        settings.toString(),
                        view.toString(),
                        Integer.toString(count))) {
            return jvm.hear(InProcess.class);
        }
    }

    /** Measures: settings, directory of the view, count of requests. */
    public static void main(String[] args) throws IOException {
        SluiceConfig config = new ConfigLoader().file(Path.of(args[0])).load();
        ChildJvm.tell(
                measure(
                        config,
                        Path.of(args[1]),
                        n -> BenchWorld.request("own", n),
                        Integer.parseInt(args[2])));
    }

    /** Fills a view, which needs the broker; {@link #measure} does not. */
    static void prepare(SluiceConfig config, Path directory)
            throws IOException, InterruptedException {
        try (LiveView view = open(config, directory)) {
            view.followers().start();
            long end = System.currentTimeMillis() + READY_MS;
            while (!view.followers().readiness().ready()) {
                if (System.currentTimeMillis() > end) {
                    throw new IOException(view.followers().readiness().reason());
                }
                Thread.sleep(20);
            }
        }
    }

    private static LiveView open(SluiceConfig config, Path directory) throws IOException {
        return LiveView.open(config, directory, "in-process", ViewListener.NONE);
    }

    /**
     * Measures.
     *
     * @param directory of a view that is {@link #prepare prepared}
     * @param bodies the n-th request
     */
    private static InProcess measure(
            SluiceConfig config, Path directory, LongFunction<byte[]> bodies, int count)
            throws IOException {
        try (LiveView view = open(config, directory)) {
            Limits limits = LiveView.limitsOfRequests(config);
            Histogram ranked = Latencies.histogram();
            Histogram whole = Latencies.histogram();
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long processorNanos = 0;
            for (int n = -WARM_UP; n < count; n++) {
                byte[] body = bodies.apply(Math.abs(n));
                long before = threads.getCurrentThreadCpuTime();
                long start = System.nanoTime();
                RerankRequest request = parse(body, limits);
                long parsed = System.nanoTime();
                Answer answer =
                        view.answerer().answer(request, parsed).toCompletableFuture().join();
                long done = System.nanoTime();
                byte[] reply = answer.json(false);
                long written = System.nanoTime();
                byte[] impression = EventWriter.value(answer.impression());
                if (n >= 0 && reply.length > 0 && impression.length > 0) {
                    processorNanos += threads.getCurrentThreadCpuTime() - before;
                    Latencies.record(ranked, done - parsed);
                    Latencies.record(whole, written - start);
                }
            }
            Latencies bytes = Latencies.of(whole, 0);
            return new InProcess(
                    Latencies.of(ranked, 0),
                    bytes,
                    work(bytes.p50(), count),
                    processorNanos / 1e3 / count);
        }
    }

    private static Latencies work(double micros, int count) {
        SameWork work = SameWork.lasting(micros);
        Histogram lasted = Latencies.histogram();
        for (int n = 0; n < count; n++) {
            long start = System.nanoTime();
            boolean done = work.ask();
            Latencies.record(lasted, done ? System.nanoTime() - start : 0);
        }
        return Latencies.of(lasted, 0);
    }

    private static RerankRequest parse(byte[] body, Limits limits) throws IOException {
        try {
            return RerankJson.parse(body, limits, System.currentTimeMillis(), () -> "none");
        } catch (BadInputException e) {
            throw new IOException(e);
        }
    }
}
