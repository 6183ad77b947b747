package io.sluice.jobs.quickstart;

import io.sluice.state.event.Attributes;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.learner.Example;
import io.sluice.state.learner.LearnerEventOrder;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.model.ModelConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The quick start's loop without Kafka, Flink, HTTP and a clock: the learner is fed directly, with
 * the delays of the real loop. Minutes of traffic in a second, repeatable.
 */
final class LoopTwin {

    /** Time from an event to the page that has learnt from it. */
    private static final long FRESHNESS_MS = 700;

    private static final long READING_MS = 150;

    private final SimulatedWorld world;
    private final FeatureEncoder encoder;
    private final OnlineLearner learner;
    private final long windowMs;
    private final double perSecond;
    private final PriorityQueue<Example> waiting = new PriorityQueue<>(LearnerEventOrder.INSTANCE);

    LoopTwin(
            SimulatedWorld world,
            FeatureSchema schema,
            ModelConfig model,
            long windowMs,
            double perSecond) {
        this.world = world;
        encoder = new FeatureEncoder(schema);
        learner = new OnlineLearner(model, schema);
        this.windowMs = windowMs;
        this.perSecond = perSecond;
    }

    /** Expected clicks per shown item by arm, for each of {@code parts} equal parts of the run. */
    List<Map<String, Double>> run(int visits, int parts, long seed) {
        PopularityArm popularity = new PopularityArm(world.size().items());
        Map<String, Arm> arms = new HashMap<>();
        arms.put("engine", this::rank);
        arms.put("random", new RandomArm(seed));
        arms.put("popularity", popularity);
        arms.put("oracle", new OracleArm(world));
        List<Map<String, Double>> rates = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            rates.add(new HashMap<>());
        }
        for (int n = 0; n < visits; n++) {
            Phase phase = 2 * n < visits ? Phase.BEFORE_DRIFT : Phase.AFTER_DRIFT;
            Visit visit = world.visit(n);
            long now = time(n);
            learnUpTo(now - FRESHNESS_MS);
            Map<String, Double> rate = rates.get((int) ((long) n * parts / visits));
            double weight = (double) parts / visits / world.size().shown();
            arms.forEach(
                    (name, arm) ->
                            rate.merge(
                                    name,
                                    weight
                                            * world.expectedClicks(
                                                    phase, visit, arm.order(phase, visit)),
                                    Double::sum));
            show(phase, visit, rank(phase, visit), now, popularity);
        }
        return rates;
    }

    private long time(long visit) {
        return (long) (visit / perSecond * 1000);
    }

    private void learnUpTo(long time) {
        while (!waiting.isEmpty() && waiting.peek().time() <= time) {
            learner.observe(waiting.poll());
        }
    }

    private List<Integer> rank(Phase phase, Visit visit) {
        Map<Integer, Double> scores = new HashMap<>();
        for (int item : visit.candidates()) {
            scores.put(item, learner.predict(encode(visit, item, FeatureEncoder.NEUTRAL_POSITION)));
        }
        List<Integer> order = new ArrayList<>(visit.candidates());
        order.sort(Comparator.comparingDouble(item -> -scores.get(item)));
        return order;
    }

    private void show(
            Phase phase, Visit visit, List<Integer> order, long now, PopularityArm popularity) {
        for (int position = 0; position < world.size().shown(); position++) {
            int item = order.get(position);
            boolean click = world.clicks(phase, visit, item, position);
            if (click) {
                popularity.learn(visit, item);
            }
            waiting.add(
                    new Example(
                            click ? now + READING_MS : now + windowMs,
                            "v" + visit.number(),
                            world.itemName(item),
                            encode(visit, item, position),
                            click ? 1 : 0,
                            Example.Origin.DIRECT,
                            Float.NaN));
        }
    }

    private FeatureVector encode(Visit visit, int item, int position) {
        FeatureVector features = new FeatureVector();
        encoder.encode(
                time(visit.number()),
                world.userName(visit.user()),
                Attributes.builder()
                        .put("segment", world.segment(visit))
                        .put("device", world.device(visit))
                        .build(),
                world.itemName(item),
                Attributes.builder().put("category", world.category(item)).build(),
                position,
                StreamedValues.NONE,
                features);
        return features;
    }
}
