package io.sluice.operators.features;

import io.sluice.state.event.Impression;
import io.sluice.state.event.SourceRecord;

/** Names of events that ask for values; no two events of one time share one. */
final class Askers {

    private Askers() {}

    /**
     * The join lets a request's id pass again once its window is over: the time tells them apart.
     */
    static String of(Impression impression) {
        return impression.request() + "@" + impression.timestamp();
    }

    /** Requests of interactions may be left out; their place on the topic is theirs alone. */
    static String of(SourceRecord source) {
        return source.topic() + "/" + source.partition() + "/" + source.offset();
    }
}
