package io.sluice.jobs.compare;

import io.sluice.jobs.report.Arm;
import io.sluice.jobs.report.ComparedArm;
import io.sluice.jobs.report.ComparedPair;
import io.sluice.jobs.report.Ranked;
import io.sluice.jobs.report.TunedSetting;
import io.sluice.state.evaluate.BlockScores;
import io.sluice.state.evaluate.DriftSummary;
import io.sluice.state.evaluate.RankingBlocks;
import io.sluice.state.evaluate.RankingFigures;
import io.sluice.state.evaluate.ScoreIntervals;
import io.sluice.state.evaluate.SeedSpread;
import io.sluice.state.evaluate.SlateSummary;
import io.sluice.state.evaluate.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The runs of one arm, one for each seed, and what they amount to.
 *
 * @param contestant the arm
 * @param bySeed its runs, in the order of the seeds
 */
record SeedResults(Contestant contestant, Map<Long, ArmResult> bySeed) {

    /**
     * What they amount to.
     *
     * @param tuned what was chosen for the arm
     */
    ComparedArm compared(List<TunedSetting> tuned) {
        Map<Long, Arm> seeds = new LinkedHashMap<>();
        bySeed.forEach((seed, result) -> seeds.put(seed, result.arm()));
        return new ComparedArm(
                mean(),
                contestant.group(),
                contestant.overrides(),
                tuned,
                seeds.size() > 1 ? spread() : null,
                seeds);
    }

    ArmResult first() {
        return bySeed.values().iterator().next();
    }

    private Arm mean() {
        Arm first = first().arm();
        boolean ranked = first.slates() != null;
        return new Arm(
                first.name(),
                SeedSpread.mean(each(Arm::overall)),
                SeedSpread.mean(each(Arm::last20)),
                ranked ? SeedSpread.meanOfSlates(each(Arm::slates)) : null,
                ranked ? SeedSpread.meanOfSlates(each(Arm::slatesLast20)) : null,
                BlockScores.slateIntervals(overall()),
                BlockScores.slateIntervals(last20()),
                first.windows(),
                first.curve(),
                first.reliability(),
                first.ranked() == null ? null : ranked(first.ranked().slates()),
                first.drift() == null ? null : DriftSummary.mean(each(Arm::drift)),
                cost());
    }

    private Ranked ranked(int slates) {
        return new Ranked(
                slates,
                RankingBlocks.figures(blocks(ArmResult::ranked)),
                RankingBlocks.figures(blocks(ArmResult::rankedLast20)));
    }

    private List<RankingBlocks> blocks(Function<ArmResult, RankingBlocks> part) {
        return bySeed.values().stream().map(part).toList();
    }

    private Arm.Cost cost() {
        Arm.Cost first = first().arm().cost();
        long budget = first.budgetBytes() > 0 ? first.budgetBytes() : contestant.budgetBytes();
        List<Arm.Cost> all = each(Arm::cost);
        return new Arm.Cost(
                all.stream().mapToLong(Arm.Cost::bytes).max().orElseThrow(),
                all.stream().mapToLong(Arm.Cost::streamingBytes).max().orElseThrow(),
                budget,
                all.stream().mapToDouble(Arm.Cost::examplesPerSecond).average().orElseThrow(),
                first.digest());
    }

    private ComparedArm.Spread spread() {
        List<Summary> overall = each(Arm::overall);
        List<Summary> last20 = each(Arm::last20);
        boolean ranked = first().arm().slates() != null;
        List<SlateSummary> slates = ranked ? each(Arm::slates) : null;
        List<SlateSummary> slatesLast20 = ranked ? each(Arm::slatesLast20) : null;
        return new ComparedArm.Spread(
                SeedSpread.deviation(overall),
                SeedSpread.deviation(last20),
                ranked ? SeedSpread.deviationOfSlates(slates) : null,
                ranked ? SeedSpread.deviationOfSlates(slatesLast20) : null);
    }

    private <T> List<T> each(Function<Arm, T> figure) {
        return bySeed.values().stream().map(result -> figure.apply(result.arm())).toList();
    }

    private List<BlockScores> overall() {
        return bySeed.values().stream().map(ArmResult::overall).toList();
    }

    private List<BlockScores> last20() {
        return bySeed.values().stream().map(ArmResult::last20).toList();
    }

    /** How much larger the figures of this arm are. */
    ComparedPair minus(SeedResults reference) {
        boolean ranked = first().ranked() != null && reference.first().ranked() != null;
        return new ComparedPair(
                contestant.name(),
                reference.contestant.name(),
                intervals(overall(), reference.overall()),
                intervals(last20(), reference.last20()),
                ranked ? ranked(reference, ArmResult::ranked) : null,
                ranked ? ranked(reference, ArmResult::rankedLast20) : null);
    }

    private RankingFigures ranked(SeedResults reference, Function<ArmResult, RankingBlocks> part) {
        List<RankingBlocks> mine = blocks(part);
        List<RankingBlocks> theirs = reference.blocks(part);
        List<RankingBlocks> differences = new ArrayList<>();
        for (int i = 0; i < mine.size(); i++) {
            differences.add(mine.get(i).minus(theirs.get(i)));
        }
        return RankingBlocks.figures(differences);
    }

    private static ScoreIntervals intervals(List<BlockScores> mine, List<BlockScores> theirs) {
        List<BlockScores> differences = new ArrayList<>();
        for (int i = 0; i < mine.size(); i++) {
            differences.add(mine.get(i).minus(theirs.get(i)));
        }
        return BlockScores.intervals(differences);
    }
}
