package io.sluice.state.rank;

import java.util.Arrays;

/**
 * Who is left of a request's candidates, and what stays the same of each while it is left.
 *
 * <p>Survivors stand side by side at 0 .. size − 1, in no particular order. Who falls keeps its
 * place and its part in the sums until the gaps are closed. The sums are added up anew whenever
 * half of the survivors have gone, before what was taken out has left too much rounding in them.
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
    private float[] weights = {}; // w
    private float[] squares = {};
    private float[] pulls = {}; // ⟨g ∘ x, x⟩
    private int[] groups = {};
    private boolean[] gone = {};
    private int pending; // fallen, but still in their places
    private int refreshAt; // size at which the sums are added up anew
    private int[] kept = {}; // scratch

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
        if (members.length < count) {
            int room = Math.max(count, 2 * members.length);
            members = new int[room];
            base = new float[room];
            bonus = new float[room];
            weights = new float[room];
            squares = new float[room];
            pulls = new float[room];
            groups = new int[room];
            gone = new boolean[room];
            kept = new int[room];
        }
        Arrays.fill(gone, false);
        return members.length;
    }

    /**
     * Adds the candidate whose vector was loaded last.
     *
     * @param candidate its place in the list
     * @param group its number in the table of groups
     * @param logit by the model
     * @param extra added to that, for exploration
     * @param weight its weight in the sums
     * @param square its vector's squared length
     * @param pull ⟨g ∘ x, x⟩
     */
    void add(
            int candidate,
            int group,
            float logit,
            float extra,
            float weight,
            float square,
            float pull) {
        int i = size++;
        members[i] = candidate;
        base[i] = logit;
        bonus[i] = extra;
        groups[i] = group;
        weights[i] = weight;
        squares[i] = square;
        pulls[i] = pull;
        vectors.put(i);
        sums.enter(weight, vectors.loaded(), 0);
        refreshAt = size / 2;
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
        sums.leave(weights[i], vectors.rows(), vectors.at(i));
        size--;
        if (i != size) {
            moveFields(size, i);
            vectors.move(size, i);
        }
        if (size <= refreshAt) {
            refreshSums();
        }
    }

    private void closeMany() {
        int left = 0;
        for (int i = 0; i < size; i++) {
            if (gone[i]) {
                gone[i] = false;
            } else {
                kept[left++] = i;
            }
        }
        for (int k = 0; k < left; k++) {
            moveFields(kept[k], k);
            vectors.moveRow(kept[k], k);
        }
        vectors.dropColumns();
        size = left;
        refreshSums();
    }

    private void moveFields(int from, int to) {
        members[to] = members[from];
        base[to] = base[from];
        bonus[to] = bonus[from];
        weights[to] = weights[from];
        squares[to] = squares[from];
        pulls[to] = pulls[from];
        groups[to] = groups[from];
    }

    private void refreshSums() {
        sums.restart();
        for (int i = 0; i < size; i++) {
            sums.enter(weights[i], vectors.rows(), vectors.at(i));
        }
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

    /** Its vector's squared length, 1 or 0. */
    float square(int i) {
        return squares[i];
    }

    /** ⟨g ∘ x, x⟩. */
    float pull(int i) {
        return pulls[i];
    }
}
