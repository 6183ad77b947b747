package io.sluice.state.memory;

import io.sluice.state.check.Checks;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.RowKeys;
import io.sluice.state.feature.Source;
import io.sluice.state.kernel.Hashing;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns feature vectors into the keys under which errors are remembered. Immutable.
 *
 * <p>The key of one feature is the sum of the mixed row keys of its values, so that the order of
 * several values does not matter; the key of two mixes both. A vector without one of the features
 * has no such key.
 *
 * <p>{@link MemoryKeys#LSH} stands for the code of the model's representation, unless a feature is
 * declared under that name: by itself or as one of two.
 *
 * <p>Chosen from the declared features: the user, the item, and with a category of the item (the
 * first feature with several values, or else the first) the user and each feature of the context
 * that is no number, as far as {@value MemoryKeys#MOST} keys go; the category alone where none of
 * these is declared.
 */
public final class KeyPlan {

    /** What {@link #key} gives where a feature has no value. */
    public static final long ABSENT = 0;

    private static final int NO_FIELD = 0;
    private static final int CODE = -1;
    private static final long SEED = 0x4c534821L;

    private final List<List<String>> names;
    private final int[] first;
    private final int[] second;
    private final boolean[] ofUser;
    private final int userField;

    private KeyPlan(List<List<String>> names, FeatureSchema schema) {
        this.names = names;
        FeatureSpec user = find(schema, Source.USER);
        userField = user == null ? NO_FIELD : schema.fieldOf(user.name());
        first = new int[names.size()];
        second = new int[names.size()];
        ofUser = new boolean[names.size()];
        for (int i = 0; i < first.length; i++) {
            List<String> key = names.get(i);
            first[i] = field(schema, key.get(0));
            second[i] = key.size() == 1 ? NO_FIELD : field(schema, key.get(1));
            ofUser[i] = userField != NO_FIELD && (first[i] == userField || second[i] == userField);
        }
    }

    /** The plan of these keys over this schema. */
    public static KeyPlan of(MemoryKeys keys, FeatureSchema schema) {
        return new KeyPlan(keys.isAuto() ? chosen(schema) : keys.keys(), schema);
    }

    private static List<List<String>> chosen(FeatureSchema schema) {
        FeatureSpec user = find(schema, Source.USER);
        FeatureSpec item = find(schema, Source.ITEM);
        FeatureSpec category = category(schema);
        List<List<String>> chosen = new ArrayList<>();
        for (FeatureSpec one : new FeatureSpec[] {user, item}) {
            if (one != null) {
                chosen.add(List.of(one.name()));
            }
        }
        if (category != null) {
            addPairs(category, user, schema, chosen);
        }
        if (chosen.isEmpty()) {
            schema.features().stream()
                    .filter(KeyPlan::isKey)
                    .findFirst()
                    .ifPresent(feature -> chosen.add(List.of(feature.name())));
        }
        return chosen;
    }

    /** The category with who sees it and where: each of these likes others of its values. */
    private static void addPairs(
            FeatureSpec category,
            FeatureSpec user,
            FeatureSchema schema,
            List<List<String>> chosen) {
        int alone = chosen.size();
        if (user != null) {
            chosen.add(List.of(user.name(), category.name()));
        }
        for (FeatureSpec other : schema.features()) {
            boolean speaks = other.source() == Source.CONTEXT && other.kind() != Kind.NUMBER;
            if (speaks && chosen.size() < MemoryKeys.MOST) {
                chosen.add(List.of(other.name(), category.name()));
            }
        }
        if (chosen.size() == alone) {
            chosen.add(List.of(category.name()));
        }
    }

    private static FeatureSpec find(FeatureSchema schema, Source source) {
        for (FeatureSpec feature : schema.features()) {
            if (feature.source() == source && feature.kind() != Kind.NUMBER) {
                return feature;
            }
        }
        return null;
    }

    /** The first with several values, or else the first: years and codes say less than genres. */
    private static FeatureSpec category(FeatureSchema schema) {
        for (FeatureSpec feature : schema.features()) {
            if (feature.source() == Source.FEATURES && feature.kind() == Kind.CATEGORIES) {
                return feature;
            }
        }
        return find(schema, Source.FEATURES);
    }

    private static boolean isKey(FeatureSpec feature) {
        return feature.kind() != Kind.NUMBER || feature.bucketing() != null;
    }

    private static int field(FeatureSchema schema, String name) {
        FeatureSpec feature = schema.feature(name);
        if (feature == null && name.equals(MemoryKeys.LSH)) {
            return CODE;
        }
        Checks.that(feature != null, "memory.keys", "names of declared features or lsh", name);
        Checks.that(isKey(feature), "memory.keys", "no number without bucket", name);
        int field = schema.fieldOf(name);
        Checks.that(
                field != NO_FIELD,
                "memory.keys",
                "one of the first " + FeatureVector.MOST_FIELDS + " features",
                name);
        return field;
    }

    /** How many keys there are. */
    public int size() {
        return first.length;
    }

    /** What key {@code i} is called: its features, joined by {@code ×}. */
    public String name(int i) {
        return String.join(" × ", names.get(i));
    }

    /** Whether a user's errors under key {@code i} reach no other user. */
    public boolean isOfUser(int i) {
        return ofUser[i];
    }

    /** Whether a code is a part of key {@code i}. */
    public boolean hasCode(int i) {
        return first[i] == CODE || second[i] == CODE;
    }

    /** Whether there is a key of which a code is a part. */
    public boolean needsCode() {
        for (int i = 0; i < first.length; i++) {
            if (hasCode(i)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Key {@code i} of a vector; {@link #ABSENT} where a feature has no value. O(features).
     *
     * @param code of the vector's representation as a part of keys; {@link
     *     RepresentationCoder#NO_CODE} for none
     */
    public long key(int i, FeatureVector x, long code) {
        long one = valueOf(first[i], x, code);
        if (second[i] == NO_FIELD || one == ABSENT) {
            return one;
        }
        long other = valueOf(second[i], x, code);
        return other == ABSENT ? ABSENT : RowKeys.of(Hashing.number(one, other));
    }

    /** Who the error comes from: the user, or {@code otherwise} where the vector has none. */
    public long voter(FeatureVector x, long otherwise) {
        long user =
                userField == NO_FIELD ? ABSENT : valueOf(userField, x, RepresentationCoder.NO_CODE);
        return user == ABSENT ? otherwise : user;
    }

    private static long valueOf(int field, FeatureVector x, long code) {
        if (field == CODE) {
            return code == RepresentationCoder.NO_CODE
                    ? ABSENT
                    : RowKeys.of(Hashing.number(SEED, code));
        }
        long sum = 0;
        for (int i = 0; i < x.size(); i++) {
            if (x.field(i) == field) {
                sum += Hashing.mix(x.key(i));
            }
        }
        return sum;
    }
}
