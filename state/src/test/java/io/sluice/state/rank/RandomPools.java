package io.sluice.state.rank;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Candidates and heads out of a seed. */
final class RandomPools {

    private RandomPools() {}

    static Candidates candidates(Random random, int n, int dimensions, int groups) {
        Candidates candidates = new Candidates();
        candidates.reset(n, dimensions);
        for (int i = 0; i < n; i++) {
            candidates.name(i, "i" + i);
            candidates.score(i, random.nextGaussian(), 0.5);
            if (groups > 0) {
                candidates.group(i, 1 + random.nextInt(groups));
            }
            boolean known = random.nextInt(10) > 0;
            for (int d = 0; known && d < dimensions; d++) {
                candidates.vectors()[candidates.vectorAt(i) + d] = (float) random.nextGaussian();
            }
        }
        return candidates;
    }

    static RankerHead head(Random random, int dimensions) {
        float[] gains = new float[dimensions];
        for (int d = 0; d < dimensions; d++) {
            gains[d] = (float) (0.5 + random.nextDouble());
        }
        return new RankerHead(
                RankerHead.Policy.ELIMINATION,
                (float) random.nextGaussian(),
                (float) random.nextGaussian(),
                random.nextBoolean() ? 0 : (float) (0.3 * random.nextGaussian()),
                (float) (0.5 + random.nextDouble()),
                gains);
    }

    /** The order of falling, the worst first. */
    static List<Integer> order(
            Pool pool, Candidates candidates, RankerHead head, Eliminator by, int stopAt) {
        pool.begin(candidates, head);
        for (int i = 0; i < candidates.size(); i++) {
            if (candidates.isScored(i)) {
                pool.add(i, 0);
            }
        }
        by.run(pool, stopAt, Deadline.none());
        pool.settle(pool.nextRound());
        return order(pool);
    }

    static List<Integer> order(Pool pool) {
        List<Integer> order = new ArrayList<>();
        for (int f = 0; f < pool.falls().size(); f++) {
            order.add(pool.falls().candidate(f));
        }
        return order;
    }
}
