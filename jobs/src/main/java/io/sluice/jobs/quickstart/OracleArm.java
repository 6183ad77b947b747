package io.sluice.jobs.quickstart;

import java.util.ArrayList;
import java.util.List;

/**
 * Knows the hidden truth, and fills one place after the other with what is worth most there.
 *
 * <p>Examination falls with the position, so without repetition this is the order of falling
 * appeal, the best of all. With it, greedy choices are within a hundredth of the best of all
 * orders, in the mean (tested by trying all of small lists). Immutable; thread-safe.
 */
final class OracleArm implements Arm {

    private final SimulatedWorld world;

    /** The oracle of a world. */
    OracleArm(SimulatedWorld world) {
        this.world = world;
    }

    @Override
    public List<Integer> order(Phase phase, Visit visit) {
        List<Integer> left = new ArrayList<>(visit.candidates());
        List<Integer> order = new ArrayList<>(left.size());
        while (!left.isEmpty()) {
            int best = 0;
            double most = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < left.size(); i++) {
                order.add(left.get(i));
                double worth =
                        world.appeal(phase, visit, left.get(i))
                                * world.freshness(order, order.size() - 1);
                order.remove(order.size() - 1);
                if (worth > most) {
                    most = worth;
                    best = i;
                }
            }
            order.add(left.remove(best));
        }
        return order;
    }
}
