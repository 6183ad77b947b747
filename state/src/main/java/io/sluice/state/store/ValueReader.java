package io.sluice.state.store;

import io.sluice.state.event.Candidate;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.feature.EncodedItem;
import io.sluice.state.feature.SlateValues;
import io.sluice.state.feature.StreamedValues;

/** Where the streaming values of one request come from. Scratch of one thread. */
interface ValueReader {

    /** Begins a request of these many candidates; what was kept before is somebody else's. */
    void begin(int items);

    /** The values that all candidates share. */
    StreamedValues request(RerankRequest request);

    /**
     * The values of a candidate, beside those of the request.
     *
     * @param declared its declared features, of the same schema
     */
    StreamedValues item(int index, Candidate item, EncodedItem declared);

    /** What is to be logged of all that was read. */
    SlateValues kept();
}
