package io.sluice.jobs.topology;

import io.sluice.operators.rerank.ReplyHistory;
import io.sluice.operators.rerank.ViewDoor;
import io.sluice.state.event.DeadLetter;
import io.sluice.state.event.ReplyRecord;
import io.sluice.state.event.SourceRecord;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;

/**
 * Where the rerank job reads and writes.
 *
 * @param requests to be answered
 * @param door to the view
 * @param history of the replies
 * @param replies takes the answers with their impressions
 * @param deadLetters takes what could be answered to nobody
 */
public record RerankEnds(
        Source<SourceRecord, ?, ?> requests,
        ViewDoor door,
        ReplyHistory history,
        Sink<ReplyRecord> replies,
        Sink<DeadLetter> deadLetters) {}
