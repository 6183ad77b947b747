package io.sluice.state.memory;

import io.sluice.state.check.Checks;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Under which keys errors are remembered.
 *
 * @param keys each the names of one or two declared features whose values together are the key, or
 *     {@link #LSH} instead of one; empty: chosen from the declared features, see {@link KeyPlan}
 */
public record MemoryKeys(List<List<String>> keys) implements Serializable {

    /** Chosen from the declared features. */
    public static final MemoryKeys AUTO = new MemoryKeys(List.of());

    /** What the code of the model's representation is called, where no feature is called so. */
    public static final String LSH = "lsh";

    /** Most keys at once. */
    public static final int MOST = 8;

    public MemoryKeys {
        keys = keys.stream().map(List::copyOf).toList();
        Checks.that(keys.size() <= MOST, "memory.keys", "at most " + MOST + " keys", keys.size());
        Set<List<String>> seen = new HashSet<>();
        for (List<String> key : keys) {
            boolean sized = key.size() == 1 || key.size() == 2;
            Checks.that(sized, "memory.keys", "keys of one or two features", key);
            boolean different = key.size() == 1 || !key.get(0).equals(key.get(1));
            Checks.that(different, "memory.keys", "two different features in a key", key);
            Checks.that(seen.add(key), "memory.keys", "each key once", key);
        }
    }

    /** Whether a key may be one of codes. */
    public boolean namesLsh() {
        return keys.stream().anyMatch(key -> key.contains(LSH));
    }

    /** Whether they are chosen from the declared features. */
    public boolean isAuto() {
        return keys.isEmpty();
    }
}
