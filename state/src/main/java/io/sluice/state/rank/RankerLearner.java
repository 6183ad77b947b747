package io.sluice.state.rank;

import io.sluice.state.kernel.Hashing;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Learns how to rank pools, slate by slate: two heads, how far people look, and which way of
 * ranking deserves to be in force.
 *
 * <p>Each slate is first ranked in all three ways by what was known before it, which is what the
 * gate sees; then it is learnt. A deterministic function of its state and the slate. Not
 * thread-safe.
 */
public final class RankerLearner {

    private final int dimensions;
    private final long seed;
    private final HeadTrainer oneShot;
    private final HeadTrainer elimination;
    private final Examination examination = new Examination();
    private final RankerGate gate = new RankerGate();
    private long slates;

    // -- scratch
    private final SlateOrders orders;
    private final double[] ndcgs = new double[RankerHead.Policy.values().length];
    private final double[] utilities = new double[ndcgs.length];

    /** A learner that sorts. */
    public RankerLearner(Elimination how, int dimensions, long seed) {
        this.dimensions = dimensions;
        this.seed = seed;
        oneShot = new HeadTrainer(Objective.ONE_SHOT, Discounts.NDCG, dimensions);
        elimination = new HeadTrainer(Objective.SURVIVAL, Discounts.NDCG, dimensions);
        orders = new SlateOrders(how.newEliminator());
    }

    /** Judges the three ways of ranking by a slate, then learns it. */
    public void observe(LabelledSlate slate) {
        examination.observe(slate);
        slates++;
        if (slate.positives() == 0) {
            return;
        }
        judge(slate);
        long ofSlate = Hashing.number(seed, slates);
        oneShot.learn(slate, examination, ofSlate);
        elimination.learn(slate, examination, ofSlate);
    }

    private void judge(LabelledSlate slate) {
        long[] groups = orders.groups(slate.candidates());
        for (RankerHead.Policy policy : RankerHead.Policy.values()) {
            int[] order = orders.of(slate.candidates(), head(policy), policy);
            ndcgs[policy.code()] = Discounts.ndcgAt10(order, slate.labels());
            utilities[policy.code()] = ClickModel.utility(order, slate.labels(), groups);
        }
        gate.observe(ndcgs, utilities);
    }

    /** What is known under a policy, whichever is in force. */
    public RankerHead head(RankerHead.Policy policy) {
        return switch (policy) {
            case SORT -> elimination.head(policy);
            case ONE_SHOT -> oneShot.head(policy);
            case ELIMINATION -> elimination.head(policy);
        };
    }

    /** What is to be served: the policy in force, and its parameters. */
    public RankerHead head() {
        return head(gate.inForce());
    }

    /** How far people look. */
    public Examination examination() {
        return examination;
    }

    /** Slates learnt. */
    public long slates() {
        return slates;
    }

    /** How often the gate changed its mind. */
    public long changes() {
        return gate.changes();
    }

    /** Bytes held, about. */
    public long bytes() {
        return 4L * Double.BYTES * (dimensions + PoolGradient.GAINS) + 700;
    }

    /** Writes everything. */
    public void write(DataOutput out) throws IOException {
        out.writeLong(slates);
        oneShot.write(out);
        elimination.write(out);
        examination.write(out);
        gate.write(out);
    }

    /** Replaces everything by what {@link #write} wrote. */
    public void read(DataInput in) throws IOException {
        slates = in.readLong();
        oneShot.read(in);
        elimination.read(in);
        examination.read(in);
        gate.read(in);
    }
}
