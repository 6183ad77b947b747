package io.sluice.state.store;

import io.sluice.state.event.RerankReply;
import io.sluice.state.feature.SlateValues;
import io.sluice.state.rank.Places;

/**
 * An answer, and what it was made with.
 *
 * @param reply the answer
 * @param places of the reply's items among the candidates of the request
 * @param values what streaming features said of the request and of each candidate
 * @param memory what memory did to each candidate
 */
public record RankedRequest(
        RerankReply reply, Places places, SlateValues values, SlateMemory memory) {}
