package io.sluice.state.feature.stream;

import io.sluice.state.check.Checks;
import io.sluice.state.event.Attributes;
import io.sluice.state.feature.FactSource;
import io.sluice.state.feature.StreamedAttributes;
import io.sluice.state.kernel.Hashing;

/**
 * Something that happened between a user and an item, as streaming features see it. One event may
 * be several things at once: a click is feedback and an outcome.
 *
 * @param types what it is: a sum of the constants of this record
 * @param kind of the feedback when it is one, otherwise empty
 * @param time when it became known, epoch milliseconds, never before 1970
 * @param user the user's id; empty when anonymous
 * @param context what was known of the user and the moment
 * @param item the item's id
 * @param features what was known of the item
 * @param label 0 or 1, for outcomes and interactions
 * @param value its strength (rating, price, …); NaN when none
 */
public record Fact(
        int types,
        String kind,
        long time,
        String user,
        Attributes context,
        String item,
        Attributes features,
        double label,
        double value) {

    /** An item was shown. */
    public static final int IMPRESSION = 1;

    /** A label became known. */
    public static final int OUTCOME = 2;

    /** A labelled event arrived. */
    public static final int INTERACTION = 4;

    /** A user did something with a shown item. */
    public static final int FEEDBACK = 8;

    public Fact {
        Checks.inRange("types", types, 1, 15);
        Checks.inRange("time", time, 0, Long.MAX_VALUE - 1);
        Checks.notNull("kind", kind);
        Checks.notBlank("item", item);
    }

    /** Whether a source means this fact. */
    boolean isOf(FactSource source) {
        return switch (source.type()) {
            case IMPRESSIONS -> (types & IMPRESSION) != 0;
            case OUTCOMES -> (types & OUTCOME) != 0;
            case POSITIVES -> (types & OUTCOME) != 0 && label == 1;
            case INTERACTIONS -> (types & INTERACTION) != 0;
            case FEEDBACK -> (types & FEEDBACK) != 0 && kind.equals(source.kind());
        };
    }

    /**
     * Orders facts of one moment, the same wherever they are computed: facts that are equal in it
     * are equal in all that features see. How a request is called is not part of it, so that the
     * rows of a file and the traffic that they came of give the same values.
     */
    public long tie() {
        long hash = Hashing.text(types, item);
        hash = Hashing.text(hash, user);
        hash = Hashing.text(hash, kind);
        hash = Hashing.number(hash, Double.doubleToLongBits(label));
        hash = Hashing.number(hash, Double.doubleToLongBits(value));
        return tie(tie(hash, context), features);
    }

    private static long tie(long seed, Attributes attributes) {
        // Or what is in the last of the context could as well be in the first of the item.
        long hash = Hashing.number(seed, 0);
        for (int i = 0; i < attributes.size(); i++) {
            String name = attributes.name(i);
            // Logged values are not there in every place that computes the fact.
            if (!StreamedAttributes.isLoggedName(name)) {
                String text = attributes.text(i);
                long value =
                        text == null
                                ? Double.doubleToLongBits(attributes.number(i))
                                : text.hashCode();
                hash = Hashing.number(hash, 31L * name.hashCode() + value);
            }
        }
        return hash;
    }
}
