package io.sluice.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.Candidate;
import io.sluice.state.event.RankedItem;
import io.sluice.state.event.RerankReply;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.rank.Deadline;
import io.sluice.state.rank.Exploration;
import io.sluice.state.rank.Ranker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewRankerTest {

    private final TrainedPages trainer = new TrainedPages(1);
    private final Ranker greedy = new Ranker(new Exploration(0, 1));

    @Test
    void theReplyNamesVersionAndEventTimeOfTheView() throws IOException {
        trainer.learn(200);
        trainer.publish();
        ServedModel model = new ServedModel(new HeapServedRows());
        ServedModelTest.fold(model, trainer.log);

        RerankReply reply =
                new ViewRanker(model, greedy).rank(trainer.anyRequest(), Deadline.none()).reply();

        assertThat(reply.modelVersion()).isEqualTo("1.200");
        assertThat(reply.eventTime()).isEqualTo(1199);
        assertThat(reply.degraded()).isNull();
        assertThat(reply.items())
                .hasSize(20)
                .isSortedAccordingTo((a, b) -> Double.compare(b.score(), a.score()));
    }

    @Test
    void unknownUsersAndItemsAreRankedAllTheSame() throws IOException {
        trainer.learn(200);
        trainer.publish();
        ServedModel model = new ServedModel(new HeapServedRows());
        ServedModelTest.fold(model, trainer.log);
        List<Candidate> strangers =
                List.of(new Candidate("x", Attributes.EMPTY), new Candidate("a", Attributes.EMPTY));
        RerankRequest request = TrainedPages.request("r", "nobody", Attributes.EMPTY, strangers);

        RerankReply reply = new ViewRanker(model, greedy).rank(request, Deadline.none()).reply();

        assertThat(reply.items()).extracting(RankedItem::id).containsExactly("a", "x");
        assertThat(reply.degraded()).isNull();
    }

    @Test
    void withoutAModelTheListedOrderStandsAndTheReplySaysSo() throws IOException {
        ServedModel empty = new ServedModel(new HeapServedRows());
        RerankRequest request = trainer.anyRequest();

        RerankReply reply = new ViewRanker(empty, greedy).rank(request, Deadline.none()).reply();

        assertThat(reply.degraded()).isEqualTo("NO_MODEL");
        assertThat(reply.modelVersion()).isEmpty();
        assertThat(reply.items())
                .extracting(RankedItem::id)
                .containsExactlyElementsOf(request.items().stream().map(Candidate::id).toList());
        assertThat(reply.items()).extracting(RankedItem::score).containsOnly(Double.NaN);
    }

    @Test
    void aDeadlineCutsScoresNotAnswers() throws IOException {
        trainer.learn(200);
        trainer.publish();
        ServedModel model = new ServedModel(new HeapServedRows());
        ServedModelTest.fold(model, trainer.log);
        long[] clock = {0};
        RerankRequest request = trainer.anyRequest();

        RerankReply reply =
                new ViewRanker(model, greedy)
                        .rank(request, Deadline.at(() -> clock[0]++, 4))
                        .reply();

        assertThat(reply.degraded()).isEqualTo("DEADLINE");
        assertThat(reply.items()).hasSize(20);
        assertThat(reply.items().subList(4, 20))
                .extracting(RankedItem::id)
                .containsExactlyElementsOf(
                        request.items().subList(4, 20).stream().map(Candidate::id).toList());
    }

    @Test
    void aStoreThatCannotBeReadDegradesTheAnswer() throws IOException {
        trainer.learn(200);
        trainer.publish();
        ServedModel model = new ServedModel(new BrokenRows());
        ServedModelTest.fold(model, trainer.log);

        RerankReply reply =
                new ViewRanker(model, greedy).rank(trainer.anyRequest(), Deadline.none()).reply();

        assertThat(reply.degraded()).isEqualTo("STORE_FAILED");
        assertThat(reply.items()).hasSize(20);
    }

    /** Takes everything and can read nothing. */
    private static final class BrokenRows implements ServedRows {

        private final HeapServedRows inner = new HeapServedRows();

        @Override
        public boolean copy(long key, float[] row) {
            throw new UncheckedIOException(new IOException("the disk is gone"));
        }

        @Override
        public void stage(PageBatch batch) throws IOException {
            inner.stage(batch);
        }

        @Override
        public void commit() {
            inner.commit();
        }

        @Override
        public StoredView stored() {
            return inner.stored();
        }

        @Override
        public void clear() {
            inner.clear();
        }

        @Override
        public long rows() {
            return inner.rows();
        }

        @Override
        public long bytes() {
            return inner.bytes();
        }

        @Override
        public double hitRate() {
            return inner.hitRate();
        }

        @Override
        public void scan(Visitor visitor) throws IOException {
            inner.scan(visitor);
        }

        @Override
        public void scanBlocks(Visitor visitor) throws IOException {
            inner.scanBlocks(visitor);
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
