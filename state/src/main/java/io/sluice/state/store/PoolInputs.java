package io.sluice.state.store;

import io.sluice.state.event.Candidate;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.ItemGroup;
import io.sluice.state.feature.Source;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.rank.Candidates;
import io.sluice.state.rank.RankConfig;

/**
 * Reads what the ranker wants to know of a candidate beside its score: group, whether the user has
 * had it already, how much is known of it. Names that the schema does not know say nothing: a view
 * may be of older features than the configuration. Immutable.
 */
final class PoolInputs {

    private final ItemGroup group;
    private final int seen;
    private final int evidence;

    private PoolInputs(ItemGroup group, int seen, int evidence) {
        this.group = group;
        this.seen = seen;
        this.evidence = evidence;
    }

    /** The features of a schema that a configuration names. */
    static PoolInputs of(FeatureSchema schema, RankConfig config) {
        FeatureSpec named = config.group().map(schema::feature).orElse(null);
        boolean groups =
                named != null
                        && (named.source() == Source.FEATURES || named.source() == Source.ITEM);
        return new PoolInputs(
                groups ? new ItemGroup(named) : null,
                config.seen().map(schema::numberOfItems).orElse(-1),
                config.evidence().map(schema::numberOfItems).orElse(-1));
    }

    /** Whether a feature counts how much is known of an item. */
    boolean countsEvidence() {
        return evidence >= 0;
    }

    /** Notes what is known of candidate {@code i}. */
    void read(int i, Candidate item, StreamedValues values, Candidates into) {
        if (group != null) {
            into.group(i, group.of(item.id(), item.features()));
        }
        if (seen >= 0 && values.number(seen) > 0) {
            into.markSeen(i);
        }
        if (evidence >= 0) {
            double count = values.number(evidence);
            into.evidence(i, Double.isNaN(count) ? 0 : (float) count);
        }
    }
}
