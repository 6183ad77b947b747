package io.sluice.state.model;

import java.util.Arrays;

/**
 * Keeps the largest part of a gradient and makes the rest 0: SparCL's gradient masking (NeurIPS
 * 2022, section 3.3), whose code keeps the top 20 % of each tensor and draws its mask anew every 30
 * batches. Here the tensor is the embedding that was touched, and its mask is drawn for each step,
 * so there is nothing to remember. Equals are kept in the order of their places.
 *
 * <p>O(k log k). Not thread-safe.
 */
final class TopShare {

    private final double share;
    private final float[] sizes;

    /**
     * A filter.
     *
     * @param share that is kept, (0, 1]; at least one number is
     * @param longest gradient
     */
    TopShare(double share, int longest) {
        this.share = share;
        sizes = new float[longest];
    }

    /**
     * Makes all but the largest of the first {@code width} numbers 0.
     *
     * @param counted how many of them the share is of; the others are 0 already
     */
    void keep(float[] gradient, int width, int counted) {
        int kept = (int) Math.ceil(share * counted);
        if (kept == 0) {
            return;
        }
        for (int d = 0; d < width; d++) {
            sizes[d] = Math.abs(gradient[d]);
        }
        Arrays.sort(sizes, 0, width);
        float least = sizes[width - kept];
        int equals = kept;
        for (int d = width - 1; d >= 0 && sizes[d] > least; d--) {
            equals--;
        }
        for (int d = 0; d < width; d++) {
            float size = Math.abs(gradient[d]);
            if (size < least || (size == least && equals-- <= 0)) {
                gradient[d] = 0;
            }
        }
    }
}
