package io.sluice.jobs.rerank;

import io.sluice.jobs.config.ShippedConfig;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.operators.rerank.RequestAnswerer;
import io.sluice.operators.rerank.ViewDoor;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Opens one view for all tasks of a pipeline in this process, and closes it behind the last one.
 *
 * <p>Each process reads the compacted topics for itself, as a server does, and keeps what it read
 * on its disk. The view is no part of checkpoints: those stay small, and a model is folded by the
 * same class everywhere.
 */
final class SharedViewDoor implements ViewDoor {

    private static final long serialVersionUID = 1;

    /** By name of the pipeline and its Kafka; guarded by itself. */
    private static final Map<String, Shared> OPEN = new HashMap<>();

    private final ShippedConfig shipped;

    SharedViewDoor(ShippedConfig shipped) {
        this.shipped = shipped;
    }

    @Override
    public OpenView open() throws IOException, InterruptedException {
        SluiceConfig config = shipped.unpack();
        Shared shared = take(config);
        try {
            shared.view.awaitReady(config.rerank().readyWaitMs());
        } catch (InterruptedException e) {
            shared.release();
            throw e;
        }
        return shared.forOneTask();
    }

    private static Shared take(SluiceConfig config) throws IOException {
        String key = config.name() + " " + config.kafka().bootstrap();
        synchronized (OPEN) {
            Shared shared = OPEN.get(key);
            if (shared == null) {
                shared = new Shared(key, JobView.open(config));
                OPEN.put(key, shared);
            }
            shared.tasks++;
            return shared;
        }
    }

    /** A view and how many tasks have it. */
    private static final class Shared {

        private final String key;
        private final JobView view;
        private int tasks; // guarded by OPEN

        Shared(String key, JobView view) {
            this.key = key;
            this.view = view;
        }

        void release() {
            synchronized (OPEN) {
                tasks--;
                if (tasks == 0) {
                    OPEN.remove(key);
                    view.close();
                }
            }
        }

        OpenView forOneTask() {
            return new OpenView() {
                private boolean closed;

                @Override
                public RequestAnswerer answerer() {
                    return view.answerer();
                }

                @Override
                public long eventTime() {
                    return view.eventTime();
                }

                @Override
                public long lagRecords() {
                    return view.lagRecords();
                }

                @Override
                public void close() {
                    if (!closed) {
                        closed = true;
                        release();
                    }
                }
            };
        }
    }
}
