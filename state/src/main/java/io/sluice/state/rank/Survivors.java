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
    private int[] gone = {}; // 1, or 0 for who is left: loops without a branch
    private int pending; // fallen, but still in their places
    private int refreshAt; // size at which the sums are added up anew
    private boolean loaded;
    private int[] from = {}; // scratch
    private int[] to = {};
    private double[] exponents = {};
    private double[] powers = {};
    private double[] wholes = {};

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
            int room = PoolSums.roomFor(Math.max(count, 2 * members.length));
            members = new int[room];
            base = new float[room];
            bonus = new float[room];
            weights = new float[room];
            pulls = new float[room];
            groups = new int[room];
            gone = new int[room];
            from = new int[room];
            to = new int[room];
            exponents = new double[room];
            powers = new double[room];
            wholes = new double[room];
        }
        Arrays.fill(gone, 0, count, 0);
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
        if (head.alpha() == 0) {
            Arrays.fill(weights, 0, size, 0); // nobody asks for likeness
        } else {
            weigh(hottest, head.tau());
            Arrays.fill(pulls, 0, size, 0);
            vectors.addPulls(head.gains(), pulls, size);
        }
        addUp();
    }

    private void weigh(float hottest, float tau) {
        for (int i = 0; i < size; i++) {
            exponents[i] = (base[i] - hottest) / tau;
        }
        Exponential.of(exponents, powers, wholes, size);
        for (int i = 0; i < size; i++) {
            weights[i] = (float) powers[i];
        }
    }

    /** Marks survivor i as fallen. */
    void fall(int i) {
        gone[i] = 1;
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
        while (gone[i] == 0) {
            i++;
        }
        gone[i] = 0;
        size--;
        if (loaded) {
            sums.leave(vectors, weights[i], i, size);
        }
        moveFields(size, i);
        if (loaded && size <= refreshAt) {
            addUp();
        }
    }

    private void closeMany() {
        int left = size - pending;
        int moves = 0;
        for (int i = 0; i < left; i++) {
            to[moves] = i;
            moves += gone[i];
        }
        moves = 0;
        for (int i = left; i < size; i++) {
            from[moves] = i;
            moves += 1 - gone[i];
        }
        for (int k = 0; k < moves; k++) {
            moveFields(from[k], to[k]);
        }
        Arrays.fill(gone, 0, size, 0);
        size = left;
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
        sums.addUp(vectors, weights, size);
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

    /** The numbers of all their groups, {@link GroupTable#NONE} for none. */
    int[] groups() {
        return groups;
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
