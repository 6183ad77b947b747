package io.sluice.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.codec.PagePayloads;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Candidate;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.learner.Example;
import io.sluice.state.learner.SlateShown;
import io.sluice.state.model.Page;
import io.sluice.state.model.PageKind;
import io.sluice.state.model.PageVersion;
import io.sluice.state.rank.Candidates;
import io.sluice.state.rank.Deadline;
import io.sluice.state.rank.Exploration;
import io.sluice.state.rank.RankConfig;
import io.sluice.state.rank.Ranker;
import io.sluice.state.rank.RankerHead;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ServedRankerTest {

    private static final FeatureEncoder ENCODER = new FeatureEncoder(TrainedPages.SCHEMA);

    private final TrainedPages trainer = new TrainedPages(3);

    @Test
    void aViewServesTheHeadThatTheTrainerHasLearnt() throws IOException {
        trainer.learn(200);
        learnSlates(60);
        trainer.publish();
        RankerHead learnt = trainer.learner.ranker().head();
        assertThat(learnt).isNotEqualTo(RankerHead.sort(4));

        try (ServedModel model = new ServedModel(new HeapServedRows())) {
            fold(model);

            assertThat(model.score(request(), Deadline.none()).head()).isEqualTo(learnt);
        }
    }

    @Test
    void beforeTheFirstSlateThereIsNoPageAndCandidatesAreSorted() throws IOException {
        trainer.learn(50);
        trainer.publish();

        assertThat(trainer.log).noneMatch(entry -> entry.page().kind() == PageKind.RANKER);
        try (ServedModel model = new ServedModel(new HeapServedRows())) {
            fold(model);

            assertThat(model.score(request(), Deadline.none()).head())
                    .isEqualTo(RankerHead.sort(4));
        }
    }

    @Test
    void theVectorOfAnItemIsTheTrainersBitForBit() throws IOException {
        trainer.learn(400);
        trainer.publish();
        RerankRequest request = request();
        try (ServedModel model = new ServedModel(new HeapServedRows())) {
            fold(model);
            Candidates served = model.score(request, Deadline.none()).candidates();
            float[] expected = new float[4];
            float[] found = new float[4];
            int known = 0;
            for (int i = 0; i < served.size(); i++) {
                FeatureVector x = vector(request, i);
                double logit =
                        trainer.learner
                                .model()
                                .logit(x, TrainedPages.SCHEMA.fieldsOfItems(), expected, 0);
                System.arraycopy(served.vectors(), served.vectorAt(i), found, 0, 4);

                assertThat(found).isEqualTo(expected);
                assertThat(served.logit(i)).isEqualTo((float) logit);
                known += expected[0] != 0 ? 1 : 0;
            }
            assertThat(known).isGreaterThan(3);
        }
    }

    @Test
    void aServerEliminatesOnceTheGateSaysSo() throws IOException {
        trainer.learn(400);
        trainer.publish();
        RankerHead head =
                new RankerHead(RankerHead.Policy.ELIMINATION, 0, 2, 0, 1, new float[] {1, 1, 1, 1});
        try (ServedModel model = new ServedModel(new HeapServedRows())) {
            PageVersion version = new PageVersion(1, trainer.learner.examples() + 1);
            trainer.append(new Page(PageKind.RANKER, 0, version, PagePayloads.ranker(head)));
            trainer.learn(1);
            trainer.publish();
            fold(model);
            Ranker ranker =
                    new Ranker(RankConfig.of(RankConfig.Policy.AUTO), new Exploration(0, 1), 1);

            var reply = new ViewRanker(model, ranker).rank(request(), Deadline.none()).reply();

            assertThat(reply.policy()).isEqualTo("elimination");
        }
    }

    private void fold(ServedModel model) throws IOException {
        for (TrainedPages.Entry entry : trainer.log) {
            boolean unused = model.apply(entry.page(), new StreamPosition("t", entry.offset() + 1));
        }
    }

    private void learnSlates(int slates) {
        Random random = new Random(9);
        for (int s = 0; s < slates; s++) {
            RerankRequest request = request();
            List<SlateShown.Slot> slots = new ArrayList<>();
            for (int i = 0; i < request.items().size(); i++) {
                slots.add(
                        new SlateShown.Slot(
                                request.items().get(i).id(), vector(request, i), 1, i, 0.3f));
            }
            trainer.learner.show(new SlateShown(10_000 + s, "s" + s, slots));
            for (SlateShown.Slot slot : slots) {
                trainer.learner.observe(
                        new Example(
                                10_000 + s,
                                "s" + s,
                                slot.item(),
                                slot.features(),
                                random.nextInt(4) == 0 ? 1 : 0,
                                Example.Origin.DIRECT,
                                Float.NaN));
            }
        }
    }

    private static FeatureVector vector(RerankRequest request, int i) {
        FeatureVector x = new FeatureVector();
        Candidate item = request.items().get(i);
        ENCODER.encode(
                request.timestamp(),
                request.user(),
                request.context(),
                item.id(),
                item.features(),
                FeatureEncoder.NEUTRAL_POSITION,
                StreamedValues.NONE,
                x);
        return x;
    }

    private static RerankRequest request() {
        List<Candidate> items = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            items.add(new Candidate("i" + i, Attributes.EMPTY));
        }
        return new RerankRequest(
                "r", 5_000, "u1", Attributes.EMPTY, items, 0, false, List.of(), List.of(), 0);
    }
}
