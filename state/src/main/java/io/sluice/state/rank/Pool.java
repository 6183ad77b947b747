package io.sluice.state.rank;

import io.sluice.state.kernel.Exponential;

/**
 * The survivors of one request: their scores among each other, and what happened to the others.
 *
 * <p>Scores follow {@link RankerHead}; {@link PoolScores} computes them. All that depends on the
 * pool goes through sums over the survivors ({@link PoolSums}) that a falling candidate is taken
 * out of, and that are added up anew whenever half of them have gone ({@link Survivors}): M = Σ
 * w(j)x(j), E = Σ w(j), X = Σ x(j), and the size of each group. So scoring all of n survivors is
 * one pass over their vectors ({@link UnitVectors}), O(n·d), and a fall is O(d). Members that are
 * pinned take part in the sums and never fall.
 *
 * <p>The rule of ties: of equal scores the one with the larger id falls first, so that equal input
 * gives equal output whatever its order.
 *
 * <p>Scratch: grows to the largest pool seen and is then reused without allocation. Not
 * thread-safe.
 */
public final class Pool {

    private final UnitVectors vectors = new UnitVectors();
    private final PoolSums sums = new PoolSums();
    private final Survivors survivors = new Survivors(vectors, sums);
    private final GroupTable groupTable = new GroupTable();
    private final PoolScores scores = new PoolScores(survivors, vectors, sums, groupTable);
    private final QuotaState quotas = new QuotaState(groupTable);
    private final FallLog falls = new FallLog();
    private final LowestFirst lowest = new LowestFirst(this);
    private Candidates candidates;
    private RankerHead head;
    private int dimensions;
    private float hottest;
    private boolean loaded; // vectors and sums are there

    /**
     * Begins a request.
     *
     * @param of what was said of the candidates; must stay as it is until the pool is done with
     * @param by the head; vectors of other dimensions than its own don't count
     */
    public void begin(Candidates of, RankerHead by) {
        candidates = of;
        head = by;
        boolean fit = of.dimensions() == by.dimensions() && (by.alpha() != 0 || by.lambda() != 0);
        dimensions = fit ? of.dimensions() : 0;
        int room = survivors.begin(of.size());
        vectors.begin(room, dimensions);
        sums.begin(dimensions);
        scores.begin(by, dimensions, room);
        loaded = false;
        hottest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < of.size(); i++) {
            if (of.logit(i) > hottest) { // never by NaN
                hottest = of.logit(i);
            }
        }
        groupTable.begin(of.size());
        quotas.clear();
        falls.begin(of.size());
    }

    /**
     * Adds a candidate that has a score.
     *
     * @param candidate its place in the list
     * @param extra added to its log-odds, for exploration
     */
    public void add(int candidate, float extra) {
        survivors.add(
                candidate,
                groupTable.enter(candidates.group(candidate)),
                candidates.logit(candidate),
                extra);
    }

    /**
     * Adds a candidate whose place is fixed.
     *
     * @param inWindow whether that place is among those that quotas speak of
     */
    public void addFixed(int candidate, boolean inWindow) {
        quotas.pin(groupTable.enter(candidates.group(candidate)), inWindow);
        float[] x = vectors.single(candidates, candidate);
        boolean weighs = head.alpha() != 0 && candidates.isScored(candidate);
        sums.enterFixed(weighs && isAny(x) ? weight(candidates.logit(candidate)) : 0, x);
    }

    private boolean isAny(float[] x) {
        for (int d = 0; d < dimensions; d++) {
            if (x[d] != 0) {
                return true;
            }
        }
        return false;
    }

    private float weight(float logit) {
        return (float) Exponential.of((logit - hottest) / head.tau());
    }

    /** Vectors, weights and sums of all that were added, together: once, when they are needed. */
    private void load() {
        loaded = true;
        if (dimensions > 0) {
            survivors.load(candidates, head, hottest);
        }
    }

    /** The quotas of this request; to be declared after all candidates were added. */
    QuotaState quotas() {
        return quotas;
    }

    /** Scores every survivor among the others, to be done again and again; O(n·d). */
    void score() {
        if (!loaded) {
            load();
        }
        scores.score();
    }

    /** Scores by the model and exploration alone. */
    void scoreAlone() {
        scores.scoreAlone();
    }

    /** Scores one survivor, bit for bit as {@link #score()} does, which comes first; O(d). */
    void score(int i) {
        scores.score(i);
    }

    /**
     * Bound on how much the fall of survivor i can lower the score of any other one (see {@link
     * LazyOneByOne}).
     */
    float mostLoss(int i) {
        return scores.mostLoss(i);
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
                survivors.member(i),
                round,
                survivors.standing() + sums.fixed(),
                against < 0 ? -1 : survivors.member(against),
                against < 0 ? 0 : scores.of(against) - scores.of(i),
                scores.of(i),
                scores.relevancePart(i),
                scores.crowdingPart(i),
                scores.groupPart(i),
                survivors.bonus(i));
        groupTable.leave(survivors.group(i));
        survivors.fall(i);
    }

    /** Takes all that fell since the last call out of the sums, and closes their gaps. */
    void close() {
        survivors.close();
    }

    /** Whether survivor i falls before survivor j, by score and the rule of ties. */
    boolean isWorse(int i, int j) {
        float a = scores.of(i);
        float b = scores.of(j);
        return a < b || (a == b && compareIds(i, j) > 0);
    }

    int compareIds(int i, int j) {
        return candidates.id(survivors.member(i)).compareTo(candidates.id(survivors.member(j)));
    }

    /** Whether the rules let survivor i go now. */
    boolean mayFall(int i) {
        return quotas.mayFall(survivors.group(i), survivors.standing());
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
        dropLowest(size() - 1, round);
        if (size() == 1) {
            fall(0, 0, -1);
            close();
        }
    }

    /** How many are left. */
    public int size() {
        return survivors.size();
    }

    /** The score of survivor i as of the last scoring. */
    float scoreOf(int i) {
        return scores.of(i);
    }

    /** The scores of all as of the last scoring. */
    float[] scores() {
        return scores.all();
    }

    /** Which candidate survivor i is. */
    int member(int i) {
        return survivors.member(i);
    }

    /** Sum of the survivors' weights, for tests. */
    double totalWeight() {
        return sums.totalWeight();
    }

    /** Σ x over the survivors in one dimension, for tests. */
    double sum(int d) {
        return sums.sum(d);
    }

    /** Σ w·x over the survivors in one dimension, for tests. */
    double mean(int d) {
        return sums.mean(d);
    }

    /** The order in which candidates fell, the best one last. */
    public FallLog falls() {
        return falls;
    }
}
