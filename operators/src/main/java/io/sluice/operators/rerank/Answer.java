package io.sluice.operators.rerank;

import io.sluice.operators.serde.RerankJson;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Impression;
import io.sluice.state.event.RankedItem;
import io.sluice.state.event.RerankReply;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.event.ShownItem;
import io.sluice.state.feature.SlateValues;
import io.sluice.state.memory.ExplainedVoice;
import io.sluice.state.store.RankedRequest;
import io.sluice.state.store.SlateMemory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A request, what was answered, and what it was ranked with.
 *
 * @param request with what the catalogue knows
 * @param reply the answer
 * @param ranked what it was made with
 */
public record Answer(RerankRequest request, RerankReply reply, RankedRequest ranked) {

    /**
     * The reply as it goes out.
     *
     * @param replayed whether it may be the second one to this request
     */
    public byte[] json(boolean replayed) {
        return RerankJson.write(
                reply,
                request.explain() ? new Explained(reply, ranked) : RerankJson.NO_EXPLANATION,
                replayed);
    }

    /**
     * What was shown, with place, score and propensity of each item, with the streaming values that
     * it was ranked with and with what memory did to the score: training uses those and no others.
     * Null for an empty list, which nobody saw.
     */
    public Impression impression() {
        if (reply.items().isEmpty()) {
            return null;
        }
        SlateValues values = ranked.values();
        List<ShownItem> shown = new ArrayList<>(reply.items().size());
        for (int i = 0; i < reply.items().size(); i++) {
            RankedItem item = reply.items().get(i);
            int place = ranked.places().get(i);
            Attributes own = request.items().get(place).features();
            shown.add(
                    new ShownItem(
                            item.id(),
                            item.rank() - 1,
                            item.score(),
                            item.propensity(),
                            values.features(place, own),
                            ranked.memory().shown(place)));
        }
        return new Impression(
                request.request(),
                request.timestamp(),
                request.user(),
                values.context(request.context()),
                shown,
                reply.modelVersion());
    }

    /** What memory did to each candidate of a request, by its id. */
    private static final class Explained implements RerankJson.Explanation {

        private final Map<String, Integer> places = new HashMap<>();
        private final SlateMemory memory;

        Explained(RerankReply reply, RankedRequest ranked) {
            for (int i = 0; i < reply.items().size(); i++) {
                places.put(reply.items().get(i).id(), ranked.places().get(i));
            }
            memory = ranked.memory();
        }

        @Override
        public double base(String item) {
            return memory.base(places.get(item));
        }

        @Override
        public List<ExplainedVoice> voices(String item) {
            return memory.explained(places.get(item));
        }
    }
}
