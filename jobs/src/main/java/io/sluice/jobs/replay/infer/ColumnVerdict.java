package io.sluice.jobs.replay.infer;

import io.sluice.state.feature.FeatureSpec;

/**
 * What was decided about one column.
 *
 * @param column {@code context.age}, {@code features.genres}
 * @param feature how it is declared; null when it is left out
 * @param reason why
 */
public record ColumnVerdict(String column, FeatureSpec feature, String reason) {

    /** Whether the column is left out. */
    public boolean isLeftOut() {
        return feature == null;
    }
}
