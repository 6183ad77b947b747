package io.sluice.state.feature.stream;

import io.sluice.state.kernel.Decay;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The records of a scope's entities for one request or item: usually one, several where a field has
 * several values. What is left of each aggregate is computed once, however many features read it,
 * and once for all aggregates of one half-life whose last facts are the same.
 *
 * <p>Scratch; not thread-safe.
 */
final class ScopeRecords {

    private final EntityScope scope;

    /**
     * Where the aggregates that fade begin in a record, and their half-lives, equal ones together.
     */
    private final int[] fading;

    private final double[] halfLivesMs;

    private long[][] records = new long[1][];
    private double[][] left = new double[1][];
    private int count;
    private int keys;

    ScopeRecords(EntityScope scope) {
        this.scope = scope;
        List<Slot> slots =
                scope.slots().stream()
                        .filter(slot -> Double.isFinite(slot.aggregate().halfLifeMs()))
                        .sorted(Comparator.comparingDouble(slot -> slot.aggregate().halfLifeMs()))
                        .toList();
        fading = slots.stream().mapToInt(Slot::at).toArray();
        halfLivesMs = slots.stream().mapToDouble(slot -> slot.aggregate().halfLifeMs()).toArray();
        makeRoom(0);
    }

    private void makeRoom(int place) {
        records[place] = new long[scope.words()];
        left[place] = new double[scope.words()];
        Arrays.fill(left[place], 1);
    }

    /** Reads the records that are there and not expired. */
    void read(FieldReader fields, EntityRecords from, long now) {
        count = 0;
        keys = fields.entities(scope);
        for (int i = 0; i < keys; i++) {
            if (count == records.length) {
                records = Arrays.copyOf(records, count + 1);
                left = Arrays.copyOf(left, count + 1);
                makeRoom(count);
            }
            boolean known = from.copy(scope.index(), fields.entity(i), records[count]);
            if (known && !scope.isEmpty(records[count], now)) {
                fade(records[count], left[count], now);
                count++;
            }
        }
    }

    private void fade(long[] record, double[] factors, long now) {
        double factor = 1;
        for (int i = 0; i < fading.length; i++) {
            int at = fading[i];
            boolean isKnown =
                    i > 0
                            && halfLivesMs[i] == halfLivesMs[i - 1]
                            && record[at] == record[fading[i - 1]];
            factor = isKnown ? factor : Decay.factor(now - record[at], halfLivesMs[i]);
            factors[at] = factor;
        }
    }

    /** Entities named, those without a record too. */
    int keys() {
        return keys;
    }

    /** Records found. */
    int count() {
        return count;
    }

    long[] record(int i) {
        return records[i];
    }

    /** What is left of the amounts of the aggregate that begins {@code at} in record {@code i}. */
    double left(int i, int at) {
        return left[i][at];
    }
}
