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
 * Remembers residuals in log-odds under several keys, each fast and slow, behind a gate.
 *
 * <p>Of each key and rate one voice: {@code d = clip(G / (H + n₀))}, G and H the decayed sums of
 * the key's cell: one Newton step for an intercept of that key with a Gaussian prior of precision
 * n₀ (Gauss–Newton; nothing where nothing was seen). {@link Gate} weighs the voices.
 *
 * <p>A key under which something was written at the very time of a reading says nothing: a value at
 * time t knows what was before t, and none of t.
 *
 * <p>Deviations from ReLoop2 (KDD 2023): keys are ids, which never go stale, and a code of the
 * hidden vector is one more key at most; corrections are in log-odds; λ is learnt; sums fade
 * instead of being reset.
 *
 * <p>Codes are those of one version of the encoder ({@link RepresentationCoder}). When another one
 * begins ({@link CodeWatch}), every cell under a key with a code is emptied, so that nothing is
 * read under a code that it was not written under, and what was written before can not be corrected
 * any more. What is written stands under the code of the moment at which the label is known: that
 * is the one the next readings have.
 *
 * <p>What one user can do. A key that is not a user's own is silent until {@code leastUsers}
 * different users wrote under it, and takes at most {@code userCap} errors of one user in each
 * half-life of a rate, so it holds at most 2(cap + 1) of them as of now. With |y − p| ≤ 1 and p(1 −
 * p) ≤ ¼ that moves d by at most {@code 2(cap + 1)·(1 + limit/4) / n₀}, and the prediction's
 * log-odds by at most that times 1.2 for each of these keys and rates, and never by more than
 * {@code 2·limit}. A bound for what memory adds; what the model learns has none.
 *
 * <p>O(keys · features) to read and to write, and O(bits · dimensions) for a code; no allocation.
 */
public final class ResidualMemory implements ErrorMemory {

    private static final int RATES = ResidualCells.RATES;
    private static final int NO_CELL = -1;
    private static final String[] RATE_NAMES = {"fast", "slow"};

    private final KeyPlan plan;
    private final Fade[] fades;
    private final ResidualCells cells;
    private final Gate gate;
    private final MemoryClock clock = new MemoryClock();
    private final double prior;
    private final float limit;
    private final int leastUsers;
    private final int userCap;
    private final long bytes;
    private final long shape;
    private final KeyCodes codes;

    /**
     * A memory of nothing.
     *
     * @param dimensions of the model's representation
     */
    public ResidualMemory(MemoryConfig config, FeatureSchema schema, int dimensions) {
        plan = KeyPlan.of(config.keys(), schema);
        fades = new Fade[] {new Fade(config.fastHalfLifeMs()), new Fade(config.slowHalfLifeMs())};
        cells = new ResidualCells(sizes(plan, config), config.cells(), fades);
        gate = new Gate(plan.size() * RATES, config.limit(), config.gate());
        prior = config.prior();
        limit = (float) config.limit();
        leastUsers = config.leastUsers();
        userCap = config.userCap();
        codes = new KeyCodes(plan.needsCode(), config.lsh(), dimensions);
        bytes = bytes(plan, config, dimensions);
        shape = shape(config, dimensions);
    }

    /** Cells of each key: as many as there are codes for a code alone. */
    private static int[] sizes(KeyPlan plan, MemoryConfig config) {
        int[] sizes = new int[plan.size()];
        for (int k = 0; k < sizes.length; k++) {
            sizes[k] = plan.isCode(k) ? 1 << config.lsh().bits() : config.cells();
        }
        return sizes;
    }

    /** Bytes that a memory of these settings holds. */
    static long bytes(MemoryConfig config, FeatureSchema schema, int dimensions) {
        return bytes(KeyPlan.of(config.keys(), schema), config, dimensions);
    }

    private static long bytes(KeyPlan plan, MemoryConfig config, int dimensions) {
        return ResidualCells.bytes(sizes(plan, config), config.cells())
                + Gate.bytes(plan.size() * RATES)
                + KeyCodes.bytes(plan.needsCode(), config.lsh(), dimensions);
    }

    private long shape(MemoryConfig config, int dimensions) {
        long hash = Hashing.number(config.cells(), plan.size());
        for (long part : List.of(config.fastHalfLifeMs(), config.slowHalfLifeMs())) {
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
    public void read(FeatureVector x, float[] representation, long time, MemoryReading reading) {
        long now = clock.at(time);
        double fast = fades[0].weight(now, cells.landmark(0));
        double slow = fades[1].weight(now, cells.landmark(1));
        int code = codes.code(representation, reading);
        for (int k = 0; k < plan.size(); k++) {
            int cell = cell(k, x, code);
            if (cell == NO_CELL) {
                continue;
            }
            boolean known = plan.isOfUser(k) || cells.users(cell) >= leastUsers;
            // What is learnt of a moment tells of the rest of it: lines of one invoice, of one
            // slate.
            if (known && !cells.wasWrittenAt(cell, time)) {
                say(reading, k * RATES, cell, 0, fast);
                say(reading, k * RATES + 1, cell, 1, slow);
            }
        }
        reading.conclude(gate.mix(reading, segment(reading)));
    }

    private int cell(int k, FeatureVector x, int code) {
        if (plan.isCode(k)) {
            return code == RepresentationCoder.NO_CODE ? NO_CELL : cells.cellAt(k, code);
        }
        long key = plan.key(k, x, code);
        return key == KeyPlan.ABSENT ? NO_CELL : cells.cell(k, key);
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
            segment |= reading.correction(k * RATES + 1) == 0 ? 0 : 1 << k;
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
        double p = shown.base();
        double residual = label - p;
        double curvature = p * (1 - p);
        double fast = weight * fades[0].weight(now, cells.landmark(0));
        double slow = weight * fades[1].weight(now, cells.landmark(1));
        long user = plan.voter(x, voter);
        int code = codes.code(representation, shown);
        long taken = 0;
        for (int k = 0; k < plan.size(); k++) {
            int cell = cell(k, x, code);
            if (cell == NO_CELL) {
                continue;
            }
            for (int rate = 0; rate < RATES; rate++) {
                if (plan.isOfUser(k)
                        || cells.vote(k, cell, user, rate, halves(rate, now), userCap)) {
                    double w = rate == 0 ? fast : slow;
                    cells.add(cell, rate, (float) (w * residual), (float) (w * curvature));
                    taken |= 1L << (k * RATES + rate);
                }
            }
            cells.sign(cell, user, time);
        }
        return taken | codes.stamp(representation, code);
    }

    @Override
    public void keepUp(FeatureVector x, Representations model) {
        if (codes.keepUp(x, model)) {
            clearCodes();
        }
    }

    private void clearCodes() {
        for (int k = 0; k < plan.size(); k++) {
            if (plan.hasCode(k)) {
                cells.clear(k);
            }
        }
    }

    private long halves(int rate, long now) {
        return fades[rate].halves(now);
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
        int code = codes.codeOf(taken);
        for (int k = 0; k < plan.size(); k++) {
            int cell = cell(k, x, code);
            if (cell == NO_CELL) {
                continue;
            }
            for (int rate = 0; rate < RATES; rate++) {
                if ((taken >> (k * RATES + rate) & 1) == 1) {
                    double w = weight * fades[rate].weight(then, cells.landmark(rate));
                    // (y' − p) − (y − p): what was predicted does not matter, nor does curvature.
                    cells.add(cell, rate, (float) (w * (to - from)), 0);
                }
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
                    "memory: found shape %x, expected %x; memory.keys, cells or half-lives changed since the state was written: restore the old ones or start without the old state"
                            .formatted(found, shape));
        }
        clock.read(in);
        gate.read(in);
        cells.readHead(in);
        if (codes.readHead(in)) {
            clearCodes();
        }
    }

    @Override
    public void writeCells(int groups, DataOutput[] outs) throws IOException {
        cells.write(groups, outs);
        codes.writeCanaries(groups, outs);
    }

    @Override
    public void readCells(DataInput in) throws IOException {
        cells.read(k -> codes.areShared() || !plan.hasCode(k), in);
        codes.readCanaries(in);
    }
}
