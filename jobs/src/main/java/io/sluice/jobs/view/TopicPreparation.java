package io.sluice.jobs.view;

import io.sluice.jobs.connect.TopicsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates and checks the topics of a view, once for all followers. Thread-safe. */
final class TopicPreparation {

    private static final Logger LOG = LoggerFactory.getLogger(TopicPreparation.class);

    private final Runnable topics;
    private boolean done;
    private boolean tried;

    /** Prepares by this, which throws {@link TopicsException} for topics that are not right. */
    TopicPreparation(Runnable topics) {
        this.topics = topics;
    }

    /** Prepares, if nobody did so before. */
    synchronized void run() {
        if (!done) {
            topics.run();
            done = true;
        }
    }

    /** Prepares if nobody tried before; faults are logged only. */
    synchronized void tryToRun() {
        if (done || tried) {
            return;
        }
        tried = true;
        try {
            run();
        } catch (TopicsException e) {
            LOG.warn("{}", e.getMessage());
        }
    }
}
