package io.sluice.jobs.quickstart;

import java.util.List;

/** A way to order the candidates of a visit; what the engine is compared with. */
interface Arm {

    /**
     * Orders the candidates of a visit, best first.
     *
     * @return each candidate exactly once
     */
    List<Integer> order(Phase phase, Visit visit);
}
