package io.sluice.state.memory;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.kernel.Hashing;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * Remembers residuals in log-odds under several keys, each at three speeds, behind a gate.
 *
 * <p>Of each key and rate one voice: {@code d = clip(G / (H + n₀))}, G and H the decayed sums of
 * the key's cell, if it has one: one Newton step for an intercept of that key with a Gaussian prior
 * of precision n₀ (Gauss–Newton; nothing where nothing was seen). {@link Gate} weighs the voices.
 *
 * <p>What the other keys have said of a prediction is no error of this one: p is the prediction as
 * it was shown, corrected by all voices but those of the key itself, as far as they are trusted
 * when it is written (partial residuals of backfitting: Buja, Hastie and Tibshirani, Annals of
 * Statistics 1989). So keys that see the same errors share them out instead of each correcting them
 * once more.
 *
 * <p>A key under which something was written at the very time of a reading says nothing: a value at
 * time t knows what was before t, and none of t.
 *
 * <p>Deviations from ReLoop2 (KDD 2023): keys are ids, which never go stale, and a code of the
 * hidden vector is one more key at most; corrections are in log-odds; λ is learnt; sums fade
 * instead of being reset.
 *
 * <p>Codes are those of one version of the encoder ({@link RepresentationCoder}), and a key with a
 * code is a key of that version. When another one begins ({@link CodeWatch}), nothing of the one
 * before is found any more: its cells wait for others to take them. What is written stands under
 * the code of the moment at which the label is known: that is the one the next readings have.
 *
 * <p>A label that changes is corrected in the cell where it was written; where that cell was lost
 * to another key in between, what was written went with it, and nothing is corrected.
 *
 * <p>What one user can do. A key that is not a user's own is silent until {@code leastUsers}
 * different users wrote under it, and of the errors that it takes one user has at most one in 16,
 * and one more. With |y − p| ≤ 1 and p(1 − p) ≤ ¼, and n errors of others in the sums of a rate
 * whose curvature is h in the mean, that moves d by at most {@code (1 + limit/4)·(2 + n/15) / (n·h
 * + n₀)} where errors of a round are equally old, hence by about {@code (1 + limit/4)·max(2/n₀,
 * 1/15h)}; it never moves d, and never the prediction's log-odds, by more than {@code 2·limit}. Who
 * fills cells with keys of his own can take from others what has least evidence, cell by cell: that
 * moves a prediction back towards the model's own, by {@code limit} at most. A bound for what
 * memory adds; what the model learns has none.
 *
 * <p>O(keys + features) to read and to write, and O(bits · dimensions) for a code; no allocation.
 */
public final class ResidualMemory implements ErrorMemory {

    private static final int RATES = ResidualCells.RATES;
    private static final int NONE = ResidualCells.NONE;
    private static final int SLOW = RATES - 1;

    /** A part of the shape: other builds laid cells out in another way. */
    private static final long LAYOUT = 2;

    private static final String[] RATE_NAMES = {"fast", "middle", "slow"};

    private final KeyPlan plan;
    private final ResidualCells cells;
    private final Gate gate;
    private final MemoryClock clock = new MemoryClock();
    private final double prior;
    private final float limit;
    private final int leastUsers;
    private final long bytes;
    private final long shape;
    private final KeyCodes codes;

    // -- scratch of writing
    private final long[] keys;
    private final double[] parts; // what each key said, in log-odds

    /**
     * A memory of nothing.
     *
     * @param dimensions of the model's representation
     */
    public ResidualMemory(MemoryConfig config, FeatureSchema schema, int dimensions) {
        plan = KeyPlan.of(config.keys(), schema);
        keys = new long[plan.room()];
        parts = new double[plan.size()];
        Fade[] fades = halfLives(config).stream().map(Fade::new).toArray(Fade[]::new);
        cells = new ResidualCells(config.cells(), fades);
        gate = new Gate(plan.size() * RATES, config.limit(), config.gate());
        prior = config.prior();
        limit = (float) config.limit();
        leastUsers = config.leastUsers();
        codes = new KeyCodes(plan.needsCode(), config.lsh(), dimensions);
        bytes = bytes(plan, config, dimensions);
        shape = shape(config, dimensions);
    }

    private static List<Long> halfLives(MemoryConfig config) {
        return List.of(config.fastHalfLifeMs(), config.middleHalfLifeMs(), config.slowHalfLifeMs());
    }

    /** Bytes that a memory of these settings holds. */
    static long bytes(MemoryConfig config, FeatureSchema schema, int dimensions) {
        return bytes(KeyPlan.of(config.keys(), schema), config, dimensions);
    }

    private static long bytes(KeyPlan plan, MemoryConfig config, int dimensions) {
        return ResidualCells.bytes(config.cells())
                + Gate.bytes(plan.size() * RATES)
                + KeyCodes.bytes(plan.needsCode(), config.lsh(), dimensions);
    }

    private long shape(MemoryConfig config, int dimensions) {
        long hash = Hashing.number(LAYOUT, Hashing.number(config.cells(), plan.size()));
        for (long part : halfLives(config)) {
            hash = Hashing.number(hash, part);
        }
        for (int k = 0; k < plan.size(); k++) {
            hash = Hashing.text(hash, plan.name(k));
        }
        if (codes.areNeeded()) {
            hash = Hashing.number(Hashing.number(hash, config.lsh().bits()), dimensions);
        }
        return hash;
    }

    @Override
    public boolean readsRepresentation() {
        return codes.areNeeded();
    }

    @Override
    public int voices() {
        return plan.size() * RATES;
    }

    @Override
    public String voice(int i) {
        int k = i / RATES;
        String of = plan.hasCode(k) ? ", version " + codes.version() : "";
        return plan.name(k) + of + ", " + RATE_NAMES[i % RATES];
    }

    @Override
    public void share(FeatureVector x, SharedReading shared) {
        plan.begin(x, shared.share(plan.room()));
    }

    /** Nothing where a key has a code, which is known when the model has scored. */
    @Override
    public void ask(FeatureVector x, MemoryReading reading) {
        if (!codes.areNeeded()) {
            look(x, RepresentationCoder.NO_CODE, reading);
            reading.isAsked(true);
        }
    }

    private int cell(int k, long key) {
        return key == KeyPlan.ABSENT ? NONE : cells.find(ResidualCells.name(k, key));
    }

    /** Finds keys of a vector and their cells, which are on their way then. */
    private void look(FeatureVector x, long code, MemoryReading reading) {
        long[] found = reading.keys(plan.room());
        if (reading.shared().hasKeys()) {
            plan.keysBeside(reading.shared().keys(), x, code, found);
        } else {
            plan.keys(x, code, found);
        }
        int[] into = reading.cells(plan.size());
        for (int k = 0; k < plan.size(); k++) {
            into[k] = cell(k, found[k]);
            reading.ahead().take(cells.ahead(into[k]));
        }
    }

    @Override
    public void read(FeatureVector x, float[] representation, long time, MemoryReading reading) {
        long now = clock.at(time);
        double[] weights = reading.shared().weights().at(now, cells);
        if (!reading.isAsked()) {
            look(x, codes.part(codes.code(representation, reading)), reading);
        }
        reading.isAsked(false);
        reading.isKeyed(true);
        int[] found = reading.cells(plan.size());
        for (int k = 0; k < plan.size(); k++) {
            int cell = found[k];
            if (cell == NONE) {
                continue;
            }
            boolean known = plan.isOfUser(k) || cells.users(cell) >= leastUsers;
            // What is learnt of a moment tells of the rest of it: lines of one invoice, of one
            // slate.
            if (known && !cells.wasWrittenAt(cell, time)) {
                for (int rate = 0; rate < RATES; rate++) {
                    say(reading, k * RATES + rate, cell, rate, weights[rate]);
                }
            }
        }
        reading.conclude(gate.mix(reading, segment(reading)));
    }

    private void say(MemoryReading reading, int voice, int cell, int rate, double weight) {
        float curvature = cells.curvature(cell, rate);
        float d = (float) (cells.residual(cell, rate) / (curvature + prior * weight));
        reading.say(voice, Math.max(-limit, Math.min(limit, d)), (float) (curvature / weight));
    }

    /** Which of the first keys are known. */
    private int segment(MemoryReading reading) {
        int segment = 0;
        int keys = Math.min(Gate.SEGMENT_KEYS, plan.size());
        for (int k = 0; k < keys; k++) {
            segment |= reading.correction(k * RATES + SLOW) == 0 ? 0 : 1 << k;
        }
        return segment;
    }

    @Override
    public void judge(MemoryReading shown, float label, float weight) {
        gate.learn(shown, segment(shown), label, weight);
    }

    @Override
    public long write(
            FeatureVector x,
            float[] representation,
            long voter,
            long time,
            float label,
            float weight,
            MemoryReading shown) {
        long now = clock.at(time);
        cells.advance(now);
        double said = gate.parts(shown, segment(shown), RATES, parts);
        double[] weights = shown.shared().weights().at(now, cells);
        int code = codes.code(representation, shown);
        long[] keys = keys(x, code, shown);
        long user = plan.voter(keys, voter);
        long taken = 0;
        for (int k = 0; k < plan.size(); k++) {
            long key = keys[k];
            if (key == KeyPlan.ABSENT) {
                continue;
            }
            long name = ResidualCells.name(k, key);
            double p = gate.corrected(shown, said - parts[k]);
            double curvature = p * (1 - p);
            int cell = cells.find(name);
            if (cell == NONE) {
                cell = cells.claim(name, weight * weights[SLOW] * curvature, time);
            }
            if (cell == NONE) {
                continue;
            }
            if (plan.isOfUser(k) || cells.vote(cell, name, user)) {
                for (int rate = 0; rate < RATES; rate++) {
                    double w = weight * weights[rate];
                    cells.add(cell, rate, (float) (w * (label - p)), (float) (w * curvature));
                }
                taken |= 1L << k;
            }
            cells.sign(cell, time);
        }
        return taken | codes.stamp(representation, code);
    }

    /** The keys of what a reading was about. */
    private long[] keys(FeatureVector x, int code, MemoryReading shown) {
        if (shown.isKeyed() && !codes.areNeeded()) {
            return shown.keys(plan.room());
        }
        plan.keys(x, codes.part(code), keys);
        return keys;
    }

    @Override
    public void keepUp(FeatureVector x, Representations model) {
        codes.keepUp(x, model);
    }

    @Override
    public void correct(
            FeatureVector x,
            float[] representation,
            long written,
            long taken,
            float from,
            float to,
            float weight) {
        long then = clock.at(written);
        plan.keys(x, codes.part(codes.codeOf(taken)), keys);
        for (int k = 0; k < plan.size(); k++) {
            int cell = cell(k, keys[k]);
            boolean isTaken = (taken >> k & 1) == 1;
            if (cell == NONE || !isTaken || !cells.holds(cell, written)) {
                continue;
            }
            for (int rate = 0; rate < RATES; rate++) {
                double w = weight * cells.weight(rate, then);
                // (y' − p) − (y − p): what was predicted does not matter, nor does curvature.
                cells.add(cell, rate, (float) (w * (to - from)), 0);
            }
        }
    }

    @Override
    public void hasten(long time, int factor, long durationMs) {
        clock.hasten(time, factor, durationMs);
    }

    @Override
    public double weight(int voice, MemoryReading reading) {
        return gate.weight(voice, segment(reading));
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void markAllChanged(boolean evenEmpty) {
        cells.markAllChanged(evenEmpty);
    }

    @Override
    public void drainChanged(BlockSink sink) {
        cells.drainChanged(sink);
    }

    @Override
    public void writeServedHead(DataOutput out) throws IOException {
        clock.write(out);
        gate.writeServed(out);
        codes.writeServed(out);
    }

    @Override
    public void readServedHead(DataInput in) throws IOException {
        clock.read(in);
        gate.readServed(in);
        codes.readServed(in);
    }

    @Override
    public void putBlock(long id, byte[] payload) throws IOException {
        cells.putBlock(id, payload);
    }

    @Override
    public void writeHead(DataOutput out) throws IOException {
        out.writeLong(shape);
        clock.write(out);
        gate.write(out);
        cells.writeHead(out);
        codes.writeHead(out);
    }

    @Override
    public void readHead(DataInput in) throws IOException {
        long found = in.readLong();
        if (found != shape) {
            throw new CorruptStateException(
                    "memory: found shape %x, expected %x; memory.keys, cells or half-lives changed since the state was written, or an older build wrote it: restore the old ones or start without the old state"
                            .formatted(found, shape));
        }
        clock.read(in);
        gate.read(in);
        cells.readHead(in);
        codes.readHead(in);
    }

    @Override
    public void writeCells(int groups, DataOutput[] outs) throws IOException {
        cells.write(groups, outs);
        codes.writeCanaries(groups, outs);
    }

    @Override
    public void readCells(DataInput in) throws IOException {
        cells.read(in);
        codes.readCanaries(in);
    }
}
