package io.sluice.state.evaluate;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The mean of runs with different seeds, and how far they lie apart. */
public final class SeedSpread {

    private SeedSpread() {}

    /** The means of all figures; the count is that of the first run. */
    public static Summary mean(List<Summary> seeds) {
        return each(seeds, SeedSpread::mean);
    }

    /** The standard deviations of all figures; NaN with one seed. */
    public static Summary deviation(List<Summary> seeds) {
        return each(seeds, SeedSpread::deviation);
    }

    /** The means of all figures; the count is that of the first run. */
    public static SlateSummary meanOfSlates(List<SlateSummary> seeds) {
        return eachOfSlates(seeds, SeedSpread::mean);
    }

    /** The standard deviations of all figures; NaN with one seed. */
    public static SlateSummary deviationOfSlates(List<SlateSummary> seeds) {
        return eachOfSlates(seeds, SeedSpread::deviation);
    }

    private static Summary each(List<Summary> seeds, ToDoubleFunction<double[]> rule) {
        return new Summary(
                seeds.get(0).examples(),
                apply(seeds, Summary::logloss, rule),
                apply(seeds, Summary::auc, rule),
                apply(seeds, Summary::normalizedEntropy, rule),
                apply(seeds, Summary::calibration, rule));
    }

    private static SlateSummary eachOfSlates(
            List<SlateSummary> seeds, ToDoubleFunction<double[]> rule) {
        return new SlateSummary(
                seeds.get(0).count(),
                apply(seeds, SlateSummary::ndcgAt10, rule),
                apply(seeds, SlateSummary::mrr, rule),
                apply(seeds, SlateSummary::map, rule),
                apply(seeds, SlateSummary::hrAt10, rule));
    }

    private static <T> double apply(
            List<T> seeds, ToDoubleFunction<T> figure, ToDoubleFunction<double[]> rule) {
        return rule.applyAsDouble(seeds.stream().mapToDouble(figure).toArray());
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** The sample's, with n − 1. */
    private static double deviation(double[] values) {
        double mean = mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
    }
}
