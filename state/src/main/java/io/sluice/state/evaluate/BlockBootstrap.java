package io.sluice.state.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Confidence intervals from blocks of a stream drawn with replacement (Carlstein, Annals of
 * Statistics 14, 1986: blocks that don't overlap; Künsch, 17, 1989): the 2.5 % and 97.5 %
 * percentiles of the figure over {@value #RESAMPLES} resampled streams.
 *
 * <p>With several seeds the figure is the mean over them, and each resampling draws seeds as well
 * as blocks, one draw of blocks for all seeds, since they ran over one stream: the pigeonhole
 * bootstrap for crossed factors (Owen, Annals of Applied Statistics 1, 2007). It errs towards wide
 * intervals, but for the part between seeds, which is too narrow by the factor √((S − 1)/S) with S
 * seeds.
 *
 * <p>A trend along the stream, such as a learner that gets better, counts as variation between
 * blocks, which makes intervals wider, never narrower. Fewer than {@value #FEWEST} blocks, or seeds
 * with different numbers of blocks (thinned negatives of a very short stream), give no interval.
 * Always the same draws, from a fixed seed: two reports differ by what was measured.
 */
final class BlockBootstrap {

    /** How many streams are drawn. */
    static final int RESAMPLES = 2000;

    /** Fewer blocks than this say nothing about their spread. */
    static final int FEWEST = 10;

    private static final long SEED = 0x51c1ceL;
    private static final double TAIL = 0.025;

    private BlockBootstrap() {}

    /** The interval of a figure of one run. */
    static Interval interval(BlockFigure figure) {
        return interval(List.of(figure));
    }

    /** The interval of the mean over runs of one stream with different seeds. */
    static Interval interval(List<? extends BlockFigure> seeds) {
        return interval(seeds, SEED);
    }

    static Interval interval(List<? extends BlockFigure> seeds, long seed) {
        int blocks = seeds.get(0).blocks();
        boolean alike = seeds.stream().allMatch(figure -> figure.blocks() == blocks);
        double estimate = seeds.stream().mapToDouble(BlockBootstrap::whole).sum() / seeds.size();
        if (blocks < FEWEST || !alike) {
            return new Interval(estimate, Double.NaN, Double.NaN);
        }
        int[] times = new int[blocks];
        int[] once = new int[seeds.size()];
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[RESAMPLES];
        int size = 0;
        for (int i = 0; i < RESAMPLES; i++) {
            draw(random, times);
            draw(random, once);
            double value = mean(seeds, once, times);
            if (!Double.isNaN(value)) {
                values[size++] = value;
            }
        }
        double[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        return new Interval(estimate, quantile(sorted, TAIL), quantile(sorted, 1 - TAIL));
    }

    /** The figure of the run as it was. */
    private static double whole(BlockFigure figure) {
        int[] times = new int[figure.blocks()];
        Arrays.fill(times, 1);
        return figure.value(times);
    }

    private static void draw(SplittableRandom random, int[] times) {
        Arrays.fill(times, 0);
        for (int i = 0; i < times.length; i++) {
            times[random.nextInt(times.length)]++;
        }
    }

    private static double mean(List<? extends BlockFigure> seeds, int[] once, int[] times) {
        double sum = 0;
        for (int s = 0; s < once.length; s++) {
            if (once[s] > 0) {
                sum += once[s] * seeds.get(s).value(times);
            }
        }
        return sum / once.length;
    }

    /** Between the two values around it, in proportion; NaN of nothing. */
    private static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double at = share * (sorted.length - 1);
        int low = (int) at;
        int high = Math.min(low + 1, sorted.length - 1);
        return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
    }
}
