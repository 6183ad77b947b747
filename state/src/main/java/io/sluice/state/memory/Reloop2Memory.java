package io.sluice.state.memory;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.kernel.Exponential;
import io.sluice.state.kernel.Hashing;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The memory of ReLoop2 (Zhu et al., KDD 2023, arXiv 2306.08808) as published.
 *
 * <p>Written under the K hashes of the model's representation h of the example, {@link
 * SignedRandomProjection}: n, Y and B of {@link Reloop2Buckets} (equations 17 and 18). Read, with p
 * the model's prediction, N the number of writes, and the bucket of each array a neighbour:
 *
 * <pre>
 *   sₖ = nₖ / N        aₖ = exp(sₖ/τ) / Σⱼ exp(sⱼ/τ)                        (10, 12)
 *   ȳ = Σ aₖ Yₖ/nₖ     p̄ = Σ aₖ Bₖ/nₖ                                       (11)
 *   e = γ(ȳ − p) + (1 − γ)(ȳ − p̄)                                           (13)
 *   answer = clamp(p + λe, 0, 1)                                            (9)
 * </pre>
 *
 * <p>An array whose bucket is empty is no neighbour; without any, e = 0 (the paper has 0/0). The
 * normalisation of sₖ is the one spot at which the paper leaves room. All buckets are emptied after
 * every {@link Reloop2Config#resetEvents} examples.
 *
 * <p>h is the sum Σ vᵢxᵢ of the embeddings that are active in the example, encoder {@value
 * #ENCODER}: as long as one embedding, whatever the number of fields. Their concatenation would
 * keep apart what the sum adds up, at as many times the cost of hashing as there are fields. A
 * write hashes what the encoder says when the label is known: the newest codes are those that the
 * next readings will have. Codes of before go stale as the embeddings move; that is what the paper
 * resets for.
 *
 * <p>One voice, in probability. Neither decay nor protection: {@link #hasten} changes nothing, and
 * one user may write what he likes. O(K · L · dimensions) to read, O(K) to write what has just been
 * read; no allocation.
 */
public final class Reloop2Memory implements ErrorMemory {

    /** The number of the encoder that makes the representation: state of another one is refused. */
    private static final int ENCODER = 1;

    private final Reloop2Config config;
    private final SignedRandomProjection hashes;
    private final Reloop2Buckets buckets;
    private final int dimensions;
    private double written; // N: weights since the last reset
    private long examples; // since the last reset
    private long resets;

    /**
     * A memory of nothing.
     *
     * @param dimensions of the model's representation
     */
    public Reloop2Memory(Reloop2Config config, int dimensions) {
        this.config = config;
        this.dimensions = dimensions;
        hashes = new SignedRandomProjection(config.arrays(), config.bits(), dimensions);
        buckets = new Reloop2Buckets(config.arrays(), config.bits());
    }

    /** Bytes that a memory of these settings holds. */
    static long bytes(Reloop2Config config, int dimensions) {
        return Reloop2Buckets.bytes(config.arrays(), config.bits())
                + SignedRandomProjection.bytes(config.arrays(), config.bits(), dimensions);
    }

    @Override
    public boolean readsRepresentation() {
        return true;
    }

    @Override
    public int voices() {
        return 1;
    }

    @Override
    public String voice(int i) {
        return "neighbours of the representation";
    }

    /** Keys are hashes of representations, which hold all features. */
    @Override
    public void share(FeatureVector x, SharedReading shared) {}

    /** Nothing: where to look is known when the model has scored. */
    @Override
    public void ask(FeatureVector x, MemoryReading reading) {}

    @Override
    public void read(FeatureVector x, float[] representation, long time, MemoryReading reading) {
        int[] codes = hash(representation, reading);
        double p = reading.base();
        double total = 0;
        double labels = 0;
        double predictions = 0;
        double evidence = 0;
        double scale = 1 / (written * config.temperature());
        for (int k = 0; k < config.arrays(); k++) {
            int bucket = buckets.bucket(k, codes[k]);
            double n = buckets.count(bucket);
            if (n > 0) {
                double a = Exponential.of(n * scale);
                total += a;
                labels += a * buckets.labels(bucket) / n;
                predictions += a * buckets.predictions(bucket) / n;
                evidence += a * n;
            }
        }
        if (total == 0) {
            reading.conclude(p);
            return;
        }
        double gamma = config.mix();
        double error = labels / total - gamma * p - (1 - gamma) * predictions / total;
        reading.say(0, (float) error, (float) (evidence / total));
        reading.conclude(Math.max(0, Math.min(1, p + config.compensation() * error)));
    }

    private int[] hash(float[] representation, MemoryReading reading) {
        int[] codes = reading.codes(config.arrays());
        hashes.hash(representation, reading.scratch(hashes.scratch()), codes);
        reading.isHashed(true);
        return codes;
    }

    /** Nothing: how far it is trusted is a setting. */
    @Override
    public void judge(MemoryReading shown, float label, float weight) {}

    @Override
    public long write(
            FeatureVector x,
            float[] representation,
            long voter,
            long time,
            float label,
            float weight,
            MemoryReading shown) {
        int[] codes = shown.isHashed() ? shown.codes(config.arrays()) : hash(representation, shown);
        float prediction = (float) shown.base();
        for (int k = 0; k < config.arrays(); k++) {
            buckets.add(buckets.bucket(k, codes[k]), weight, weight * label, weight * prediction);
        }
        written += weight;
        long epoch = epoch();
        if (++examples == config.resetEvents()) {
            buckets.reset();
            written = 0;
            examples = 0;
            resets++;
        }
        return epoch;
    }

    /** Nothing: that codes go stale is what the paper resets for. */
    @Override
    public void keepUp(FeatureVector x, Representations model) {}

    /** Which filling of the buckets this is, from 1: {@link #NOTHING_TAKEN} is none. */
    private long epoch() {
        return resets + 1;
    }

    /** Corrects Y; what was written before a reset is gone, and so is its correction. */
    @Override
    public void correct(
            FeatureVector x,
            float[] representation,
            long when,
            long taken,
            float from,
            float to,
            float weight) {
        if (taken != epoch()) {
            return;
        }
        int[] codes = new int[config.arrays()];
        hashes.hash(representation, new float[hashes.scratch()], codes);
        for (int k = 0; k < config.arrays(); k++) {
            buckets.add(buckets.bucket(k, codes[k]), 0, weight * (to - from), 0);
        }
    }

    /** Nothing: sums as published do not fade. */
    @Override
    public void hasten(long time, int factor, long durationMs) {}

    @Override
    public double weight(int voice, MemoryReading reading) {
        return config.compensation();
    }

    @Override
    public long bytes() {
        return bytes(config, dimensions);
    }

    @Override
    public void markAllChanged(boolean evenEmpty) {
        buckets.markAllChanged(evenEmpty);
    }

    @Override
    public void drainChanged(BlockSink sink) {
        buckets.drainChanged(sink);
    }

    @Override
    public void writeServedHead(DataOutput out) throws IOException {
        out.writeLong(shape());
        out.writeDouble(written);
    }

    @Override
    public void readServedHead(DataInput in) throws IOException {
        checkShape(in.readLong());
        written = in.readDouble();
        if (!(written >= 0 && written <= Double.MAX_VALUE)) {
            throw new CorruptStateException("memory: found %s writes".formatted(written));
        }
    }

    @Override
    public void putBlock(long id, byte[] payload) throws IOException {
        buckets.putBlock(id, payload);
    }

    @Override
    public void writeHead(DataOutput out) throws IOException {
        writeServedHead(out);
        out.writeLong(examples);
        out.writeLong(resets);
    }

    @Override
    public void readHead(DataInput in) throws IOException {
        readServedHead(in);
        examples = in.readLong();
        resets = in.readLong();
        if (examples < 0 || resets < 0) {
            throw new CorruptStateException(
                    "memory: found %d examples after %d resets".formatted(examples, resets));
        }
    }

    private long shape() {
        long hash = Hashing.number(ENCODER, dimensions);
        return Hashing.number(Hashing.number(hash, config.arrays()), config.bits());
    }

    private void checkShape(long found) throws CorruptStateException {
        if (found != shape()) {
            throw new CorruptStateException(
                    "memory: found shape %x, expected %x; memory.reloop2.arrays, bits or model.dimensions changed since the state was written: restore the old ones or start without the old state"
                            .formatted(found, shape()));
        }
    }

    @Override
    public void writeCells(int groups, DataOutput[] outs) throws IOException {
        buckets.write(groups, outs);
    }

    @Override
    public void readCells(DataInput in) throws IOException {
        buckets.read(in);
    }
}
