package io.sluice.jobs.quickstart;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Candidate;
import io.sluice.state.event.RankedItem;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.ItemGroup;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.feature.stream.Fact;
import io.sluice.state.feature.stream.StreamPlan;
import io.sluice.state.feature.stream.StreamReader;
import io.sluice.state.feature.stream.StreamState;
import io.sluice.state.learner.Assumption;
import io.sluice.state.learner.Example;
import io.sluice.state.learner.LearnerEvent;
import io.sluice.state.learner.LearnerEventOrder;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.learner.OpenWindow;
import io.sluice.state.learner.SlateShown;
import io.sluice.state.rank.Candidates;
import io.sluice.state.rank.Deadline;
import io.sluice.state.rank.Exploration;
import io.sluice.state.rank.Ranker;
import io.sluice.state.rank.RankerHead;
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
    private final StreamState state;
    private final StreamReader reader;
    private final StreamedValues streamed;
    private final Ranker ranker;
    private final long windowMs;
    private final double perSecond;
    private final OpenWindow open;
    private final PriorityQueue<LearnerEvent> waiting =
            new PriorityQueue<>(LearnerEventOrder.INSTANCE);

    LoopTwin(SimulatedWorld world, SluiceConfig config, double perSecond) {
        this.world = world;
        FeatureSchema schema = config.schema();
        encoder = new FeatureEncoder(schema);
        learner =
                new OnlineLearner(
                        config.model(),
                        config.memory(),
                        config.drift(),
                        schema,
                        config.rank().elimination());
        ranker =
                new Ranker(
                        config.rank(),
                        new Exploration(config.serve().exploration(), config.seed()),
                        config.seed());
        StreamPlan plan = StreamPlan.of(schema);
        state = new StreamState(plan);
        reader = new StreamReader(plan, state.tables());
        streamed = new StreamedValues(schema);
        windowMs = config.feedback().longestWindowMs();
        open = config.feedback().open();
        this.perSecond = perSecond;
    }

    /** Expected clicks per shown item by arm, for each of {@code parts} equal parts of the run. */
    List<Map<String, Double>> run(int visits, int parts, long seed) {
        PopularityArm popularity = new PopularityArm(world.size().items());
        Map<String, Arm> arms = new HashMap<>();
        arms.put("sort", (phase, visit) -> sort(visit));
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
            state.advance(now - FRESHNESS_MS);
            Map<String, Double> rate = rates.get((int) ((long) n * parts / visits));
            double weight = (double) parts / visits / world.size().shown();
            List<RankedItem> ranked = rank(visit);
            arms.put("engine", (p, v) -> numbers(ranked));
            arms.forEach(
                    (name, arm) ->
                            rate.merge(
                                    name,
                                    weight
                                            * world.expectedClicks(
                                                    phase, visit, arm.order(phase, visit)),
                                    Double::sum));
            show(phase, visit, ranked, now, popularity);
        }
        return rates;
    }

    private long time(long visit) {
        return (long) (visit / perSecond * 1000);
    }

    private void learnUpTo(long time) {
        while (!waiting.isEmpty() && waiting.peek().time() <= time) {
            LearnerEvent next = waiting.poll();
            if (next instanceof Assumption assumption) {
                learner.assume(assumption);
            } else if (next instanceof Example example) {
                learner.observe(example);
            }
        }
    }

    private double[] scores(Visit visit) {
        request(visit);
        return visit.candidates().stream()
                .mapToDouble(
                        item ->
                                learner.predict(
                                        encode(visit, item, FeatureEncoder.NEUTRAL_POSITION)))
                .toArray();
    }

    private List<Integer> sort(Visit visit) {
        double[] scores = scores(visit);
        List<Integer> order = new ArrayList<>(visit.candidates());
        order.sort(Comparator.comparingDouble(item -> -scores[visit.candidates().indexOf(item)]));
        return order;
    }

    /** As the server does, but for the items' vectors: groups are all that the pool has to say. */
    private List<RankedItem> rank(Visit visit) {
        double[] scores = scores(visit);
        Candidates candidates = ranker.candidates();
        candidates.reset(scores.length, 0);
        List<Candidate> items = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            int item = visit.candidates().get(i);
            items.add(new Candidate(world.itemName(item), features(item)));
            candidates.name(i, world.itemName(item));
            candidates.score(i, scores[i]);
            candidates.group(i, ItemGroup.named(world.category(item)));
        }
        RerankRequest request =
                new RerankRequest(
                        "v" + visit.number(),
                        time(visit.number()),
                        world.userName(visit.user()),
                        context(visit),
                        items,
                        world.size().shown(),
                        false,
                        List.of(),
                        List.of(),
                        0);
        RankerHead.Policy policy = RankerHead.Policy.ELIMINATION;
        return ranker.rank(request, candidates, learner.ranker().head(policy), Deadline.none())
                .items();
    }

    private List<Integer> numbers(List<RankedItem> items) {
        return world.itemNumbers(items.stream().map(RankedItem::id).toList());
    }

    private void show(
            Phase phase, Visit visit, List<RankedItem> ranked, long now, PopularityArm popularity) {
        List<Integer> order = numbers(ranked);
        request(visit);
        List<SlateShown.Slot> slots = new ArrayList<>();
        List<LearnerEvent> examples = new ArrayList<>();
        for (int position = 0; position < world.size().shown(); position++) {
            int item = order.get(position);
            slots.add(
                    new SlateShown.Slot(
                            world.itemName(item),
                            encode(visit, item, FeatureEncoder.NEUTRAL_POSITION),
                            ItemGroup.named(world.category(item)),
                            position,
                            (float) ranked.get(position).propensity()));
            boolean click = world.clicks(phase, visit, order, position);
            if (click) {
                popularity.learn(visit, item);
            }
            long known = click ? now + READING_MS : now + windowMs;
            happened(visit, item, now, known, click);
            FeatureVector x = encode(visit, item, position);
            long learnt = open.learntAt(now, known);
            examples.add(example(learnt, visit, item, x, click ? 1 : 0));
            long assumed = open.assumedAt("v" + visit.number(), now);
            if (assumed < known) {
                Example negative = example(assumed, visit, item, x, 0);
                examples.add(new Assumption(negative, open.correction().orElseThrow()));
            }
        }
        learner.show(new SlateShown(now, "v" + visit.number(), slots));
        waiting.addAll(examples);
    }

    private Example example(long time, Visit visit, int item, FeatureVector x, int label) {
        return new Example(
                time,
                "v" + visit.number(),
                world.itemName(item),
                x,
                label,
                Example.Origin.DIRECT,
                Float.NaN);
    }

    private void happened(Visit visit, int item, long shown, long known, boolean click) {
        state.add(fact(Fact.IMPRESSION, "", visit, item, shown, 0));
        state.add(fact(Fact.OUTCOME, "", visit, item, known, click ? 1 : 0));
        if (click) {
            state.add(fact(Fact.FEEDBACK, "click", visit, item, known, 0));
        }
    }

    private Fact fact(int type, String kind, Visit visit, int item, long time, double label) {
        return new Fact(
                type,
                kind,
                time,
                world.userName(visit.user()),
                context(visit),
                world.itemName(item),
                features(item),
                label,
                Double.NaN);
    }

    private void request(Visit visit) {
        reader.request(
                time(visit.number()), world.userName(visit.user()), context(visit), streamed);
    }

    private FeatureVector encode(Visit visit, int item, int position) {
        FeatureVector vector = new FeatureVector();
        reader.item(world.itemName(item), features(item), streamed);
        encoder.encode(
                time(visit.number()),
                world.userName(visit.user()),
                context(visit),
                world.itemName(item),
                features(item),
                position,
                streamed,
                vector);
        return vector;
    }

    private Attributes context(Visit visit) {
        return Attributes.builder()
                .put("segment", world.segment(visit))
                .put("device", world.device(visit))
                .build();
    }

    private Attributes features(int item) {
        return Attributes.builder().put("category", world.category(item)).build();
    }
}
