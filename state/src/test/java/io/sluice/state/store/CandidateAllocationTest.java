package io.sluice.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Candidate;
import io.sluice.state.event.CatalogueEntry;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.rank.Deadline;
import io.sluice.state.rank.Exploration;
import io.sluice.state.rank.Ranker;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a candidate more costs on the heap, from a request with ids alone to its answer: the
 * difference of long and short requests that ask for ten places.
 */
class CandidateAllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int SHORT = 20;
    // Those that the model knows: equal scores would have to be sorted by id.
    private static final int LONG = 80;

    /** Until the compiler has done what it will do. */
    private static final int WARM_UP = 3_000;

    private static final int MEASURED = 1000;

    /**
     * A slot in the completed list, two numbers and a place in arrays of the answer; an object
     * alone is 16 bytes more.
     */
    private static final double MOST_BYTES = 40;

    private final TrainedPages trainer = new TrainedPages(1);

    @Test
    void aCandidateMoreCostsNoObject() throws IOException {
        trainer.learn(5_000);
        trainer.publish();
        ServedModel model = new ServedModel(new HeapServedRows());
        ServedModelTest.fold(model, trainer.log);
        ViewRanker ranker = new ViewRanker(model, new Ranker(new Exploration(0.05, 1)));
        Catalogue catalogue = catalogue();

        RerankRequest few = request(SHORT);
        RerankRequest many = request(LONG);
        long unused = measure(ranker, catalogue, few, WARM_UP);
        unused += measure(ranker, catalogue, many, WARM_UP);
        double bytesOfFew = measure(ranker, catalogue, few, MEASURED);
        double bytesOfMany = measure(ranker, catalogue, many, MEASURED);

        double perCandidate = (bytesOfMany - bytesOfFew) / MEASURED / (LONG - SHORT);
        assertThat(unused).isPositive();
        assertThat(perCandidate).isBetween(0.0, MOST_BYTES);
    }

    private static long measure(
            ViewRanker ranker, Catalogue catalogue, RerankRequest request, int times) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < times; i++) {
            RankedRequest ranked = ranker.rank(catalogue.complete(request), Deadline.none());
            assert ranked.reply().items().size() == 10;
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private Catalogue catalogue() throws IOException {
        ServedCatalogue items = new ServedCatalogue(new HeapRecords(), 1_000);
        for (int i = 0; i < LONG; i++) {
            StreamPosition behind = new StreamPosition("items", i + 1);
            items.apply(0, new CatalogueEntry("i" + i, 1, trainer.anyFeatures()), behind);
        }
        items.commit();
        return new Catalogue(items, new ServedCatalogue(new HeapRecords(), 10), 100);
    }

    private static RerankRequest request(int candidates) {
        List<Candidate> items = new ArrayList<>();
        for (int i = 0; i < candidates; i++) {
            items.add(new Candidate("i" + i, Attributes.EMPTY));
        }
        return new RerankRequest(
                "r", 2_000, "u1", Attributes.EMPTY, items, 10, false, List.of(), List.of(), 0);
    }
}
