package io.sluice.jobs.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.state.evaluate.Interval;
import io.sluice.state.evaluate.RankingFigures;
import io.sluice.state.evaluate.ScoreIntervals;

/** Writes a comparison: the object of all measurements, and what only a comparison has. */
public final class ComparisonJson {

    private ComparisonJson() {}

    /** The object as indented text. */
    public static String write(Comparison comparison) {
        return ReportJson.text(tree(comparison));
    }

    static ObjectNode tree(Comparison comparison) {
        ObjectNode root = ReportJson.tree(comparison.report());
        ArrayNode seeds = root.putArray("seeds");
        comparison.seeds().forEach(seeds::add);
        for (ComparedArm arm : comparison.arms()) {
            complete((ObjectNode) root.path("arms").path(arm.mean().name()), arm);
        }
        ArrayNode pairs = root.putArray("pairs");
        comparison.pairs().forEach(pair -> pairs.add(pair(pair)));
        return root;
    }

    private static void complete(ObjectNode node, ComparedArm arm) {
        node.put("group", arm.group());
        ArrayNode overrides = node.putArray("overrides");
        arm.overrides().forEach(overrides::add);
        if (!arm.tuned().isEmpty()) {
            ArrayNode tuned = node.putArray("tuned");
            arm.tuned().forEach(setting -> tuned.add(tuned(setting)));
        }
        if (arm.spread() != null) {
            node.set("spread", spread(arm.spread()));
        }
        ObjectNode seeds = node.putObject("seeds");
        arm.seeds()
                .forEach(
                        (seed, figures) -> {
                            ObjectNode one = ReportJson.arm(figures);
                            one.remove("windows");
                            seeds.set(Long.toString(seed), one);
                        });
    }

    private static ObjectNode tuned(TunedSetting setting) {
        ObjectNode node = ReportJson.MAPPER.createObjectNode();
        node.put("key", setting.key());
        node.put("chosen", setting.chosen());
        ArrayNode trials = node.putArray("trials");
        for (int i = 0; i < setting.values().size(); i++) {
            ObjectNode trial = trials.addObject();
            trial.put("value", setting.values().get(i));
            ReportJson.put(trial, "logloss", setting.logloss().get(i));
        }
        return node;
    }

    private static ObjectNode spread(ComparedArm.Spread spread) {
        ObjectNode node = ReportJson.MAPPER.createObjectNode();
        node.set("overall", without("examples", ReportJson.summary(spread.overall())));
        node.set("last20", without("examples", ReportJson.summary(spread.last20())));
        if (spread.slates() != null) {
            ObjectNode slates = without("count", ReportJson.slates(spread.slates()));
            slates.set("last20", without("count", ReportJson.slates(spread.slatesLast20())));
            node.set("slates", slates);
        }
        return node;
    }

    private static ObjectNode without(String count, ObjectNode node) {
        node.remove(count);
        return node;
    }

    private static ObjectNode pair(ComparedPair pair) {
        ObjectNode node = ReportJson.MAPPER.createObjectNode();
        node.put("arm", pair.arm());
        node.put("reference", pair.reference());
        node.set("overall", differences(pair.overall()));
        node.set("last20", differences(pair.last20()));
        if (pair.ranked() != null) {
            ObjectNode ranked = node.putObject("ranked");
            ranked.set("overall", differences(pair.ranked()));
            ranked.set("last20", differences(pair.rankedLast20()));
        }
        return node;
    }

    private static ObjectNode differences(ScoreIntervals intervals) {
        ObjectNode node = ReportJson.MAPPER.createObjectNode();
        node.set("logloss", difference(intervals.logloss()));
        node.set("auc", difference(intervals.auc()));
        if (intervals.slates() != null) {
            node.set("ndcg@10", difference(intervals.slates().ndcgAt10()));
            node.set("mrr", difference(intervals.slates().mrr()));
            node.set("map", difference(intervals.slates().map()));
            node.set("hr@10", difference(intervals.slates().hrAt10()));
        }
        return node;
    }

    private static ObjectNode differences(RankingFigures figures) {
        ObjectNode node = ReportJson.MAPPER.createObjectNode();
        figures.byName().forEach((name, interval) -> node.set(name, difference(interval)));
        return node;
    }

    private static ObjectNode difference(Interval interval) {
        ObjectNode node = ReportJson.MAPPER.createObjectNode();
        ReportJson.put(node, "difference", interval.estimate());
        ReportJson.put(node, "low", interval.low());
        ReportJson.put(node, "high", interval.high());
        node.put("excludesZero", interval.excludesZero());
        return node;
    }
}
