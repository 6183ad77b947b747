package io.sluice.state.feature.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.feature.StreamingKind;
import io.sluice.state.kernel.Hashing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EntityTableTest {

    private static final long HOUR = StreamFixture.HOUR;

    @Test
    void equalsAMapOfRecordsWhateverComes() {
        long seed = Long.getLong("sluice.seed", 1);
        Random random = new Random(seed);
        EntityScope scope = userScope(0, 50 * HOUR);
        EntityTable table = new EntityTable(scope);
        Map<Long, long[]> twin = new HashMap<>();
        long now = 0;

        for (int i = 0; i < 100_000; i++) {
            now += random.nextInt((int) HOUR);
            long key = 1L + random.nextInt(300);
            int change = random.nextInt(20);
            if (change == 0) {
                table.remove(key);
                twin.remove(key);
            } else if (change == 1) {
                long[] record = new long[scope.words()];
                record[0] = now + 1;
                record[1] = random.nextLong();
                table.put(key, record);
                twin.put(key, record);
            } else {
                ScopeUpdate update = count(key, now);
                table.apply(update);
                scope.apply(update, twin.computeIfAbsent(key, k -> new long[scope.words()]));
            }
            long asked = 1L + random.nextInt(300);
            assertThat(read(scope, table, asked, now))
                    .as("seed %d, change %d", seed, i)
                    .isEqualTo(read(scope, twin.get(asked), now));
        }
    }

    /** The record as of a time; zeros when it says nothing. */
    private static long[] read(EntityScope scope, EntityTable table, long key, long now) {
        long[] record = new long[scope.words()];
        return read(scope, table.copy(key, record) ? record : null, now);
    }

    private static long[] read(EntityScope scope, long[] record, long now) {
        boolean empty = record == null || scope.isEmpty(record, now);
        return empty ? new long[scope.words()] : record;
    }

    @Test
    void everNewEntitiesKeepTheTableWithinTwiceThoseAlive() {
        int alive = 20_000;
        EntityTable table = new EntityTable(userScope(0, alive));
        int most = 0;

        for (int i = 0; i < 10_000_000; i++) {
            table.apply(count(Hashing.mix(i + 1L), i));
            most = Math.max(most, table.size());
        }

        // 2 by the reasoning in the class, and the last entity moved away from the hand.
        assertThat(most).isBetween(alive, (int) (2.1 * alive));
        assertThat(table.bytes()).isLessThan(5_000_000);
    }

    @Test
    void recordsAreHandedOutByRisingKeyAndMayChangeMeanwhile() {
        EntityScope scope = userScope(0, HOUR);
        EntityTable table = new EntityTable(scope);
        Map<Long, Long> expected = new TreeMap<>();
        Random random = new Random(3);
        for (int i = 0; i < 1_000; i++) {
            long key = random.nextLong() | 1;
            long[] record = new long[scope.words()];
            record[1] = i;
            table.put(key, record);
            expected.put(key, (long) i);
        }
        List<Long> removed = new ArrayList<>(expected.keySet()).subList(200, 700);
        removed.forEach(table::remove);
        expected.keySet().removeAll(List.copyOf(removed));

        List<Long> keys = new ArrayList<>();
        List<Long> words = new ArrayList<>();
        table.forEach(
                (key, record) -> {
                    keys.add(key);
                    words.add(record[1]);
                });

        assertThat(keys).isEqualTo(List.copyOf(expected.keySet()));
        assertThat(words).isEqualTo(List.copyOf(expected.values()));
        assertThat(table.size()).isEqualTo(expected.size());
    }

    @Test
    void aSessionEndsWithALongerPauseThanItsGap() {
        EntityScope scope = userScope(HOUR, 50 * HOUR);
        long[] record = new long[scope.words()];

        scope.apply(count(7, 10 * HOUR), record);
        scope.apply(count(7, 11 * HOUR), record);
        assertThat(facts(scope, record)).isEqualTo(2);
        assertThat(scope.isEmpty(record, 12 * HOUR)).isFalse();
        assertThat(scope.isEmpty(record, 12 * HOUR + 1)).isTrue();

        scope.apply(count(7, 12 * HOUR + 1), record);
        assertThat(facts(scope, record)).isEqualTo(1);
        assertThat(scope.lastFact(record)).isEqualTo(12 * HOUR + 1);
    }

    @Test
    void anEntityPastItsLifeIsEmptyWhetherItWasSweptOrNot() {
        EntityScope scope = userScope(0, HOUR);
        EntityTable swept = new EntityTable(scope);
        EntityTable kept = new EntityTable(scope);
        swept.apply(count(1, 0));
        kept.apply(count(1, 0));
        swept.apply(count(2, HOUR + 1));
        assertThat(swept.size()).isEqualTo(1);
        assertThat(kept.size()).isEqualTo(1);

        for (EntityTable each : List.of(swept, kept)) {
            assertThat(read(scope, each, 1, HOUR + 1)).containsOnly(0);
            each.apply(count(1, HOUR + 2));
        }

        assertThat(read(scope, swept, 1, HOUR + 2)).isEqualTo(read(scope, kept, 1, HOUR + 2));
    }

    @Test
    void aLateFactDoesNotMoveTheEndOfALifeBack() {
        EntityScope scope = userScope(0, HOUR);
        long[] record = new long[scope.words()];

        scope.apply(count(1, 10 * HOUR), record);
        scope.apply(count(1, 9 * HOUR + 1), record);

        assertThat(scope.lastFact(record)).isEqualTo(10 * HOUR);
        assertThat(facts(scope, record)).isEqualTo(2);
        assertThat(scope.lastFact(new long[scope.words()])).isEqualTo(Long.MIN_VALUE);
    }

    private static double facts(EntityScope scope, long[] record) {
        Slot slot = scope.slots().get(0);
        long now = scope.lastFact(record);
        return ((DecayedSums) slot.aggregate())
                .sum(0, record, slot.at(), slot.aggregate().left(record, slot.at(), now));
    }

    private static EntityScope userScope(long sessionGapMs, long expiryMs) {
        return StreamPlan.of(
                        StreamFixture.schema(
                                StreamFixture.living(
                                        StreamFixture.feature(
                                                StreamingKind.COUNT, StreamFixture.FOREVER, "user"),
                                        sessionGapMs,
                                        expiryMs)))
                .scopes()
                .get(0);
    }

    private static ScopeUpdate count(long key, long time) {
        return new ScopeUpdate(0, key, time, 0, 1, new long[] {Double.doubleToRawLongBits(1)});
    }

    @Test
    void anUpdateIsCopiedWithItsArgumentsOnly() {
        ScopeUpdate update = count(5, 6);
        update.push(9);

        ScopeUpdate copy = update.copy();
        update.start(1, 2, 3);

        assertThat(copy.key()).isEqualTo(5);
        assertThat(copy.time()).isEqualTo(6);
        assertThat(copy.mask()).isEqualTo(1);
        assertThat(Arrays.copyOf(copy.args(), copy.argCount()))
                .containsExactly(Double.doubleToRawLongBits(1), 9);
    }
}
