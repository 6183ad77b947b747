package io.sluice.state.memory;

import java.util.ArrayList;
import java.util.List;

/**
 * The twin of {@link Reloop2Memory} that keeps every sample and looks through all of them: those
 * that share a query's hash in an array are that array's neighbour.
 */
final class NearestErrors {

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Sample(float[] h, int[] codes, double label, double prediction, double weight) {}

    private final Reloop2Config config;
    private final SignedRandomProjection hashes;
    private final List<Sample> samples = new ArrayList<>();

    NearestErrors(Reloop2Config config, int dimensions) {
        this.config = config;
        hashes = new SignedRandomProjection(config.arrays(), config.bits(), dimensions);
    }

    void write(float[] h, double label, double prediction, double weight) {
        samples.add(new Sample(h.clone(), codes(h), label, prediction, weight));
        if (samples.size() == config.resetEvents()) {
            samples.clear();
        }
    }

    private int[] codes(float[] h) {
        int[] codes = new int[config.arrays()];
        hashes.hash(h, new float[hashes.scratch()], codes);
        return codes;
    }

    /** The compensated prediction, by the paper's equations. */
    double answer(float[] h, double p) {
        int[] query = codes(h);
        double all = samples.stream().mapToDouble(Sample::weight).sum();
        double[] share = new double[query.length];
        double[] labels = new double[query.length];
        double[] predictions = new double[query.length];
        for (int k = 0; k < query.length; k++) {
            double n = 0;
            for (Sample sample : samples) {
                if (sample.codes()[k] == query[k]) {
                    n += sample.weight();
                    labels[k] += sample.weight() * sample.label();
                    predictions[k] += sample.weight() * sample.prediction();
                }
            }
            labels[k] /= n;
            predictions[k] /= n;
            share[k] = n / all;
        }
        double total = 0;
        double label = 0;
        double prediction = 0;
        for (int k = 0; k < query.length; k++) {
            if (share[k] > 0) {
                double a = Math.exp(share[k] / config.temperature());
                total += a;
                label += a * labels[k];
                prediction += a * predictions[k];
            }
        }
        if (total == 0) {
            return p;
        }
        double gamma = config.mix();
        double error = gamma * (label / total - p) + (1 - gamma) * (label - prediction) / total;
        return Math.max(0, Math.min(1, p + config.compensation() * error));
    }

    /** Σ yᵢ (1 − θᵢ/π)ᴸ and Σ (1 − θᵢ/π)ᴸ: what the sums of a bucket are in expectation. */
    double[] kernelSums(float[] h) {
        double labels = 0;
        double count = 0;
        for (Sample sample : samples) {
            double kernel = Math.pow(1 - Math.acos(cosine(h, sample.h())) / Math.PI, config.bits());
            labels += kernel * sample.label();
            count += kernel;
        }
        return new double[] {count, labels};
    }

    private static double cosine(float[] a, float[] b) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (double) a[i] * b[i];
            aa += (double) a[i] * a[i];
            bb += (double) b[i] * b[i];
        }
        return Math.max(-1, Math.min(1, ab / Math.sqrt(aa * bb)));
    }
}
