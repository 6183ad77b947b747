package io.sluice.state.tower;

/** The activations of one pass through a tower: scratch of whoever scores. Not thread-safe. */
public final class TowerPass {

    final float[][] hidden;

    TowerPass(int depth, int width) {
        hidden = new float[depth][width];
    }
}
