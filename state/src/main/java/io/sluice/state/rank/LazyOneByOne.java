package io.sluice.state.rank;

import java.util.Arrays;

/**
 * The order of {@link OneByOne}, rescoring only who might be the worst or the next after it.
 *
 * <p>A fall can lower the score of another survivor by no more than {@link Pool#mostLoss}: taking
 * x(e) out of a weighted mean of unit vectors moves it by at most 2w(e)/(E − w(e) − w(i)), the mean
 * similarity by at most 2/(n − 2), and clipping makes neither larger. With D the sum of these
 * bounds so far, the score of i plus D at its last scoring, less D now, is a lower bound of its
 * score. Who lies above the two worst by this bound is left alone.
 *
 * <p>O(n²) comparisons and O(r·d) for r scorings. Pays where the pool says little; with strong
 * context nearly all are scored again. Scratch; not thread-safe.
 */
public final class LazyOneByOne implements Eliminator {

    /** What rounding may take off a bound. */
    private static final double SLACK = 1e-4;

    private double[] bounds = {};
    private boolean[] fresh = {};
    private int worst;
    private int next;
    private long rescored;

    @Override
    public boolean run(Pool pool, int stopAt, Deadline deadline) {
        double lost = Double.POSITIVE_INFINITY;
        int round = pool.nextRound();
        while (pool.size() > stopAt) {
            if (deadline.hasPassed()) {
                return false;
            }
            if (Double.isInfinite(lost)) {
                scoreAll(pool);
                lost = 0;
            } else {
                Arrays.fill(fresh, 0, pool.size(), false);
            }
            find(pool, lost);
            lost += pool.mostLoss(worst);
            int last = pool.size() - 1;
            pool.fall(worst, round++, next);
            pool.close();
            bounds[worst] = bounds[last];
        }
        return true;
    }

    /** How many survivors were scored again, one by one, since this was made. */
    public long rescored() {
        return rescored;
    }

    private void scoreAll(Pool pool) {
        int n = pool.size();
        if (bounds.length < n) {
            bounds = new double[n];
            fresh = new boolean[n];
        }
        pool.score();
        for (int i = 0; i < n; i++) {
            bounds[i] = pool.scoreOf(i);
            fresh[i] = true;
        }
    }

    private void find(Pool pool, double lost) {
        boolean ruled = !pool.quotas().isEmpty();
        worst = -1;
        next = -1;
        // From the least bound on: whoever is really low makes the others pass.
        look(pool, leastBound(pool), lost, ruled);
        for (int i = 0; i < pool.size(); i++) {
            if (i != worst && i != next && mayMatter(pool, i, lost)) {
                look(pool, i, lost, ruled);
            }
        }
    }

    private int leastBound(Pool pool) {
        int least = 0;
        for (int i = 1; i < pool.size(); i++) {
            least = bounds[i] < bounds[least] ? i : least;
        }
        return least;
    }

    private boolean mayMatter(Pool pool, int i, double lost) {
        if (worst < 0 || next < 0) {
            return true;
        }
        float known = Math.max(pool.scoreOf(worst), pool.scoreOf(next));
        return bounds[i] - lost - SLACK <= known;
    }

    private void look(Pool pool, int i, double lost, boolean ruled) {
        if (!fresh[i]) {
            pool.score(i);
            fresh[i] = true;
            rescored++;
            bounds[i] = pool.scoreOf(i) + lost;
        }
        boolean falls = !ruled || pool.mayFall(i);
        if (falls && (worst < 0 || pool.isWorse(i, worst))) {
            next = worst >= 0 && (next < 0 || pool.isWorse(worst, next)) ? worst : next;
            worst = i;
        } else if (next < 0 || pool.isWorse(i, next)) {
            next = i;
        }
    }
}
