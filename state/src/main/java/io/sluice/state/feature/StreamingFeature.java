package io.sluice.state.feature;

import io.sluice.state.check.Checks;
import java.io.Serializable;
import java.util.List;

/**
 * One declared streaming feature: a value computed over the stream for an entity, as of a moment.
 *
 * <p>The value at time t knows the facts with a timestamp before t and no others. With Δ the age of
 * a fact and w(Δ) = 2^(−Δ/{@code halfLifeMs}):
 *
 * <table>
 * <caption>Kinds</caption>
 * <tr><th>kind</th><th>value</th><th>empty</th></tr>
 * <tr><td>count</td><td>Σ w</td><td>0</td></tr>
 * <tr><td>window</td><td>facts in the current eighth of {@code windowMs} and the seven before</td>
 * <td>0</td></tr>
 * <tr><td>rate</td><td>(Σ w·label + prior·r) / (Σ w + prior), r = (Σ w·label + ½) / (Σ w + 1) over
 * all entities; impressions and feedback have the label 1</td><td>r</td></tr>
 * <tr><td>recency</td><td>ms since the last fact</td><td>unknown</td></tr>
 * <tr><td>flag</td><td>1 after a fact</td><td>0</td></tr>
 * <tr><td>last</td><td>the last {@code size} different values of {@code field}</td><td>none</td>
 * </tr>
 * <tr><td>overlap</td><td>share of those that the candidate has too</td><td>0</td></tr>
 * <tr><td>mean</td><td>(Σ w·x + prior·m) / (Σ w + prior), m the mean over all entities</td>
 * <td>m</td></tr>
 * <tr><td>distance</td><td>(candidate's x − mean) / deviation, its square mixed with that over all
 * entities by {@code prior}, at least 1; 0 without deviation</td><td>unknown</td></tr>
 * <tr><td>trend</td><td>ln of the rate of arrival over {@code halfLifeMs} against that over eight
 * times as long</td><td>0</td></tr>
 * <tr><td>share</td><td>ln((Σ w + prior) / (G + prior)), G the sum over all entities</td>
 * <td>ln(prior / (G + prior))</td></tr>
 * <tr><td>together</td><td>Σ w over the meetings of the candidate with the user's last {@code size}
 * items: two items meet when one follows the other within {@code size} items of one user</td>
 * <td>0</td></tr>
 * <tr><td>beside</td><td>the same with the last {@code size} items of the whole stream, which is told
 * without a user</td><td>0</td></tr>
 * </table>
 *
 * @param name unique among all features; it seeds the row keys
 * @param kind what is computed
 * @param scope names of the declared features whose values name the entity, for instance {@code
 *     [user, genres]}; empty: one entity for all. A feature with several values names several
 *     entities, at most 32, which are read as one: by the mean of their counts and windows, the sum
 *     of all others
 * @param of the facts that count
 * @param per for {@link StreamingKind#RATE}: the facts that are divided by; null: those of {@code
 *     of}, which must then have labels
 * @param field for last, overlap: a declared feature; for mean and distance: an attribute of the
 *     item, for mean also {@code value}; otherwise empty
 * @param halfLifeMs milliseconds, positive; infinite: nothing is forgotten, which makes no trend
 * @param windowMs milliseconds, for {@link StreamingKind#WINDOW}, otherwise 0
 * @param size values kept, for last, overlap, together, beside; otherwise 0
 * @param prior facts that the smoothing weighs, 0 or more; above 0 for trend and share
 * @param sessionGapMs milliseconds; the entity begins anew after a longer pause, for together the
 *     user, for beside the stream; 0: never. All facts count as signs of life that any feature of
 *     the same scope, gap and expiry is computed from
 * @param expiryMs milliseconds; an entity without facts for longer is forgotten
 */
public record StreamingFeature(
        String name,
        StreamingKind kind,
        List<String> scope,
        FactSource of,
        FactSource per,
        String field,
        double halfLifeMs,
        long windowMs,
        int size,
        double prior,
        long sessionGapMs,
        long expiryMs)
        implements Serializable {

    /** The field that stands for the value of a fact (rating, quantity, …). */
    public static final String VALUE = "value";

    private static final int MOST_KEPT = 64;
    private static final int MOST_PARTS = 4;

    public StreamingFeature {
        Checks.notBlank("name", name);
        scope = List.copyOf(scope);
        Checks.notNull("of", of);
        Checks.inRange("scope: parts", scope.size(), 0, MOST_PARTS);
        Checks.that(halfLifeMs > 0, "halfLifeMs", "positive", halfLifeMs);
        Checks.that(
                per == null || kind == StreamingKind.RATE, "per", "left out for this kind", per);
        boolean windowed = kind == StreamingKind.WINDOW;
        Checks.that(windowed == windowMs > 0, "windowMs", forKind(windowed), windowMs);
        boolean sized = kind.isSized();
        Checks.that(
                sized ? size >= 1 && size <= MOST_KEPT : size == 0,
                "size",
                sized ? "within [1, " + MOST_KEPT + "]" : forKind(false),
                size);
        boolean ofField =
                kind == StreamingKind.LAST
                        || kind == StreamingKind.OVERLAP
                        || kind == StreamingKind.MEAN
                        || kind == StreamingKind.DISTANCE;
        Checks.that(ofField != field.isBlank(), "field", forKind(ofField), '"' + field + '"');
        // A candidate has no value of its own: it has not happened yet.
        Checks.that(
                kind != StreamingKind.DISTANCE || !field.equals(VALUE),
                "field",
                "an attribute of the item for this kind",
                '"' + field + '"');
        Checks.that(
                kind != StreamingKind.RATE || per != null || of.hasLabels(),
                "per",
                "given, because '" + of + "' has no labels",
                "nothing");
        Checks.that(
                kind != StreamingKind.TREND || Double.isFinite(halfLifeMs),
                "halfLifeMs",
                "finite for this kind",
                halfLifeMs);
        Checks.notNegative("prior", prior);
        boolean logarithm = kind == StreamingKind.TREND || kind == StreamingKind.SHARE;
        Checks.that(prior > 0 || !logarithm, "prior", "above 0 for this kind", prior);
        Checks.notNegative("sessionGapMs", sessionGapMs);
        Checks.positive("expiryMs", expiryMs);
    }

    /** The attribute of the item that is averaged; empty when there is none. */
    public String attribute() {
        boolean averages = kind == StreamingKind.MEAN || kind == StreamingKind.DISTANCE;
        return averages && !field.equals(VALUE) ? field : "";
    }

    private static String forKind(boolean wanted) {
        return wanted ? "given for this kind" : "left out for this kind";
    }
}
