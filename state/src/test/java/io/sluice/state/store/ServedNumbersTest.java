package io.sluice.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.codec.LearnerPages;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Candidate;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.learner.Example;
import io.sluice.state.learner.NumberedStream;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.learner.RandomStream;
import io.sluice.state.model.ModelConfig;
import io.sluice.state.model.Page;
import io.sluice.state.model.TrainerRun;
import io.sluice.state.rank.Deadline;
import io.sluice.state.sparse.MemoryBudget;
import io.sluice.state.sparse.StoreConfig;
import io.sluice.state.sparse.ValueFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Serving with declared numbers that have no buckets, in request and item. */
class ServedNumbersTest {

    private final Random random = new Random(17);
    private final FeatureEncoder encoder = new FeatureEncoder(NumberedStream.SCHEMA);
    private OnlineLearner learner;
    private int users = 20;

    @Test
    void aScoreEqualsThatOfTheLearnerBitForBit() throws IOException {
        learner = new OnlineLearner(RandomStream.config(1), NumberedStream.SCHEMA);

        serve(4, 200);
    }

    /** Numbers have rows, curves and a scale beside ids whose rows go. */
    @ParameterizedTest
    @EnumSource
    void soItDoesWithinABudgetThatLetsRowsGo(ValueFormat format) throws IOException {
        ModelConfig config =
                RandomStream.config(1)
                        .within(new MemoryBudget(1 << 16), StoreConfig.DEFAULT.with(format));
        learner = new OnlineLearner(config, NumberedStream.SCHEMA);
        users = 5_000;

        serve(40, 1_000);

        assertThat(learner.model().bytes()).isBetween(50_000L, 1L << 16);
    }

    private void serve(int publications, int examples) throws IOException {
        try (ServedModel model = new ServedModel(new HeapServedRows())) {
            LearnerPages pages = new LearnerPages(learner, new TrainerRun(1, 1));
            long next = 0;
            for (int publication = 0; publication < publications; publication++) {
                learn(examples);
                List<Page> published = new ArrayList<>();
                pages.publish(5_000, "", published::add);
                for (Page page : published) {
                    model.apply(page, new StreamPosition("topic", ++next));
                }

                for (int i = 0; i < 50; i++) {
                    RerankRequest request = anyRequest();
                    double[] scores = model.score(request, Deadline.none()).scores();
                    assertThat(scores).isEqualTo(expected(request));
                }
            }
        }
    }

    private void learn(int examples) {
        for (int i = 0; i < examples; i++) {
            Attributes age = any("age");
            Attributes price = any("price");
            FeatureVector x = vector("u" + random.nextInt(users), age, item(), price);
            float label = price.size() > 0 && price.number(0) > 0 ? 1 : 0;
            learner.observe(
                    new Example(
                            learner.examples(),
                            "r",
                            "i",
                            x,
                            label,
                            Example.Origin.DIRECT,
                            Float.NaN));
        }
    }

    private RerankRequest anyRequest() {
        List<Candidate> items = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            items.add(new Candidate("i" + (10 * random.nextInt(4) + i), any("price")));
        }
        return TrainedPages.request("r", "u" + random.nextInt(users + 5), any("age"), items);
    }

    private double[] expected(RerankRequest request) {
        return request.items().stream()
                .map(each -> vector(request.user(), request.context(), each.id(), each.features()))
                .mapToDouble(learner::predict)
                .toArray();
    }

    private FeatureVector vector(String user, Attributes context, String item, Attributes of) {
        FeatureVector x = new FeatureVector();
        encoder.encode(
                0,
                user,
                context,
                item,
                of,
                FeatureEncoder.NEUTRAL_POSITION,
                StreamedValues.NONE,
                x);
        return x;
    }

    private String item() {
        return "i" + random.nextInt(40);
    }

    /** A number of this name, a large one now and then, or none. */
    private Attributes any(String name) {
        double number = random.nextGaussian() * (random.nextInt(10) == 0 ? 1e9 : 20);
        return random.nextInt(5) == 0
                ? Attributes.EMPTY
                : Attributes.builder().put(name, number).build();
    }
}
