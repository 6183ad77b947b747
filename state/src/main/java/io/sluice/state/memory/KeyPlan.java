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
import java.util.Arrays;
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

    /** The key of what has no value. */
    public static final long ABSENT = 0;

    private static final int NO_FIELD = 0;
    private static final int CODE = -1;
    private static final int NOWHERE = -1;
    private static final long SEED = 0x4c534821L;

    private final List<List<String>> names;

    // Behind the keys stand what they are made of: where in that room.
    private final short[] ofField = new short[FeatureVector.MOST_FIELDS + 1];
    private final int[] first;
    private final int[] second; // NOWHERE: the key is the first
    private final int code; // NOWHERE: no key has one
    private final int user; // NOWHERE: none is declared
    private final int room;
    private final boolean[] ofUser;

    private KeyPlan(List<List<String>> names, FeatureSchema schema) {
        this.names = names;
        first = new int[names.size()];
        second = new int[names.size()];
        ofUser = new boolean[names.size()];
        Arrays.fill(ofField, (short) NOWHERE);
        FeatureSpec declared = find(schema, Source.USER);
        int userField = declared == null ? NO_FIELD : schema.fieldOf(declared.name());
        Places places = new Places(names.size());
        user = userField == NO_FIELD ? NOWHERE : places.of(userField);
        for (int i = 0; i < first.length; i++) {
            List<String> key = names.get(i);
            first[i] = places.of(field(schema, key.get(0)));
            second[i] = key.size() == 1 ? NOWHERE : places.of(field(schema, key.get(1)));
            ofUser[i] = user != NOWHERE && (first[i] == user || second[i] == user);
        }
        code = places.code;
        room = places.next;
    }

    /** Gives each field, and the code, a place when it is first asked for. */
    private final class Places {
        private int next;
        private int code = NOWHERE;

        Places(int keys) {
            next = keys;
        }

        int of(int field) {
            if (field == CODE) {
                code = code == NOWHERE ? next++ : code;
                return code;
            }
            if (ofField[field] == NOWHERE) {
                ofField[field] = (short) next++;
            }
            return ofField[field];
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
        return code != NOWHERE && (first[i] == code || second[i] == code);
    }

    /** Whether there is a key of which a code is a part. */
    public boolean needsCode() {
        return code != NOWHERE;
    }

    /** How many numbers {@link #keys} needs room for. */
    public int room() {
        return room;
    }

    /**
     * The keys of a vector, the first {@link #size} of what is filled; {@link #ABSENT} where a
     * feature has no value. O(features + keys).
     *
     * @param ofCode of the vector's representation as a part of keys; {@link
     *     RepresentationCoder#NO_CODE} for none
     * @param into as long as {@link #room}, or longer
     */
    public void keys(FeatureVector x, long ofCode, long[] into) {
        begin(x, into);
        finish(ofCode, into);
    }

    /**
     * What a vector adds to the keys of others that it is a part of, to be given to {@link
     * #keysBeside}. O(features).
     *
     * @param into as long as {@link #room}, or longer
     */
    public void begin(FeatureVector x, long[] into) {
        Arrays.fill(into, first.length, room, ABSENT);
        add(x, into);
    }

    /**
     * The keys of a vector whose features are those of {@code x} and of what {@link #begin} has
     * taken; as {@link #keys}.
     */
    public void keysBeside(long[] begun, FeatureVector x, long ofCode, long[] into) {
        System.arraycopy(begun, first.length, into, first.length, room - first.length);
        add(x, into);
        finish(ofCode, into);
    }

    private void add(FeatureVector x, long[] into) {
        for (int i = 0; i < x.size(); i++) {
            int at = ofField[x.field(i)];
            if (at != NOWHERE) {
                into[at] += Hashing.mix(x.key(i));
            }
        }
    }

    private void finish(long ofCode, long[] into) {
        if (code != NOWHERE && ofCode != RepresentationCoder.NO_CODE) {
            into[code] = RowKeys.of(Hashing.number(SEED, ofCode));
        }
        for (int k = 0; k < first.length; k++) {
            long one = into[first[k]];
            into[k] = second[k] == NOWHERE ? one : pair(one, into[second[k]]);
        }
    }

    private static long pair(long one, long other) {
        return one == ABSENT || other == ABSENT ? ABSENT : RowKeys.of(Hashing.number(one, other));
    }

    /**
     * Who the error comes from: the user, or {@code otherwise} where the vector has none.
     *
     * @param keys as {@link #keys} has filled them
     */
    public long voter(long[] keys, long otherwise) {
        return user == NOWHERE || keys[user] == ABSENT ? otherwise : keys[user];
    }
}
