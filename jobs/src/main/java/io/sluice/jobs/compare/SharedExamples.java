package io.sluice.jobs.compare;

import io.sluice.state.kernel.Hashing;
import io.sluice.state.learner.Scored;
import java.util.Arrays;

/**
 * Makes sure that all arms are judged by the same examples in the same order: the first arm's are
 * remembered by a hash of 64 bits each, the others' are held against it as they come.
 */
final class SharedExamples {

    private long[] known = new long[1024];
    private int size;
    private String first = "";

    /** Looks at the run of one arm. */
    final class Look {
        private final String arm;
        private int next;

        private Look(String arm) {
            this.arm = arm;
        }

        /** Takes the arm's next example. */
        void at(Scored example) {
            long hash = hash(example);
            if (arm.equals(first)) {
                remember(hash);
            } else if (next >= size || known[next] != hash) {
                throw fault(
                        "example %d is request '%s', item '%s', at %d"
                                .formatted(
                                        next, example.request(), example.item(), example.time()));
            }
            next++;
        }

        /** Called after the last example. */
        void end() {
            if (next < size) {
                throw fault("an end after %d of %d examples".formatted(next, size));
            }
        }

        private IllegalArgumentException fault(String found) {
            return new IllegalArgumentException(
                    "arm %s must judge the same examples as arm %s, found otherwise: %s; set model.negativeKeepRate for all arms alike"
                            .formatted(arm, first, found));
        }
    }

    /** Begins with an arm; the first one decides. */
    Look look(String arm) {
        if (first.isEmpty()) {
            first = arm;
        }
        return new Look(arm);
    }

    private void remember(long hash) {
        if (size == known.length) {
            known = Arrays.copyOf(known, 2 * size);
        }
        known[size++] = hash;
    }

    private static long hash(Scored example) {
        long hash = Hashing.number(example.time(), Float.floatToIntBits(example.label()));
        hash = Hashing.number(hash, Float.floatToIntBits(example.weight()));
        return Hashing.text(Hashing.text(hash, example.request()), example.item());
    }
}
