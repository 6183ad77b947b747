package io.sluice.jobs.rerank;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.view.LiveView;
import io.sluice.jobs.view.ViewListener;
import io.sluice.operators.rerank.RequestAnswerer;
import io.sluice.state.model.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A view of the rerank job, in a folder that this process has for itself. */
final class JobView implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JobView.class);

    private static final long LOOK_MS = 20;

    private final ViewFolder folder;
    private final LiveView view;

    private JobView(ViewFolder folder, LiveView view) {
        this.folder = folder;
        this.view = view;
    }

    /** Opens a view and starts to follow its topics. */
    static JobView open(SluiceConfig config) throws IOException {
        ViewFolder folder = ViewFolder.claim(Path.of(config.rerank().directory()));
        try {
            LiveView view = LiveView.open(config, folder.path(), "rerank", ViewListener.NONE);
            view.followers().start();
            return new JobView(folder, view);
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** Waits until the view is current, or for so long. */
    void awaitReady(long patienceMs) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMs);
        while (!view.followers().readiness().ready()) {
            if (System.nanoTime() >= end) {
                LOG.warn(
                        "answering from a view that is not current: {}",
                        view.followers().readiness().reason());
                return;
            }
            Thread.sleep(LOOK_MS);
        }
    }

    RequestAnswerer answerer() {
        return view.answerer();
    }

    long eventTime() {
        Manifest manifest = view.views().model().manifest();
        return manifest == null ? Long.MIN_VALUE : manifest.eventTime();
    }

    long lagRecords() {
        return view.followers().lagRecords();
    }

    @Override
    public void close() {
        try {
            view.close();
        } finally {
            folder.close();
        }
    }
}
