package io.sluice.operators.rerank;

import java.io.IOException;
import java.io.Serializable;
import java.util.Map;

/** What the topics of requests and replies can be asked. Travels with the job. */
public interface ReplyHistory extends Serializable {

    /** The end of each partition of the requests at this moment. */
    Map<Integer, Long> requestEnds() throws IOException;

    /** The end of each partition of the replies at this moment. */
    Map<Integer, Long> replyEnds() throws IOException;

    /**
     * Shows the replies that stand behind these positions now, by the place of their requests.
     *
     * @param from by partition of the replies; those without one are read from the start
     */
    void replies(Map<Integer, Long> from, Visitor visitor) throws IOException;

    /** Told of each reply. */
    @FunctionalInterface
    interface Visitor {

        /** The request at this place has a reply. */
        void answered(int partition, long offset);
    }
}
