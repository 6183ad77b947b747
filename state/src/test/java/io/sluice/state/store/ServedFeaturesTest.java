package io.sluice.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.codec.LearnerPages;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Candidate;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.NumberScaling;
import io.sluice.state.feature.ScaledNumbers;
import io.sluice.state.feature.StreamedAttributes;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.feature.stream.StreamReader;
import io.sluice.state.learner.Example;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.model.Page;
import io.sluice.state.model.TrainerRun;
import io.sluice.state.rank.Deadline;
import io.sluice.state.sparse.MemoryBudget;
import io.sluice.state.sparse.StoreConfig;
import io.sluice.state.sparse.ValueFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Streaming values from the topic to the score and on to the log. */
class ServedFeaturesTest {

    private final StreamedPages stream = new StreamedPages(1);
    private OnlineLearner learner = new OnlineLearner(TrainedPages.config(4), StreamedPages.SCHEMA);
    private final FeatureEncoder encoder = new FeatureEncoder(StreamedPages.SCHEMA);
    private final StreamReader reader = new StreamReader(stream.plan, stream.state.tables());
    private final StreamedValues values = new StreamedValues(StreamedPages.SCHEMA);
    private final StreamedAttributes names = new StreamedAttributes(StreamedPages.SCHEMA);

    @Test
    void aScoreEqualsThatOfTheLearnerBitForBitGivenTheLoggedValues() throws Exception {
        learn(20);
        try (ServedEntities entities = entities();
                ServedModel model = model(entities)) {
            for (int i = 0; i < 50; i++) {
                RerankRequest request = anyRequest();

                ScoredRequest scored = model.score(request, Deadline.none());

                Attributes context = scored.values().context(request.context());
                assertThat(names.isLogged(context)).isTrue();
                names.readRequest(context, values);
                for (int item = 0; item < scored.scores().length; item++) {
                    Candidate candidate = request.items().get(item);
                    names.readItem(scored.values().features(item, candidate.features()), values);
                    double expected = learner.predict(vector(request, candidate));
                    assertThat(scored.scores()[item]).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void aLoggedRequestIsScoredAgainAsItWasWithoutAnyRecord() throws Exception {
        learn(20);
        try (ServedEntities entities = entities();
                ServedModel model = model(entities);
                ServedModel again = model(null)) {
            for (int i = 0; i < 50; i++) {
                RerankRequest request = anyRequest();
                ScoredRequest scored = model.score(request, Deadline.none());
                double[] scores = scored.scores();

                RerankRequest logged = logged(request, scored);

                assertThat(again.score(logged, Deadline.none()).scores()).isEqualTo(scores);
                assertThat(again.score(request, Deadline.none()).scores()).isNotEqualTo(scores);
            }
        }
    }

    private static RerankRequest logged(RerankRequest request, ScoredRequest scored) {
        List<Candidate> items = new ArrayList<>();
        for (int i = 0; i < request.items().size(); i++) {
            Candidate item = request.items().get(i);
            items.add(new Candidate(item.id(), scored.values().features(i, item.features())));
        }
        return new RerankRequest(
                request.request(),
                request.timestamp(),
                request.user(),
                scored.values().context(request.context()),
                items,
                0,
                false,
                List.of(),
                List.of(),
                0);
    }

    @Test
    void soItDoesWithinABudget() throws Exception {
        StoreConfig wide = StoreConfig.DEFAULT.with(ValueFormat.FLOAT32);
        learner =
                new OnlineLearner(
                        TrainedPages.config(256).within(new MemoryBudget(1 << 16), wide),
                        StreamedPages.SCHEMA);
        aScoreEqualsThatOfTheLearnerBitForBitGivenTheLoggedValues();
    }

    @Test
    void everyStreamingFeatureIsAFieldOfItsOwn() {
        int declared = StreamedPages.SCHEMA.features().size();
        for (int i = 0; i < StreamedPages.SCHEMA.streaming().size(); i++) {
            if (StreamedPages.SCHEMA.streaming().get(i).kind().isKeys()) {
                values.addKey(i, 77 + i);
            } else {
                values.number(i, 5);
            }
        }
        RerankRequest request = anyRequest();
        FeatureVector rows = new FeatureVector();

        FeatureVector vector = vector(request, request.items().get(0));
        NumberScaling scaling = new NumberScaling(StreamedPages.SCHEMA);
        ScaledNumbers scaled = new ScaledNumbers();
        scaling.scale(vector, scaled);
        scaling.expand(vector, scaled, rows);

        Set<Integer> fields = new HashSet<>();
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.field(i))
                    .isBetween(1, declared + StreamedPages.SCHEMA.streaming().size());
            fields.add(rows.field(i));
        }
        for (int i = 0; i < StreamedPages.SCHEMA.streaming().size(); i++) {
            assertThat(fields).contains(declared + 1 + i);
        }
    }

    @Test
    void theLoggedValuesAreThoseOfTheStreamAtTheTimeOfTheRequest() throws Exception {
        learn(20);
        try (ServedEntities entities = entities();
                ServedModel model = model(entities)) {
            for (int i = 0; i < 50; i++) {
                RerankRequest request = anyRequest();

                ScoredRequest scored = model.score(request, Deadline.none());

                read(request);
                assertThat(scored.values().context(request.context()))
                        .isEqualTo(names.withRequest(request.context(), values));
                for (int item = 0; item < scored.scores().length; item++) {
                    Candidate candidate = request.items().get(item);
                    reader.item(candidate.id(), candidate.features(), values);
                    assertThat(scored.values().features(item, candidate.features()))
                            .isEqualTo(names.withItem(candidate.features(), values));
                }
            }
        }
    }

    @Test
    void withoutAModelTheValuesAreReadForTheLogAllTheSame() throws Exception {
        stream.happen(100);
        try (ServedEntities entities = entities();
                ServedModel model = new ServedModel(new HeapServedRows(), entities)) {
            RerankRequest request = anyRequest();

            ScoredRequest scored = model.score(request, Deadline.none());

            assertThat(scored.manifest()).isNull();
            assertThat(scored.scores()).containsOnly(Double.NaN);
            assertThat(names.isLogged(scored.values().context(request.context()))).isTrue();
        }
    }

    @Test
    void entitiesOfAnotherSchemaAreNeitherUsedNorLogged() throws Exception {
        learn(20);
        try (ServedEntities entities =
                        new ServedEntities(new HeapRecords(), TrainedPages.SCHEMA, 100);
                ServedModel model = model(entities)) {
            RerankRequest request = anyRequest();

            ScoredRequest scored = model.score(request, Deadline.none());

            StreamedValues unknown = new StreamedValues(StreamedPages.SCHEMA);
            Candidate first = request.items().get(0);
            FeatureVector x = new FeatureVector();
            encode(request, first, unknown, x);
            assertThat(scored.scores()[0]).isEqualTo(learner.predict(x));
            assertThat(scored.values().context(request.context())).isSameAs(request.context());
        }
    }

    @Test
    void whatTheDeadlineLeavesUnscoredIsLoggedWithoutValues() throws Exception {
        learn(20);
        try (ServedEntities entities = entities();
                ServedModel model = model(entities)) {
            RerankRequest request = anyRequest();
            long[] clock = {0};

            ScoredRequest scored = model.score(request, Deadline.at(() -> clock[0]++, 3));

            Attributes own = request.items().get(5).features();
            assertThat(scored.scores()[5]).isNaN();
            assertThat(scored.values().features(5, own)).isSameAs(own);
        }
    }

    private void learn(int rounds) {
        for (int i = 0; i < rounds; i++) {
            stream.happen(20);
            for (int j = 0; j < 20; j++) {
                RerankRequest request = anyRequest();
                read(request);
                Candidate item = request.items().get(0);
                reader.item(item.id(), item.features(), values);
                FeatureVector x = vector(request, item);
                long time = request.timestamp();
                learner.observe(
                        new Example(
                                time,
                                "r",
                                "i",
                                x,
                                j % 3 == 0 ? 1 : 0,
                                Example.Origin.DIRECT,
                                Float.NaN));
            }
        }
    }

    private void read(RerankRequest request) {
        reader.request(request.timestamp(), request.user(), request.context(), values);
    }

    private FeatureVector vector(RerankRequest request, Candidate item) {
        FeatureVector x = new FeatureVector();
        encode(request, item, values, x);
        return x;
    }

    private void encode(
            RerankRequest request, Candidate item, StreamedValues streamed, FeatureVector x) {
        encoder.encode(
                request.timestamp(),
                request.user(),
                request.context(),
                item.id(),
                item.features(),
                FeatureEncoder.NEUTRAL_POSITION,
                streamed,
                x);
    }

    private RerankRequest anyRequest() {
        List<Candidate> items = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            items.add(new Candidate("i" + 5 * i, stream.anyFeatures()));
        }
        return new RerankRequest(
                "r",
                stream.now(),
                stream.anyUser(),
                stream.anyContext(),
                items,
                0,
                false,
                List.of(),
                List.of(),
                0,
                0);
    }

    private ServedEntities entities() throws Exception {
        ServedEntities entities =
                new ServedEntities(new HeapRecords(), StreamedPages.SCHEMA, 100_000);
        StreamedPages.fold(entities, stream.log);
        return entities;
    }

    private ServedModel model(ServedEntities entities) throws IOException {
        ServedModel model = new ServedModel(new HeapServedRows(), entities);
        List<Page> pages = new ArrayList<>();
        new LearnerPages(learner, new TrainerRun(1, 1)).publish(5_000, "", pages::add);
        for (int i = 0; i < pages.size(); i++) {
            model.apply(pages.get(i), new StreamPosition("topic", i + 1));
        }
        return model;
    }
}
