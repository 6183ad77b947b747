package io.sluice.operators.serde;

import java.util.HashSet;
import java.util.Set;

/**
 * The field names of one JSON object, to notice a repeated one. Reused from object to object.
 *
 * <p>Real objects have a dozen names, for which looking along an array beats hashing; a hash set
 * takes over beyond it, so that an object of thousands of names takes linear time. Not thread-safe.
 */
final class NameSet {

    private static final int FEW = 16;

    private final String[] first = new String[FEW];
    private final Set<String> others = new HashSet<>();
    private int size;

    void clear() {
        size = 0;
        others.clear();
    }

    /** Adds a name; false when it was there already. */
    boolean add(String name) {
        for (int i = 0; i < size; i++) {
            if (first[i].equals(name)) {
                return false;
            }
        }
        if (size < FEW) {
            first[size++] = name;
            return true;
        }
        return others.add(name);
    }
}
