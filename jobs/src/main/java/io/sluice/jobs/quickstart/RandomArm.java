package io.sluice.jobs.quickstart;

import io.sluice.state.kernel.Hashing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Shuffles: what the list is worth without any choice. Immutable; thread-safe. */
final class RandomArm implements Arm {

    private final long seed;

    /** A shuffle that depends on the seed and the visit's number alone. */
    RandomArm(long seed) {
        this.seed = Hashing.text(seed, "random arm");
    }

    @Override
    public List<Integer> order(Phase phase, Visit visit) {
        List<Integer> order = new ArrayList<>(visit.candidates());
        Collections.shuffle(order, new Random(Hashing.number(seed, visit.number())));
        return order;
    }
}
