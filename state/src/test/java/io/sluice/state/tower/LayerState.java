package io.sluice.state.tower;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a layer holds, by block, read from its bytes. */
final class LayerState {

    final Map<Integer, float[]> weights = new TreeMap<>();
    final Map<Integer, float[]> sums = new TreeMap<>();

    static LayerState of(BlockLayer layer, int outputs) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        layer.write(false, new DataOutputStream(bytes));
        DataInputStream in = SparseTowerTest.in(bytes.toByteArray());
        LayerState state = new LayerState();
        int blocks = in.readInt();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            int block = in.readInt();
            order.add(block);
            state.weights.put(block, floats(BlockLayer.BLOCK, in));
        }
        floats(outputs, in); // biases
        for (int block : order) {
            state.sums.put(block, floats(1, in));
        }
        return state;
    }

    private static float[] floats(int count, DataInputStream in) throws IOException {
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = in.readFloat();
        }
        return floats;
    }
}
