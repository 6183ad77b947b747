package io.sluice.jobs.quickstart;

import java.util.List;

/**
 * A user comes and can be shown some of these items.
 *
 * @param number 0-based number of the visit; the visit is a function of it and the world's seed
 * @param user number of the user
 * @param device number of the device in use
 * @param candidates numbers of the items to choose from, all different, in no particular order
 */
record Visit(long number, int user, int device, List<Integer> candidates) {

    Visit {
        candidates = List.copyOf(candidates);
    }
}
