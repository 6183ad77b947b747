package io.sluice.state.rank;

import java.util.Arrays;

/**
 * The survivors of one request: their scores among each other, and what happened to the others.
 *
 * <p>Scores follow {@link RankerHead}. All that depends on the pool goes through sums over the
 * survivors that a falling candidate is taken out of, and that are added up anew whenever half of
 * them have gone: M = Σ w(j)x(j), E = Σ w(j), X = Σ x(j), and the size of each group. So scoring
 * all of n survivors is one pass over their vectors, O(n·d), and a fall is O(d). Vectors stand
 * column by column, since that is what the compiler turns into vector instructions; survivors stand
 * side by side, in no particular order. Members that are pinned take part in the sums and never
 * fall.
 *
 * <p>The rule of ties: of equal scores the one with the larger id falls first, so that equal input
 * gives equal output whatever its order.
 *
 * <p>Scratch: grows to the largest pool seen and is then reused without allocation. Not
 * thread-safe.
 */
public final class Pool {

    /** Who outweighs all others by more than this has no pool: the rest would be rounding. */
    private static final float LEAST_REST = 1e-3f;

    // -- the survivors, at 0 .. size - 1
    private int size;
    private int[] members = {};
    private float[] base = {};
    private float[] bonus = {};
    private float[] weights = {}; // w
    private float[] squares = {};
    private float[] pulls = {}; // ⟨g ∘ x, x⟩
    private int[] groups = {};
    private float[] rows = {}; // unit vectors, one behind the other
    private float[][] columns = {}; // the same by dimension, once that is worth it
    private boolean transposed;
    private int[] kept = {}; // scratch
    private float[] scores = {};
    private float[] toMean = {}; // ⟨g ∘ x, M⟩
    private float[] toSum = {}; // ⟨x, X⟩
    private float[] groupParts = {};
    private boolean[] gone = {};
    private int pending; // fallen, but still in their places

    // -- sums over the survivors and those that stay for good
    private int dimensions;
    private int fixed;
    private float totalWeight;
    private float[] mean = {};
    private float[] sum = {};
    private int refreshAt; // size at which the sums are added up anew
    private float fixedWeight;
    private float[] fixedMean = {};
    private float[] fixedSum = {};
    private float[] scaledMean = {};
    private float[] floatSum = {};

    // -- what stands
    private Candidates candidates;
    private RankerHead head;
    private float hottest;
    private final GroupTable groupTable = new GroupTable();
    private final QuotaState quotas = new QuotaState(groupTable);
    private final FallLog falls = new FallLog();
    private final LowestFirst lowest = new LowestFirst(this);

    // -- scratch
    private float[] unit = {};

    /**
     * Begins a request.
     *
     * @param of what was said of the candidates; must stay as it is until the pool is done with
     * @param by the head; vectors of other dimensions than its own don't count
     */
    public void begin(Candidates of, RankerHead by) {
        candidates = of;
        head = by;
        size = 0;
        fixed = 0;
        pending = 0;
        totalWeight = 0;
        fixedWeight = 0;
        transposed = false;
        refreshAt = 0;
        boolean fit = of.dimensions() == by.dimensions() && (by.alpha() != 0 || by.lambda() != 0);
        dimensions = fit ? of.dimensions() : 0;
        reserve(of.size());
        Arrays.fill(mean, 0, dimensions, 0);
        Arrays.fill(sum, 0, dimensions, 0);
        Arrays.fill(fixedMean, 0, dimensions, 0);
        Arrays.fill(fixedSum, 0, dimensions, 0);
        hottest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < of.size(); i++) {
            if (of.isScored(i)) {
                hottest = Math.max(hottest, of.logit(i));
            }
        }
        groupTable.begin(of.size());
        quotas.clear();
        falls.begin(of.size());
        Arrays.fill(gone, false);
    }

    private void reserve(int count) {
        if (members.length < count) {
            int room = Math.max(count, 2 * members.length);
            members = new int[room];
            base = new float[room];
            bonus = new float[room];
            weights = new float[room];
            squares = new float[room];
            pulls = new float[room];
            groups = new int[room];
            scores = new float[room];
            toMean = new float[room];
            toSum = new float[room];
            groupParts = new float[room];
            gone = new boolean[room];
            kept = new int[room];
            columns = new float[columns.length][room];
        }
        if (columns.length < dimensions) {
            int room = members.length;
            columns = Arrays.copyOf(columns, dimensions);
            for (int d = 0; d < dimensions; d++) {
                columns[d] = columns[d] == null ? new float[room] : columns[d];
            }
            mean = new float[dimensions];
            sum = new float[dimensions];
            fixedMean = new float[dimensions];
            fixedSum = new float[dimensions];
            scaledMean = new float[dimensions];
            floatSum = new float[dimensions];
            unit = new float[dimensions];
        }
        if (rows.length < members.length * dimensions) {
            rows = new float[members.length * dimensions];
        }
    }

    /**
     * Adds a candidate that has a score.
     *
     * @param candidate its place in the list
     * @param extra added to its log-odds, for exploration
     */
    public void add(int candidate, float extra) {
        int i = size++;
        members[i] = candidate;
        base[i] = candidates.logit(candidate);
        bonus[i] = extra;
        groups[i] = groupTable.enter(candidates.group(candidate));
        weights[i] = weight(base[i]);
        squares[i] = unitVector(candidate);
        System.arraycopy(unit, 0, rows, i * dimensions, dimensions);
        pulls[i] = head.alpha() == 0 ? 0 : pull(unit);
        enterSums(weights[i], unit, 0);
        refreshAt = size / 2;
    }

    /** ⟨g ∘ x, x⟩, by four sums at a time: one alone would wait for itself. */
    private float pull(float[] x) {
        float[] g = head.gains();
        float p0 = 0;
        float p1 = 0;
        float p2 = 0;
        float p3 = 0;
        int d = 0;
        for (; d + 4 <= dimensions; d += 4) {
            p0 += g[d] * x[d] * x[d];
            p1 += g[d + 1] * x[d + 1] * x[d + 1];
            p2 += g[d + 2] * x[d + 2] * x[d + 2];
            p3 += g[d + 3] * x[d + 3] * x[d + 3];
        }
        for (; d < dimensions; d++) {
            p0 += g[d] * x[d] * x[d];
        }
        return (p0 + p1) + (p2 + p3);
    }

    /**
     * Adds a candidate whose place is fixed.
     *
     * @param inWindow whether that place is among those that quotas speak of
     */
    public void addFixed(int candidate, boolean inWindow) {
        fixed++;
        quotas.pin(groupTable.enter(candidates.group(candidate)), inWindow);
        float square = unitVector(candidate);
        boolean counts = candidates.isScored(candidate) && square > 0;
        float weight = counts ? weight(candidates.logit(candidate)) : 0;
        fixedWeight += weight;
        for (int d = 0; d < dimensions; d++) {
            fixedMean[d] += weight * unit[d];
            fixedSum[d] += unit[d];
        }
        enterSums(weight, unit, 0);
    }

    private float weight(float logit) {
        return dimensions == 0 || head.alpha() == 0
                ? 1
                : (float) FastExp.of((logit - hottest) / head.tau());
    }

    private void enterSums(float weight, float[] x, int from) {
        float[] m = mean;
        float[] all = sum;
        totalWeight += weight;
        for (int d = 0; d < dimensions; d++) {
            m[d] += weight * x[from + d];
        }
        for (int d = 0; d < dimensions; d++) {
            all[d] += x[from + d];
        }
    }

    /** Adds up the sums anew, before what was taken out has left too much rounding in them. */
    private void refreshSums() {
        totalWeight = fixedWeight;
        System.arraycopy(fixedMean, 0, mean, 0, dimensions);
        System.arraycopy(fixedSum, 0, sum, 0, dimensions);
        for (int i = 0; i < size; i++) {
            enterSums(weights[i], rows, i * dimensions);
        }
        refreshAt = size / 2;
    }

    /** Puts a vector of length 1 into the scratch; returns its squared length, 1 or 0. */
    private float unitVector(int candidate) {
        if (dimensions == 0) {
            return 0;
        }
        float[] vectors = candidates.vectors();
        int from = candidates.vectorAt(candidate);
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int k = 0;
        for (; k + 4 <= dimensions; k += 4) {
            s0 += vectors[from + k] * vectors[from + k];
            s1 += vectors[from + k + 1] * vectors[from + k + 1];
            s2 += vectors[from + k + 2] * vectors[from + k + 2];
            s3 += vectors[from + k + 3] * vectors[from + k + 3];
        }
        for (; k < dimensions; k++) {
            s0 += vectors[from + k] * vectors[from + k];
        }
        float square = (s0 + s1) + (s2 + s3);
        float scale = square > 1e-20f ? 1 / (float) Math.sqrt(square) : 0;
        for (int d = 0; d < dimensions; d++) {
            unit[d] = scale * vectors[from + d];
        }
        return scale > 0 ? 1 : 0;
    }

    /** The quotas of this request; to be declared after all candidates were added. */
    QuotaState quotas() {
        return quotas;
    }

    /** Scores every survivor among the others, to be done again and again; O(n·d). */
    void score() {
        transpose();
        multiply();
        finishScores();
    }

    /** The same bit for bit, for a pool that shrinks so fast that columns would not pay. */
    void scoreByRows() {
        prepareSums();
        for (int i = 0; i < size; i++) {
            multiplyRow(i);
        }
        finishScores();
    }

    /** Sixteen vectors at a time, which stay in the nearest cache. */
    private void transpose() {
        if (transposed) {
            return;
        }
        int block = 16;
        for (int from = 0; from < size; from += block) {
            int to = Math.min(size, from + block);
            for (int d = 0; d < dimensions; d++) {
                float[] column = columns[d];
                int at = from * dimensions + d;
                for (int i = from; i < to; i++) {
                    column[i] = rows[at];
                    at += dimensions;
                }
            }
        }
        transposed = true;
    }

    private void finishScores() {
        for (int i = 0; i < size; i++) {
            scores[i] = base[i] + bonus[i];
        }
        if (dimensions > 0) {
            float alpha = head.alpha();
            float total = totalWeight;
            float price = crowdingPrice();
            for (int i = 0; i < size; i++) {
                float rest = total - weights[i];
                float pull =
                        rest > LEAST_REST * weights[i]
                                ? alpha * (toMean[i] - weights[i] * pulls[i]) / rest
                                : 0;
                pull = Math.max(-RankerHead.REACH, Math.min(RankerHead.REACH, pull));
                scores[i] += pull - price * (toSum[i] - squares[i]);
            }
        }
        for (int i = 0; i < size; i++) {
            groupParts[i] = groupPart(i);
            scores[i] -= groupParts[i];
        }
    }

    /** Scores by the model and exploration alone. */
    void scoreAlone() {
        Arrays.fill(toMean, 0, size, 0);
        Arrays.fill(toSum, 0, size, 0);
        Arrays.fill(groupParts, 0, size, 0);
        for (int i = 0; i < size; i++) {
            scores[i] = base[i] + bonus[i];
        }
    }

    private void multiplyRow(int i) {
        float a = 0;
        float b = 0;
        int from = i * dimensions;
        int d = 0;
        for (; d + 4 <= dimensions; d += 4) {
            float x0 = rows[from + d];
            float x1 = rows[from + d + 1];
            float x2 = rows[from + d + 2];
            float x3 = rows[from + d + 3];
            a +=
                    (scaledMean[d] * x0 + scaledMean[d + 1] * x1)
                            + (scaledMean[d + 2] * x2 + scaledMean[d + 3] * x3);
            b +=
                    (floatSum[d] * x0 + floatSum[d + 1] * x1)
                            + (floatSum[d + 2] * x2 + floatSum[d + 3] * x3);
        }
        for (; d < dimensions; d++) {
            a += scaledMean[d] * rows[from + d];
            b += floatSum[d] * rows[from + d];
        }
        toMean[i] = a;
        toSum[i] = b;
    }

    /** Scores one survivor, bit for bit as {@link #score()} does; O(d). */
    void score(int i) {
        prepareSums();
        multiplyRow(i);
        float score = base[i] + bonus[i];
        if (dimensions > 0) {
            score += relevancePart(i) - crowdingPart(i);
        }
        groupParts[i] = groupPart(i);
        scores[i] = score - groupParts[i];
    }

    private void prepareSums() {
        for (int d = 0; d < dimensions; d++) {
            scaledMean[d] = head.gains()[d] * mean[d];
            floatSum[d] = sum[d];
        }
    }

    /** ⟨g ∘ x(i), M⟩ and ⟨x(i), X⟩ of all survivors, four columns at a time. */
    private void multiply() {
        prepareSums();
        Arrays.fill(toMean, 0, size, 0);
        Arrays.fill(toSum, 0, size, 0);
        if (dimensions == 0) {
            return;
        }
        int d = 0;
        for (; d + 4 <= dimensions; d += 4) {
            four(columns[d], columns[d + 1], columns[d + 2], columns[d + 3], d);
        }
        for (; d < dimensions; d++) {
            one(columns[d], d);
        }
    }

    private void four(float[] c0, float[] c1, float[] c2, float[] c3, int d) {
        float a0 = scaledMean[d];
        float a1 = scaledMean[d + 1];
        float a2 = scaledMean[d + 2];
        float a3 = scaledMean[d + 3];
        float b0 = floatSum[d];
        float b1 = floatSum[d + 1];
        float b2 = floatSum[d + 2];
        float b3 = floatSum[d + 3];
        float[] a = toMean;
        float[] b = toSum;
        int n = size;
        // Two loops: with both sums in one the compiler gave up on vectors for the second.
        for (int i = 0; i < n; i++) {
            a[i] += (a0 * c0[i] + a1 * c1[i]) + (a2 * c2[i] + a3 * c3[i]);
        }
        for (int i = 0; i < n; i++) {
            b[i] += (b0 * c0[i] + b1 * c1[i]) + (b2 * c2[i] + b3 * c3[i]);
        }
    }

    private void one(float[] column, int d) {
        for (int i = 0; i < size; i++) {
            toMean[i] += scaledMean[d] * column[i];
            toSum[i] += floatSum[d] * column[i];
        }
    }

    private float crowdingPrice() {
        int others = size + fixed - 1;
        return others > 0 ? head.lambda() / others : 0;
    }

    /** What likeness to the pool's likely items adds, as of the last scoring. */
    float relevancePart(int i) {
        if (dimensions == 0) {
            return 0;
        }
        float rest = totalWeight - weights[i];
        float pull =
                rest > LEAST_REST * weights[i]
                        ? head.alpha() * (toMean[i] - weights[i] * pulls[i]) / rest
                        : 0;
        return Math.max(-RankerHead.REACH, Math.min(RankerHead.REACH, pull));
    }

    /** What similarity to the pool takes, as of the last scoring. */
    float crowdingPart(int i) {
        return dimensions == 0 ? 0 : crowdingPrice() * (toSum[i] - squares[i]);
    }

    private float groupPart(int i) {
        int others = groupTable.count(groups[i]) - 1;
        return others > 0 ? head.mu() * others : 0;
    }

    /**
     * Bound on how much the fall of survivor i can lower the score of any other one (see {@link
     * LazyOneByOne}).
     */
    float mostLoss(int i) {
        if (size + fixed <= 2) {
            return Float.POSITIVE_INFINITY;
        }
        float loss = Math.max(0, -head.mu());
        if (dimensions > 0) {
            loss += 2 * Math.abs(head.lambda()) / (size + fixed - 2);
            if (head.alpha() != 0) {
                loss += relevanceLoss(weights[i]);
            }
        }
        return loss;
    }

    private float relevanceLoss(float falling) {
        float largest = 0;
        for (int j = 0; j < size; j++) {
            largest = Math.max(largest, weights[j]);
        }
        float gain = 0;
        for (float g : head.gains()) {
            gain = Math.max(gain, Math.abs(g));
        }
        float rest = totalWeight - falling - largest;
        float moved =
                rest <= 2 * LEAST_REST * largest
                        ? Float.POSITIVE_INFINITY
                        : 2 * Math.abs(head.alpha()) * gain * falling / rest;
        return Math.min(moved, 2 * RankerHead.REACH);
    }

    /**
     * Notes the fall of survivor i; it keeps its place and its part in the sums until {@link
     * #close}.
     *
     * @param round in which it falls, from 1
     * @param against the survivor that it is held against; -1 for none
     */
    void fall(int i, int round, int against) {
        falls.add(
                members[i],
                round,
                size - pending + fixed,
                against < 0 ? -1 : members[against],
                against < 0 ? 0 : scores[against] - scores[i],
                scores[i],
                relevancePart(i),
                crowdingPart(i),
                groupParts[i],
                bonus[i]);
        groupTable.leave(groups[i]);
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
        leaveSums(i);
        size--;
        move(size, i);
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
            System.arraycopy(rows, kept[k] * dimensions, rows, k * dimensions, dimensions);
        }
        transposed = false;
        size = left;
        refreshSums();
    }

    private void leaveSums(int i) {
        totalWeight -= weights[i];
        int from = i * dimensions;
        for (int d = 0; d < dimensions; d++) {
            mean[d] -= weights[i] * rows[from + d];
            sum[d] -= rows[from + d];
        }
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

    private void move(int from, int to) {
        if (from == to) {
            return;
        }
        moveFields(from, to);
        System.arraycopy(rows, from * dimensions, rows, to * dimensions, dimensions);
        for (int d = 0; transposed && d < dimensions; d++) {
            columns[d][to] = columns[d][from];
        }
    }

    /** Whether survivor i falls before survivor j, by score and the rule of ties. */
    boolean isWorse(int i, int j) {
        return scores[i] < scores[j] || (scores[i] == scores[j] && compareIds(i, j) > 0);
    }

    int compareIds(int i, int j) {
        return candidates.id(members[i]).compareTo(candidates.id(members[j]));
    }

    /** Whether the rules let survivor i go now. */
    boolean mayFall(int i) {
        return quotas.mayFall(groups[i], size - pending);
    }

    /** The number of the next round. */
    int nextRound() {
        return falls.size() == 0 ? 1 : falls.round(falls.size() - 1) + 1;
    }

    /** Lets the lowest fall by the scores as they are, the worst first; then closes the gaps. */
    void dropLowest(int count, int round) {
        lowest.drop(count, round);
        close();
    }

    /**
     * Puts whoever is left in order by their score among each other; the best of all never fell.
     *
     * @param round the one that ends it
     */
    void settle(int round) {
        score();
        settleAsScored(round);
    }

    /** The same by the scores as they are. */
    void settleAsScored(int round) {
        dropLowest(size - 1, round);
        if (size == 1) {
            fall(0, 0, -1);
            close();
        }
    }

    /** How many are left. */
    public int size() {
        return size;
    }

    /** The score of survivor i as of the last scoring. */
    float scoreOf(int i) {
        return scores[i];
    }

    /** Which candidate survivor i is. */
    int member(int i) {
        return members[i];
    }

    /** Sum of the survivors' weights, for tests. */
    double totalWeight() {
        return totalWeight;
    }

    /** Σ x over the survivors in one dimension, for tests. */
    double sum(int d) {
        return sum[d];
    }

    /** Σ w·x over the survivors in one dimension, for tests. */
    double mean(int d) {
        return mean[d];
    }

    /** The order in which candidates fell, the best one last. */
    public FallLog falls() {
        return falls;
    }
}
