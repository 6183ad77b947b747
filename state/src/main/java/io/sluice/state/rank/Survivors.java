package io.sluice.state.rank;

import io.sluice.state.kernel.Exponential;
import java.util.Arrays;

/**
 * Who is left of a request's candidates, and what stays the same of each while it is left.
 *
 * <p>Survivors stand side by side at 0 .. size − 1, in no particular order. Who falls keeps its
 * place and its part in the sums until the gaps are closed, each by the last one that stands. The
 * sums are added up anew whenever half of the survivors have gone, before what was taken out has
 * left too much rounding in them. Without {@link #load} there are no vectors, weights and sums.
 *
 * <p>Scratch: grows to the largest pool seen and is then reused without allocation. Not
 * thread-safe.
 */
final class Survivors {

    private final UnitVectors vectors;
    private final PoolSums sums;
    private int size;
    private int[] members = {};
    private float[] base = {};
    private float[] bonus = {};
    private float[] weights = {}; // w, where the head asks for likeness
    private float[] pulls = {}; // ⟨g ∘ x, x⟩
    private int[] groups = {};
    private boolean[] gone = {};
    private int pending; // fallen, but still in their places
    private int refreshAt; // size at which the sums are added up anew
    private boolean loaded;
    private boolean weighed;
    private int[] from = {}; // scratch
    private int[] to = {};

    /** Survivors with those vectors, who take part in those sums. */
    Survivors(UnitVectors vectors, PoolSums sums) {
        this.vectors = vectors;
        this.sums = sums;
    }

    /**
     * Begins a request, with nobody in it.
     *
     * @param count the most that may be added
     * @return how many there is room for
     */
    int begin(int count) {
        size = 0;
        pending = 0;
        refreshAt = 0;
        loaded = false;
        if (members.length < count) {
            int room = Math.max(count, 2 * members.length);
            members = new int[room];
            base = new float[room];
            bonus = new float[room];
            weights = new float[room];
            pulls = new float[room];
            groups = new int[room];
            gone = new boolean[room];
            from = new int[room];
            to = new int[room];
        }
        Arrays.fill(gone, 0, count, false);
        return members.length;
    }

    /**
     * Adds a candidate.
     *
     * @param candidate its place in the list
     * @param group its number in the table of groups
     * @param logit by the model
     * @param extra added to that, for exploration
     */
    void add(int candidate, int group, float logit, float extra) {
        int i = size++;
        members[i] = candidate;
        base[i] = logit;
        bonus[i] = extra;
        groups[i] = group;
    }

    /**
     * Gives all of them their vectors, weights and part in the sums.
     *
     * @param hottest the largest of the log-odds that weigh
     */
    void load(Candidates candidates, RankerHead head, float hottest) {
        vectors.load(candidates, members, size);
        loaded = true;
        weighed = head.alpha() != 0;
        if (weighed) {
            for (int i = 0; i < size; i++) {
                weights[i] = (float) Exponential.of((base[i] - hottest) / head.tau());
            }
            Arrays.fill(pulls, 0, size, 0);
            vectors.addPulls(head.gains(), pulls, size);
        }
        addUp();
    }

    /** Marks survivor i as fallen. */
    void fall(int i) {
        gone[i] = true;
        pending++;
    }

    /** Takes all that fell since the last call out of the sums, and closes their gaps. */
    void close() {
        if (pending == 1) {
            closeOne();
        } else if (pending > 1) {
            closeMany();
        }
        pending = 0;
    }

    private void closeOne() {
        int i = 0;
        while (!gone[i]) {
            i++;
        }
        gone[i] = false;
        size--;
        if (loaded) {
            sums.leave(vectors, weighed ? weights[i] : 0, i, size);
        }
        moveFields(size, i);
        if (loaded && size <= refreshAt) {
            addUp();
        }
    }

    private void closeMany() {
        int moves = 0;
        int gap = 0;
        int last = size - 1;
        while (true) {
            while (gap <= last && !gone[gap]) {
                gap++;
            }
            while (last >= gap && gone[last]) {
                gone[last--] = false;
            }
            if (gap > last) {
                break;
            }
            gone[gap] = false;
            moveFields(last, gap);
            from[moves] = last--;
            to[moves++] = gap++;
        }
        size = last + 1;
        if (loaded) {
            vectors.move(from, to, moves);
            addUp();
        }
    }

    private void moveFields(int last, int gap) {
        members[gap] = members[last];
        base[gap] = base[last];
        bonus[gap] = bonus[last];
        weights[gap] = weights[last];
        pulls[gap] = pulls[last];
        groups[gap] = groups[last];
    }

    private void addUp() {
        sums.addUp(vectors, weighed ? weights : null, size);
        refreshAt = size / 2;
    }

    /** How many there are, with those whose gaps are not closed yet. */
    int size() {
        return size;
    }

    /** How many have not fallen. */
    int standing() {
        return size - pending;
    }

    /** Which candidate survivor i is. */
    int member(int i) {
        return members[i];
    }

    /** The number of its group. */
    int group(int i) {
        return groups[i];
    }

    /** What was added to its log-odds. */
    float bonus(int i) {
        return bonus[i];
    }

    /** Its log-odds with what was added. */
    float alone(int i) {
        return base[i] + bonus[i];
    }

    /** Its weight in the sums. */
    float weight(int i) {
        return weights[i];
    }

    /** Log-odds of all. */
    float[] bases() {
        return base;
    }

    /** What was added to the log-odds of all. */
    float[] bonuses() {
        return bonus;
    }

    /** The weights of all. */
    float[] weights() {
        return weights;
    }

    /** Squared lengths of all vectors, 1 or 0. */
    float[] squares() {
        return vectors.squares();
    }

    /** ⟨g ∘ x, x⟩ of all. */
    float[] pulls() {
        return pulls;
    }
}
