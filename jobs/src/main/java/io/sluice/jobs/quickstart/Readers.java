package io.sluice.jobs.quickstart;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The simulated readers: they ask for a list, look at it from the top, click what they like and say
 * so. The rivals of the engine order the same candidates at the same moment.
 *
 * <p>Runs in threads of its own from the start to the end of the traffic; the first failure ends
 * it.
 */
final class Readers implements AutoCloseable {

    private final SimulatedWorld world;
    private final ProductClient client;
    private final Traffic traffic;
    private final PopularityArm popularity;
    private final Arm sort;
    private final Arm random;
    private final Arm oracle;
    private final VisitLog log;
    private final FreshnessProbe freshness;

    private final ExecutorService threads;
    private final List<Future<?>> working = new ArrayList<>();
    private final long startMs;
    private final Pace pace;

    private volatile boolean failed;
    private volatile Reply latest;

    /**
     * Starts the traffic.
     *
     * @param sort orders by the scores of the model that the engine has at that moment
     */
    Readers(
            SimulatedWorld world,
            long seed,
            ProductClient client,
            Arm sort,
            Traffic traffic,
            VisitLog log,
            FreshnessProbe freshness) {
        this.world = world;
        this.client = client;
        this.sort = sort;
        this.traffic = traffic;
        this.log = log;
        this.freshness = freshness;
        popularity = new PopularityArm(world.size().items());
        random = new RandomArm(seed);
        oracle = new OracleArm(world);
        threads = Executors.newFixedThreadPool(traffic.threads());
        startMs = System.currentTimeMillis();
        pace = new Pace(traffic.perSecond(), traffic.seconds());
        for (int i = 0; i < traffic.threads(); i++) {
            working.add(threads.submit(this::read));
        }
    }

    /** When the traffic began, epoch milliseconds. */
    long startMs() {
        return startMs;
    }

    /** The latest answer; null before the first. */
    Reply latest() {
        return latest;
    }

    /**
     * Waits for the end of the traffic.
     *
     * @param timeoutMs how long at most, 0 or more
     * @return whether it has ended
     * @throws IOException when a request failed
     */
    boolean await(long timeoutMs) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        for (Future<?> worker : working) {
            try {
                worker.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException notYet) {
                return false;
            } catch (ExecutionException e) {
                throw new IOException("a simulated reader failed: " + e.getCause().getMessage(), e);
            }
        }
        return true;
    }

    private Void read() throws IOException, InterruptedException {
        try {
            for (long number = pace.await(); number >= 0 && !failed; number = pace.await()) {
                visit(world.visit(number));
            }
        } catch (IOException | RuntimeException e) {
            failed = true;
            throw e;
        }
        return null;
    }

    private void visit(Visit visit) throws IOException, InterruptedException {
        long askedMs = System.currentTimeMillis();
        Phase phase =
                askedMs - startMs < traffic.driftMs() ? Phase.BEFORE_DRIFT : Phase.AFTER_DRIFT;
        Reply reply = client.rank(visit, askedMs);
        freshness.answered(reply.eventTime(), System.currentTimeMillis());
        latest = reply;
        List<Integer> order = world.itemNumbers(reply.items());
        check(visit, order);
        // Before the clicks, which popularity learns from.
        double popular = worth(popularity, phase, visit);
        double sorted = worth(sort, phase, visit);
        int clicks = click(phase, visit, order);
        log.add(
                new VisitOutcome(
                        askedMs - startMs,
                        phase,
                        clicks,
                        world.expectedClicks(phase, visit, order),
                        sorted,
                        popular,
                        worth(random, phase, visit),
                        worth(oracle, phase, visit)));
    }

    private double worth(Arm arm, Phase phase, Visit visit) {
        return world.expectedClicks(phase, visit, arm.order(phase, visit));
    }

    private void check(Visit visit, List<Integer> order) throws IOException {
        if (order.size() != world.size().shown()
                || new HashSet<>(order).size() != order.size()
                || !visit.candidates().containsAll(order)) {
            throw new IOException(
                    "%s was answered with items %s, expected %d different ones out of %s"
                            .formatted(
                                    ProductClient.requestId(visit),
                                    order,
                                    world.size().shown(),
                                    visit.candidates()));
        }
    }

    private int click(Phase phase, Visit visit, List<Integer> order)
            throws IOException, InterruptedException {
        int clicks = 0;
        for (int position = 0; position < order.size(); position++) {
            int item = order.get(position);
            if (world.clicks(phase, visit, order, position)) {
                long clickedMs = System.currentTimeMillis();
                client.click(visit, item, clickedMs);
                freshness.clicked(clickedMs);
                popularity.learn(visit, item);
                clicks++;
            }
        }
        return clicks;
    }

    /** Ends the traffic at once. */
    @Override
    public void close() {
        failed = true;
        threads.shutdownNow();
    }
}
