package io.sluice.state.store;

import io.sluice.state.event.RerankReply;
import io.sluice.state.feature.SlateValues;

/**
 * An answer, and what it was made with.
 *
 * @param reply the answer
 * @param values what streaming features said of the request and of each candidate
 * @param memory what memory did to each candidate
 */
public record RankedRequest(RerankReply reply, SlateValues values, SlateMemory memory) {}
