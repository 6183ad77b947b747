package io.sluice.operators.features;

import io.sluice.state.feature.stream.EntityMessage;
import io.sluice.state.feature.stream.EntityPage;
import io.sluice.state.feature.stream.Fact;
import io.sluice.state.feature.stream.StreamState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

/** Both operators that keep records, one behind the other as in the graph. */
final class RecordRun implements AutoCloseable {

    final RecordHarness first;
    final RecordHarness second;

    /** Pages by entity, the newest of each; records as texts, which compare well. */
    private final Map<String, String> folded;

    private int passedOn;

    RecordRun() throws Exception {
        first = RecordHarness.start();
        second = RecordHarness.start();
        folded = new TreeMap<>();
    }

    /** What a checkpoint holds, and what had been published until then. */
    record Cut(
            OperatorSubtaskState first, OperatorSubtaskState second, Map<String, String> folded) {}

    RecordRun(Cut cut) throws Exception {
        first = RecordHarness.restore(cut.first());
        second = RecordHarness.restore(cut.second());
        folded = new TreeMap<>(cut.folded());
    }

    void tell(Fact fact) throws Exception {
        for (EntityMessage message : RecordFacts.messages(fact)) {
            send(message);
        }
    }

    void send(EntityMessage message) throws Exception {
        (RecordFacts.PLAN.follows(message.scope()) ? second : first).feed(message);
    }

    void advance(long watermark) throws Exception {
        first.harness.processWatermark(watermark);
        passOn();
        second.harness.processWatermark(watermark);
    }

    private void passOn() throws Exception {
        List<EntityMessage> following = first.following();
        second.feed(following.subList(passedOn, following.size()));
        passedOn = following.size();
    }

    Cut checkpoint() throws Exception {
        OperatorSubtaskState one = first.checkpoint();
        passOn();
        OperatorSubtaskState two = second.checkpoint();
        return new Cut(one, two, records());
    }

    /** Ends the input; the records that are published. */
    Map<String, String> finish() throws Exception {
        advance(Long.MAX_VALUE);
        first.harness.endInput();
        second.harness.endInput();
        return records();
    }

    /** What has been published so far. */
    Map<String, String> records() {
        Map<String, String> records = new TreeMap<>(folded);
        List<EntityPage> pages = new ArrayList<>(first.pages());
        pages.addAll(second.pages());
        for (EntityPage page : pages) {
            String entity = page.scope() + " " + page.key();
            if (page.isTombstone()) {
                records.remove(entity);
            } else {
                records.put(entity, Arrays.toString(page.record()));
            }
        }
        return records;
    }

    /** The same facts in one process. */
    static Map<String, String> inProcess(List<Fact> facts) {
        StreamState state = new StreamState(RecordFacts.PLAN);
        facts.forEach(state::add);
        state.advance(Long.MAX_VALUE);
        Map<String, String> records = new TreeMap<>();
        for (int scope = 0; scope < RecordFacts.PLAN.scopes().size(); scope++) {
            int number = scope;
            state.tables()
                    .table(scope)
                    .forEach(
                            (key, record) ->
                                    records.put(number + " " + key, Arrays.toString(record)));
        }
        return records;
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
