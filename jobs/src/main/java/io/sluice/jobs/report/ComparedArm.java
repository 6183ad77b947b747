package io.sluice.jobs.report;

import io.sluice.state.evaluate.SlateSummary;
import io.sluice.state.evaluate.Summary;
import java.util.List;
import java.util.Map;

/**
 * One arm of a comparison.
 *
 * @param mean its figures, means over the seeds; windows, curve and digest are those of the first
 *     seed, bytes the most of any
 * @param group the arm's name without its budget
 * @param overrides its settings, {@code key=value}
 * @param tuned which of them were chosen on the beginning of the stream
 * @param spread standard deviations over the seeds; null with one seed
 * @param seeds its figures by seed
 */
public record ComparedArm(
        Arm mean,
        String group,
        List<String> overrides,
        List<TunedSetting> tuned,
        Spread spread,
        Map<Long, Arm> seeds) {

    /**
     * How far seeds lie apart.
     *
     * @param overall of the whole stream
     * @param last20 of the last fifth
     * @param slates of all slates; null without slates
     * @param slatesLast20 of the last fifth of the slates; null without slates
     */
    public record Spread(
            Summary overall, Summary last20, SlateSummary slates, SlateSummary slatesLast20) {}
}
