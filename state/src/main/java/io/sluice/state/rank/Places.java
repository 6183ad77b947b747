package io.sluice.state.rank;

import java.util.Arrays;

/**
 * Where the items of a ranking stand among the candidates of its request, from 0: a list of ints
 * that are not boxed. Immutable; equal where the places are.
 */
public final class Places {

    private final int[] places;

    private Places(int[] places) {
        this.places = places;
    }

    /** The places of these items, in the order of the ranking. */
    public static Places of(int... places) {
        return new Places(places.clone());
    }

    /** The place of the item at rank {@code i}, from 0. */
    public int get(int i) {
        return places[i];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Places that && Arrays.equals(places, that.places);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(places);
    }

    @Override
    public String toString() {
        return Arrays.toString(places);
    }
}
