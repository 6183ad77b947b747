package io.sluice.state.feature.stream;

import io.sluice.state.feature.FeatureVector;

/**
 * The readings of all kinds; each is defined in {@link io.sluice.state.feature.StreamingFeature}.
 */
final class Readings {

    /** Equal numbers have a variance of about 1e-30 of their square, by rounding. */
    private static final double ROUNDING = 1e-24;

    private Readings() {}

    /** Where an aggregate is: scope and slot. */
    record Place(int scope, Slot slot) {

        int at() {
            return slot.at();
        }
    }

    /** Mean over the named entities of their decayed count. */
    record Count(Place place) implements Reading {
        @Override
        public double number(ReadContext context, long now) {
            ScopeRecords records = context.records(place.scope());
            return sum(place, 0, context) / Math.max(1, records.keys());
        }
    }

    /** Mean over the named entities of their count in the window. */
    record Window(Place place) implements Reading {
        @Override
        public double number(ReadContext context, long now) {
            ScopeRecords records = context.records(place.scope());
            WindowedCount count = (WindowedCount) place.slot().aggregate();
            double sum = 0;
            for (int i = 0; i < records.count(); i++) {
                sum += count.count(records.record(i), place.at(), now);
            }
            return sum / Math.max(1, records.keys());
        }
    }

    /** Share of positives, smoothed towards that of all entities. */
    record Rate(Place place, Place all, double prior) implements Reading {
        @Override
        public double number(ReadContext context, long now) {
            double everywhere = (sum(all, 0, context) + 0.5) / (sum(all, 1, context) + 1);
            double positives = sum(place, 0, context);
            double weight = sum(place, 1, context) + prior;
            return weight > 0 ? (positives + prior * everywhere) / weight : everywhere;
        }
    }

    /** Milliseconds since the latest fact of any of the entities. */
    record Recency(Place place) implements Reading {
        @Override
        public double number(ReadContext context, long now) {
            ScopeRecords records = context.records(place.scope());
            LastTime last = (LastTime) place.slot().aggregate();
            double least = Double.NaN;
            for (int i = 0; i < records.count(); i++) {
                long[] record = records.record(i);
                if (last.any(record, place.at())) {
                    double age = Math.max(0, now - last.time(record, place.at()));
                    least = Double.isNaN(least) ? age : Math.min(least, age);
                }
            }
            return least;
        }
    }

    /** Whether any of the entities had a fact. */
    record Flag(Place place) implements Reading {
        @Override
        public double number(ReadContext context, long now) {
            ScopeRecords records = context.records(place.scope());
            LastTime last = (LastTime) place.slot().aggregate();
            for (int i = 0; i < records.count(); i++) {
                if (last.any(records.record(i), place.at())) {
                    return 1;
                }
            }
            return 0;
        }
    }

    /** Share of the last keys that the candidate has too. */
    record Overlap(Place place, int field) implements Reading {
        @Override
        public double number(ReadContext context, long now) {
            FeatureVector own = context.keys(field);
            LastKeys last = (LastKeys) place.slot().aggregate();
            ScopeRecords records = context.records(place.scope());
            int kept = 0;
            int shared = 0;
            for (int r = 0; r < records.count(); r++) {
                for (int i = 0; i < last.size(); i++) {
                    long key = last.key(i, records.record(r), place.at());
                    kept += key == 0 ? 0 : 1;
                    shared += key != 0 && has(own, key) ? 1 : 0;
                }
            }
            return kept == 0 ? 0 : (double) shared / kept;
        }

        private static boolean has(FeatureVector keys, long key) {
            for (int i = 0; i < keys.size(); i++) {
                if (keys.key(i) == key) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Mean of a number, smoothed towards that of all entities. */
    record Mean(Place place, Place all, double prior) implements Reading {
        @Override
        public double number(ReadContext context, long now) {
            double everywhere = mean(all, context);
            double own = weight(place, context);
            if (own == 0 || Double.isNaN(everywhere)) {
                return everywhere;
            }
            double mean = mean(place, context);
            return (own * mean + prior * everywhere) / (own + prior);
        }
    }

    /** How far the candidate's number is from the mean, in smoothed standard deviations. */
    record Distance(Place place, Place all, String attribute, double prior) implements Reading {
        @Override
        public boolean readsAttributes() {
            return true;
        }

        @Override
        public double number(ReadContext context, long now) {
            double own = FactRouter.attribute(context.features(), attribute);
            double mean = mean(place, context);
            double everywhere = mean(all, context);
            if (Double.isNaN(own) || Double.isNaN(mean) || Double.isNaN(everywhere)) {
                return Double.NaN;
            }
            double weight = weight(place, context);
            double shared = Math.max(1, prior);
            double variance =
                    (weight * variance(place, mean, context)
                                    + shared * variance(all, everywhere, context))
                            / (weight + shared);
            boolean deviates = variance > ROUNDING * everywhere * everywhere;
            return deviates ? (own - mean) / Math.sqrt(variance) : 0;
        }
    }

    /** Log of the rate of arrival lately against that over a longer time. */
    record Trend(Place fast, Place slow, double ratio, double prior) implements Reading {
        @Override
        public Place place() {
            return fast;
        }

        @Override
        public double number(ReadContext context, long now) {
            double lately = sum(fast, 0, context);
            double usually = sum(slow, 0, context) / ratio;
            return StrictMath.log((lately + prior) / (usually + prior));
        }
    }

    /** Log of the entities' share of all facts. */
    record Share(Place place, Place all, double prior) implements Reading {
        @Override
        public double number(ReadContext context, long now) {
            double own = sum(place, 0, context);
            return StrictMath.log((own + prior) / (sum(all, 0, context) + prior));
        }
    }

    /** How often the candidate met the user's last keys. */
    record Together(Place companions, Place last) implements Reading {
        @Override
        public Place place() {
            return companions;
        }

        @Override
        public double number(ReadContext context, long now) {
            ScopeRecords ofItem = context.records(companions.scope());
            ScopeRecords ofUser = context.records(last.scope());
            if (ofItem.count() == 0 || ofUser.count() == 0) {
                return 0;
            }
            Companions met = (Companions) companions.slot().aggregate();
            LastKeys keys = (LastKeys) last.slot().aggregate();
            int at = companions.at();
            double left = ofItem.left(0, at);
            double sum = 0;
            for (int i = 0; i < keys.size(); i++) {
                long key = keys.key(i, ofUser.record(0), last.at());
                if (key != 0) {
                    sum += met.count(key, ofItem.record(0), at, left);
                }
            }
            return sum;
        }
    }

    /** Keys are read by {@link StreamReader}; as a number they say nothing. */
    record Keys(Place place) implements Reading {
        @Override
        public double number(ReadContext context, long now) {
            return Double.NaN;
        }
    }

    private static double sum(Place place, int which, ReadContext context) {
        ScopeRecords records = context.records(place.scope());
        DecayedSums sums = (DecayedSums) place.slot().aggregate();
        int at = place.at();
        double sum = 0;
        for (int i = 0; i < records.count(); i++) {
            sum += sums.sum(which, records.record(i), at, records.left(i, at));
        }
        return sum;
    }

    /** Weight of all numbers of the named entities. */
    private static double weight(Place place, ReadContext context) {
        ScopeRecords records = context.records(place.scope());
        RunningMean aggregate = (RunningMean) place.slot().aggregate();
        int at = place.at();
        double weight = 0;
        for (int i = 0; i < records.count(); i++) {
            weight += aggregate.weight(records.record(i), at, records.left(i, at));
        }
        return weight;
    }

    /** Mean of all numbers of the named entities; NaN when there are none. */
    private static double mean(Place place, ReadContext context) {
        ScopeRecords records = context.records(place.scope());
        RunningMean aggregate = (RunningMean) place.slot().aggregate();
        int at = place.at();
        double weight = 0;
        double sum = 0;
        for (int i = 0; i < records.count(); i++) {
            double each = aggregate.weight(records.record(i), at, records.left(i, at));
            weight += each;
            sum += each * aggregate.mean(records.record(i), at);
        }
        return weight > 0 ? sum / weight : Double.NaN;
    }

    /** Variance of all numbers of the named entities around their mean. */
    private static double variance(Place place, double mean, ReadContext context) {
        ScopeRecords records = context.records(place.scope());
        RunningMean aggregate = (RunningMean) place.slot().aggregate();
        int at = place.at();
        double weight = 0;
        double squares = 0;
        for (int i = 0; i < records.count(); i++) {
            double each = aggregate.weight(records.record(i), at, records.left(i, at));
            double away = aggregate.mean(records.record(i), at) - mean;
            weight += each;
            squares += each * (aggregate.variance(records.record(i), at) + away * away);
        }
        return weight > 0 ? squares / weight : 0;
    }
}
