package io.sluice.jobs.view;

import io.sluice.state.model.Manifest;

/** Told of what becomes of a view, by the threads that follow its topics. */
public interface ViewListener {

    /** Tells nobody. */
    ViewListener NONE =
            new ViewListener() {
                @Override
                public void published(Manifest manifest, long nowMs) {
                    // Nobody asks.
                }

                @Override
                public void fresh(String topic, long ageMs) {
                    // Nobody asks.
                }

                @Override
                public void refused(String topic) {
                    // Nobody asks.
                }
            };

    /** A publication became visible. */
    void published(Manifest manifest, long nowMs);

    /** What happened so long ago shows from now on. */
    void fresh(String topic, long ageMs);

    /** A record of a topic could not be used. */
    void refused(String topic);
}
