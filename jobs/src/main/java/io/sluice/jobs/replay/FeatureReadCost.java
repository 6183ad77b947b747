package io.sluice.jobs.replay;

import com.sun.management.ThreadMXBean;
import io.sluice.state.event.Attributes;
import io.sluice.state.feature.EncodedItem;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.feature.stream.StreamReader;
import io.sluice.state.store.ServedEntities;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * What it costs a server to read the streaming features of a candidate whose declared ones are
 * encoded: requests of {@value #CANDIDATES} candidates each, one thread, the records as the server
 * keeps them. The median of the requests counts, which is what the code takes even where others use
 * the machine too.
 */
final class FeatureReadCost {

    static final int CANDIDATES = 100;

    private static final int WARM_UP = 20_000;
    private static final int REQUESTS = 10_000;

    private final ServedEntities entities;
    private final long now;
    private final StreamReader reader;
    private final StreamedValues values;
    private final FeatureEncoder encoder;
    private final EncodedItem[] declared = new EncodedItem[CANDIDATES];

    /** Whom a request is from, or what it may show. */
    record Subject(String id, Attributes attributes) {}

    /**
     * What was measured.
     *
     * @param features read for each candidate, those of the request not counted
     * @param nanosPerCandidate the request's own features included
     * @param bytesPerCandidate allocated
     */
    record Figures(int features, double nanosPerCandidate, double bytesPerCandidate) {

        double nanosPerFeature() {
            return nanosPerCandidate / features;
        }
    }

    /** The cost of reading these records as of a moment. */
    FeatureReadCost(ServedEntities entities, long now) {
        this.entities = entities;
        this.now = now;
        reader = new StreamReader(entities.plan(), entities);
        values = new StreamedValues(entities.plan().schema());
        encoder = new FeatureEncoder(entities.plan().schema());
    }

    /**
     * Reads and measures.
     *
     * @param users those that requests are from, in turn
     * @param items those that requests show, in turn
     */
    Figures measure(IntFunction<Subject> users, IntFunction<Subject> items) {
        Subject[] shown = new Subject[CANDIDATES];
        double[] nanos = new double[REQUESTS];
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = 0;
        for (int n = -WARM_UP; n < REQUESTS; n++) {
            Subject user = users.apply(n + WARM_UP);
            for (int i = 0; i < CANDIDATES; i++) {
                shown[i] = items.apply((n + WARM_UP) * CANDIDATES + i);
                declared[i] =
                        encoder.item(
                                shown[i].id(), shown[i].attributes(), new EncodedItem.Scratch());
            }
            long allocated = threads.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            read(user, shown);
            long took = System.nanoTime() - start;
            if (n >= 0) {
                nanos[n] = took;
                bytes += threads.getCurrentThreadAllocatedBytes() - allocated;
            }
        }
        Arrays.sort(nanos);
        return new Figures(
                features(),
                nanos[REQUESTS / 2] / CANDIDATES,
                (double) bytes / REQUESTS / CANDIDATES);
    }

    private void read(Subject user, Subject[] shown) {
        entities.readLock().lock();
        try {
            reader.request(now, user.id(), user.attributes(), values);
            for (int i = 0; i < shown.length; i++) {
                reader.item(declared[i], shown[i].attributes(), values);
            }
        } finally {
            entities.readLock().unlock();
        }
    }

    private int features() {
        int features = 0;
        for (int i = 0; i < values.size(); i++) {
            features += values.perItem(i) ? 1 : 0;
        }
        return features;
    }
}
