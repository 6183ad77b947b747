package io.sluice.jobs.replay.infer;

import io.sluice.jobs.replay.dataset.ColumnProfile;
import io.sluice.state.feature.Bucketing;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import java.util.Locale;

/**
 * Decides what a column is, by all of its values.
 *
 * <p>In this order: nothing to learn from (empty, constant); several values in one; numbers, which
 * are codes when they are few whole ones; texts, which are categories unless nearly every row has
 * its own or they are prose.
 */
final class ColumnJudge {

    /** Up to here whole numbers are codes or small counts: years, ages, occupations, hours. */
    private static final int MAX_CODES = 128;

    /** Texts that are few are categories, however small the table. */
    private static final int FEW = 20;

    /** A category's value should come back at least this often, or nothing is learnt for it. */
    private static final int MIN_ROWS_PER_VALUE = 3;

    /** Sentences, not names: "United Kingdom" has two words. */
    private static final double PROSE_WORDS = 3;

    /** Logarithmic buckets per factor e. */
    private static final double LOG_STEPS = 2;

    /** Fewer logarithmic buckets than this would blur a column; equal widths then see more. */
    private static final int MIN_LOG_BUCKETS = 4;

    /** Into how many buckets of equal width the bulk of the numbers goes. */
    private static final int WIDTHS = 16;

    private ColumnJudge() {}

    /** The verdict on one column, declared under {@code name} when it is used. */
    static ColumnVerdict judge(
            Source source, String attribute, String name, ColumnProfile profile) {
        String column = source.name().toLowerCase(Locale.ROOT) + "." + attribute;
        if (profile.present() == 0) {
            return leftOut(column, "is empty");
        }
        if (profile.distinct() == 1 && profile.present() == profile.rows()) {
            return leftOut(column, "is the same in every row");
        }
        if (profile.isMultiValued()) {
            return multiValued(source, attribute, name, column, profile);
        }
        if (profile.isNumeric()) {
            return number(source, attribute, name, column, profile);
        }
        return text(source, attribute, name, column, profile);
    }

    private static ColumnVerdict multiValued(
            Source source, String attribute, String name, String column, ColumnProfile profile) {
        if (isRare(profile.distinctParts(), profile)) {
            return leftOut(column, "%s distinct parts are too many".formatted(count(profile)));
        }
        return new ColumnVerdict(
                column,
                new FeatureSpec(name, source, attribute, Kind.CATEGORIES, "|", null),
                "several values, %d distinct".formatted(profile.distinctParts()));
    }

    private static ColumnVerdict number(
            Source source, String attribute, String name, String column, ColumnProfile profile) {
        if (profile.isInteger() && profile.distinct() <= MAX_CODES) {
            return new ColumnVerdict(
                    column,
                    FeatureSpec.of(name, source, attribute, Kind.CATEGORY),
                    "whole numbers, %d distinct: codes or small counts"
                            .formatted(profile.distinct()));
        }
        Bucketing buckets = buckets(profile);
        return new ColumnVerdict(
                column,
                new FeatureSpec(name, source, attribute, Kind.NUMBER, "", buckets),
                "numbers, most from %s to %s"
                        .formatted(profile.quantile(0.05), profile.quantile(0.95)));
    }

    private static Bucketing buckets(ColumnProfile profile) {
        double low = profile.quantile(0.05);
        double high = profile.quantile(0.95);
        Bucketing logarithmic = new Bucketing.Log(LOG_STEPS);
        boolean wide = logarithmic.bucket(high) - logarithmic.bucket(low) >= MIN_LOG_BUCKETS;
        return wide || high <= low
                ? logarithmic
                : new Bucketing.Width(round((high - low) / WIDTHS));
    }

    /** To 1, 2 or 5 times a power of ten: a width that a person would choose. */
    private static double round(double width) {
        double power = Math.pow(10, Math.floor(Math.log10(width)));
        double leading = width / power;
        // Parsed, so that 0.05 is the double that reads 0.05.
        String digit = leading < 1.5 ? "1" : leading < 3.5 ? "2" : leading < 7.5 ? "5" : "10";
        return Double.parseDouble(digit + "e" + (int) Math.floor(Math.log10(width)));
    }

    private static ColumnVerdict text(
            Source source, String attribute, String name, String column, ColumnProfile profile) {
        if (profile.distinct() > FEW && profile.meanWords() >= PROSE_WORDS) {
            return leftOut(
                    column,
                    String.format(
                            Locale.ROOT,
                            "looks like free text: %.1f words on average",
                            profile.meanWords()));
        }
        if (isRare(profile.distinct(), profile)) {
            return leftOut(
                    column,
                    "nearly identifies its row: %s distinct values in %d rows"
                            .formatted(count(profile), profile.present()));
        }
        return new ColumnVerdict(
                column,
                FeatureSpec.of(name, source, attribute, Kind.CATEGORY),
                "texts, %d distinct".formatted(profile.distinct()));
    }

    private static boolean isRare(int distinct, ColumnProfile profile) {
        return distinct > FEW
                && ((long) distinct * MIN_ROWS_PER_VALUE > profile.present()
                        || distinct >= ColumnProfile.MAX_DISTINCT);
    }

    private static String count(ColumnProfile profile) {
        boolean cut = profile.distinct() >= ColumnProfile.MAX_DISTINCT;
        return (cut ? "at least " : "") + profile.distinct();
    }

    private static ColumnVerdict leftOut(String column, String reason) {
        return new ColumnVerdict(column, null, reason);
    }
}
