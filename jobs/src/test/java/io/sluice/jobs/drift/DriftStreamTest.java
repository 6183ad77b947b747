package io.sluice.jobs.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DriftStreamTest {

    private static final int EVENTS = 40_000;
    private static final long SEED = 7;

    /** Standard deviations that a mean of thousands of labels may be off: one run in 10⁶ is. */
    private static final double TOLERANCE = 5;

    @ParameterizedTest
    @EnumSource(DriftKind.class)
    void theSameSeedGivesTheSameEventsAndAnotherOneOthers(DriftKind kind) {
        List<DriftEvent> events = events(kind, SEED);

        assertThat(events).hasSize(EVENTS).isEqualTo(events(kind, SEED));
        assertThat(events(kind, SEED + 1)).isNotEqualTo(events);
        assertThat(events).isSortedAccordingTo((a, b) -> Long.compare(a.time(), b.time()));
    }

    @ParameterizedTest
    @EnumSource(DriftKind.class)
    void labelsComeWithTheProbabilityThatIsSaid(DriftKind kind) {
        List<DriftEvent> events = events(kind, SEED);

        for (int phase = 0; phase <= events.get(EVENTS - 1).phase(); phase++) {
            int wanted = phase;
            assertRates(events, event -> event.phase() == wanted);
            assertRates(events, event -> event.phase() == wanted && event.truth() < 0.2);
            assertRates(events, event -> event.phase() == wanted && event.truth() > 0.5);
        }
        assertRates(events, event -> event.truth() != event.stale());
        for (int item = 0; item < 5; item++) {
            String id = Population.itemId(item);
            assertRates(events, event -> event.item().equals(id));
        }
    }

    private static void assertRates(List<DriftEvent> events, Predicate<DriftEvent> which) {
        double labels = 0;
        double truths = 0;
        double variance = 0;
        for (DriftEvent event : events) {
            if (which.test(event)) {
                labels += event.label();
                truths += event.truth();
                variance += event.truth() * (1 - event.truth());
            }
        }
        assertThat(labels).isCloseTo(truths, within(TOLERANCE * Math.sqrt(variance) + 1e-9));
    }

    @Test
    void nothingChangesBeforeTheFirstChange() {
        List<DriftEvent> steady = events(DriftKind.STEADY, SEED);

        for (DriftKind kind : DriftKind.values()) {
            List<DriftEvent> events = events(kind, SEED);
            int first = firstOf(events, event -> event.phase() > 0);
            assertThat(events.subList(0, first)).isEqualTo(steady.subList(0, first));
            assertThat(events.subList(0, first)).allMatch(event -> event.truth() == event.stale());
        }
    }

    @Test
    void aSuddenChangeMovesProbabilitiesFarAndAtOnce() {
        List<DriftEvent> events = events(DriftKind.SUDDEN, SEED);

        assertThat(events.get(EVENTS / 2 - 1).phase()).isZero();
        assertThat(events.get(EVENTS / 2).phase()).isEqualTo(1);
        assertThat(meanMove(events.subList(EVENTS / 2, EVENTS))).isBetween(0.1, 0.4);
    }

    @Test
    void aGradualChangeArrivesWhereTheSuddenOneDoes() {
        List<DriftEvent> gradual = events(DriftKind.GRADUAL, SEED);
        List<DriftEvent> sudden = events(DriftKind.SUDDEN, SEED);

        int late = EVENTS * 2 / 3 + 1;
        assertThat(gradual.subList(late, EVENTS).stream().map(DriftEvent::truth))
                .containsExactlyElementsOf(
                        sudden.subList(late, EVENTS).stream().map(DriftEvent::truth).toList());
        double early = meanMove(gradual.subList(EVENTS / 3, EVENTS / 3 + 2000));
        assertThat(early).isBetween(0.001, meanMove(gradual.subList(late, EVENTS)) / 4);
    }

    @Test
    void worldsThatRecurAreTheSameAgain() {
        List<DriftEvent> recurring = events(DriftKind.RECURRING, SEED);
        List<DriftEvent> steady = events(DriftKind.STEADY, SEED);
        List<DriftEvent> sudden = events(DriftKind.SUDDEN, SEED);

        for (int i = EVENTS / 2; i < EVENTS; i++) {
            DriftEvent event = recurring.get(i);
            List<DriftEvent> now = event.phase() % 2 == 0 ? steady : sudden;
            List<DriftEvent> before = event.phase() % 2 == 0 ? sudden : steady;
            assertThat(event.truth()).isEqualTo(now.get(i).truth());
            assertThat(event.stale()).isEqualTo(before.get(i).truth());
        }
    }

    @Test
    void onlyOneSegmentChanges() {
        DriftStream stream = new DriftStream(DriftKind.SEGMENT, EVENTS, SEED);
        Set<Integer> affected = new HashSet<>();
        Set<Integer> others = new HashSet<>();
        for (DriftEvent event = stream.next(); event != null; event = stream.next()) {
            int segment = stream.people().segment(Integer.parseInt(event.user().substring(1)));
            if (event.phase() == 1) {
                (event.truth() == event.stale() ? others : affected).add(segment);
            }
        }

        assertThat(affected).hasSize(1);
        // Where nothing that matters was drawn anew, nothing changes in that segment either.
        assertThat(others).hasSize(Population.SEGMENTS);
    }

    @Test
    void newItemsWereNeverSeenBefore() {
        List<DriftEvent> events = events(DriftKind.NEW_ITEMS, SEED);

        List<DriftEvent> recent = events.stream().filter(e -> e.item().startsWith("n")).toList();
        assertThat(recent).hasSize(EVENTS / 4).allMatch(event -> event.phase() == 1);
        assertThat(recent).allMatch(event -> event.truth() != event.stale());
    }

    @Test
    void theAttackerClicksOnOneItemAndTheTruthAboutItStays() {
        List<DriftEvent> events = events(DriftKind.ATTACK, SEED);
        List<DriftEvent> steady = events(DriftKind.STEADY, SEED);

        List<DriftEvent> attacks =
                events.stream().filter(e -> e.user().equals(DriftStream.ATTACKER)).toList();
        assertThat(attacks).hasSize(EVENTS / 8 / 20);
        assertThat(attacks).allMatch(event -> event.label() == 1 && event.phase() == 1);
        assertThat(attacks.stream().map(DriftEvent::item).distinct()).hasSize(1);
        for (int i = 0; i < EVENTS; i++) {
            if (!events.get(i).user().equals(DriftStream.ATTACKER)) {
                assertThat(events.get(i).truth()).isEqualTo(steady.get(i).truth());
            }
        }
        String target = attacks.get(0).item();
        assertThat(events)
                .filteredOn(event -> event.truth() != event.stale())
                .isNotEmpty()
                .allMatch(event -> event.item().equals(target) && event.stale() > event.truth());
    }

    @Test
    void delaysStayWithinTheWindow() {
        List<Long> delays =
                events(DriftKind.DELAY, SEED).stream().map(DriftEvent::delayMs).toList();

        assertThat(delays).allMatch(delay -> delay >= 0 && delay < DriftStream.LONGEST_DELAY_MS);
        double mean = delays.stream().mapToLong(Long::longValue).average().orElseThrow();
        // 100 s cut off at 600 s: 98.5 s; the deviation of a mean of 40,000 is 0.5 s.
        assertThat(mean).isCloseTo(98_500, within(2_500.0));
    }

    private static double meanMove(List<DriftEvent> events) {
        return events.stream()
                .mapToDouble(event -> Math.abs(event.truth() - event.stale()))
                .average()
                .orElseThrow();
    }

    private static int firstOf(List<DriftEvent> events, Predicate<DriftEvent> which) {
        for (int i = 0; i < events.size(); i++) {
            if (which.test(events.get(i))) {
                return i;
            }
        }
        return events.size();
    }

    private static List<DriftEvent> events(DriftKind kind, long seed) {
        DriftStream stream = new DriftStream(kind, EVENTS, seed);
        List<DriftEvent> events = new ArrayList<>();
        for (DriftEvent event = stream.next(); event != null; event = stream.next()) {
            events.add(event);
        }
        return events;
    }
}
