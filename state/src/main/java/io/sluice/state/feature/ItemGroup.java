package io.sluice.state.feature;

import io.sluice.state.check.Checks;
import io.sluice.state.event.Attributes;
import io.sluice.state.kernel.Hashing;

/**
 * Reads the group of an item, for rules and for crowding: the value of one declared feature of
 * items, of several values the first. Immutable; thread-safe.
 */
public final class ItemGroup {

    private static final long SEED = 0x67726f7570L;

    private final FeatureSpec feature;

    /** Reads this feature, which must be one of items. */
    public ItemGroup(FeatureSpec feature) {
        this.feature = Checks.notNull("rank.group", feature);
        Checks.that(
                feature.source() == Source.FEATURES || feature.source() == Source.ITEM,
                "rank.group",
                "a feature of items",
                feature.name());
    }

    /** The hash that names an item's group; 0 when it has none. */
    public long of(String item, Attributes features) {
        if (feature.source() == Source.ITEM) {
            return named(item);
        }
        int first = features.first(feature.attribute());
        if (first < 0) {
            return 0;
        }
        String text = features.asText(first);
        int end = feature.separator().isEmpty() ? -1 : text.indexOf(feature.separator());
        return named(end < 0 ? text : text.substring(0, end));
    }

    /** The hash of a group by its name; 0 for the empty one. */
    public static long named(String group) {
        if (group.isEmpty()) {
            return 0;
        }
        long hash = Hashing.text(SEED, group);
        return hash == 0 ? 1 : hash;
    }
}
