package io.sluice.jobs.bench;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.quickstart.ServerFigures;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Impression;
import io.sluice.state.event.ShownItem;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Fills a pipeline with what a shop knows after a while. */
final class History {

    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(15);
    private static final long LOOK_MS = 200;

    private History() {}

    /**
     * Sends the catalogue and the history, and waits until all of it is served.
     *
     * @param server that serves it
     * @return examples learnt
     */
    static long learn(int lists, SluiceConfig config, URI server, EventTopics topics)
            throws IOException, InterruptedException {
        for (int item = 0; item < BenchWorld.ITEMS; item++) {
            topics.send(config.topics().items(), "i" + item, BenchWorld.item(item));
        }
        BenchWorld.history(lists, config, topics::send);
        topics.flush();
        ServerFigures figures = new ServerFigures(server);
        long expected = (long) lists * BenchWorld.SLOTS;
        long end = System.nanoTime() + PATIENCE_NANOS;
        for (int n = 0; figures.examples() < expected; n++) {
            if (System.nanoTime() > end) {
                throw new IOException(
                        "learnt %,d of %,d examples in time"
                                .formatted(figures.examples(), expected));
            }
            // The present: it closes the windows of the past.
            topics.send(config.topics().impressions(), present(n));
            Thread.sleep(LOOK_MS);
        }
        return figures.examples();
    }

    private static Impression present(int n) {
        List<ShownItem> one =
                List.of(new ShownItem("i0", 0, Double.NaN, Double.NaN, Attributes.EMPTY));
        return new Impression(
                "present" + n, System.currentTimeMillis(), "", Attributes.EMPTY, one, "");
    }
}
