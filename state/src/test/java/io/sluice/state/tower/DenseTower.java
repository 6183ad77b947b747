package io.sluice.state.tower;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** A tower written out in full, in doubles, from its served bytes: the brute-force twin. */
final class DenseTower {

    final double[][][] weights; // layer, input, output
    final boolean[][][] active;
    private final double[][] bias;
    private final double[] output;
    private double[] in;
    private double[][] hidden;

    private DenseTower(int inputs, int depth, int width) {
        weights = new double[depth][][];
        active = new boolean[depth][][];
        for (int l = 0; l < depth; l++) {
            weights[l] = new double[l == 0 ? inputs : width][width];
            active[l] = new boolean[l == 0 ? inputs : width][width];
        }
        bias = new double[depth][width];
        output = new double[width];
    }

    static DenseTower of(SparseTower tower) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        tower.writeServed(new DataOutputStream(bytes));
        DataInputStream in = SparseTowerTest.in(bytes.toByteArray());
        int inputs = in.readInt();
        int depth = in.readInt();
        int width = in.readInt();
        DenseTower dense = new DenseTower(inputs, depth, width);
        for (int l = 0; l < depth; l++) {
            int blocks = in.readInt();
            for (int i = 0; i < blocks; i++) {
                int block = in.readInt();
                int input = block / (width / 16);
                int from = block % (width / 16) * 16;
                for (int o = from; o < from + 16; o++) {
                    dense.weights[l][input][o] = in.readFloat();
                    dense.active[l][input][o] = true;
                }
            }
            for (int o = 0; o < width; o++) {
                dense.bias[l][o] = in.readFloat();
            }
        }
        for (int o = 0; o < width; o++) {
            dense.output[o] = in.readFloat();
        }
        return dense;
    }

    int activeBlocks(int layer) {
        int count = 0;
        for (boolean[] row : active[layer]) {
            for (int o = 0; o < row.length; o += 16) {
                count += row[o] ? 1 : 0;
            }
        }
        return count;
    }

    double logit(float[] inputs) {
        in = new double[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            in[i] = inputs[i];
        }
        hidden = new double[weights.length][];
        double[] a = in;
        for (int l = 0; l < weights.length; l++) {
            double[] h = bias[l].clone();
            for (int i = 0; i < a.length; i++) {
                for (int o = 0; o < h.length; o++) {
                    h[o] += a[i] * weights[l][i][o];
                }
            }
            for (int o = 0; o < h.length; o++) {
                h[o] = h[o] > 0 ? h[o] : 0.1 * h[o];
            }
            hidden[l] = h;
            a = h;
        }
        double sum = 0;
        for (int o = 0; o < a.length; o++) {
            sum += a[o] * output[o];
        }
        return sum;
    }

    /** Of the example that was scored last. */
    double[] gradientByInput(double gradient) {
        int top = weights.length - 1;
        double[] ofOutputs = new double[output.length];
        for (int o = 0; o < ofOutputs.length; o++) {
            ofOutputs[o] = gradient * output[o] * (hidden[top][o] > 0 ? 1 : 0.1);
        }
        for (int l = top; l >= 0; l--) {
            double[] a = l == 0 ? in : hidden[l - 1];
            double[] ofInputs = new double[a.length];
            for (int i = 0; i < a.length; i++) {
                for (int o = 0; o < ofOutputs.length; o++) {
                    ofInputs[i] += ofOutputs[o] * weights[l][i][o];
                }
                if (l > 0 && a[i] <= 0) {
                    ofInputs[i] *= 0.1;
                }
            }
            ofOutputs = ofInputs;
        }
        return ofOutputs;
    }
}
