package io.sluice.state.join;

import static io.sluice.state.join.JoinRun.given;
import static io.sluice.state.join.JoinRun.item;
import static io.sluice.state.join.JoinRun.shown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.event.Impression;
import io.sluice.state.event.StreamEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestJoinTest {

    private static final long CLICK_MS = 100;
    private static final long BUY_MS = 1000;
    private static final long AHEAD_MS = 50;
    private static final AttributionConfig CONFIG =
            new AttributionConfig(
                    Map.of(
                            "click", new AttributionConfig.Kind(1, CLICK_MS),
                            "buy", new AttributionConfig.Kind(1, BUY_MS),
                            "hide", new AttributionConfig.Kind(0, CLICK_MS)),
                    AHEAD_MS);
    private static final AttributionConfig ASSUMING = assuming(300);
    private static final Impression TWO = shown(10_000, item("a", Double.NaN), item("b", 0.5));

    private final JoinRun run = new JoinRun(CONFIG);

    @Test
    void aClickIsLearntAtOnceAndTheRestWhenTheLongestWindowHasPassed() {
        run.feed(TWO).feed(given("click", "b", 10_020));
        assertThat(run.log).containsExactly("shown [a, b]@10000", "b=1@10020");

        run.advance(10_999);
        assertThat(run.log).hasSize(2);

        run.advance(11_000);
        assertThat(run.log).endsWith("a=0@11000").hasSize(3);
        assertThat(run.isForgotten()).isTrue();
    }

    @Test
    void feedbackCountsUpToTheLastMillisecondOfItsOwnWindow() {
        run.feed(TWO).feed(given("click", "a", 10_100)).feed(given("click", "b", 10_101));

        assertThat(run.log).containsExactly("shown [a, b]@10000", "a=1@10100", "LATE");
    }

    @Test
    void aWindowIsMeasuredByTimestampsHoweverLateTheFeedbackArrives() {
        run.feed(TWO).advance(10_900).feed(given("click", "a", 10_050));

        assertThat(run.log).endsWith("a=1@10050");
    }

    @Test
    void feedbackAheadOfItsImpressionCountsAsIfGivenWithIt() {
        run.feed(TWO).feed(given("click", "a", 9_950)).feed(given("click", "b", 9_949));

        assertThat(run.log).containsExactly("shown [a, b]@10000", "a=1@10000", "OUT_OF_RANGE");
    }

    @Test
    void anExplicitNegativeIsLearntAtOnceAndStays() {
        run.feed(TWO).feed(given("hide", "a", 10_010)).feed(given("buy", "a", 10_020));
        run.feed(given("buy", "b", 10_030)).feed(given("hide", "b", 10_040));
        run.feed(given("click", "b", 10_050)).advance(11_000);

        assertThat(run.log)
                .containsExactly(
                        "shown [a, b]@10000",
                        "a=0@10010",
                        "POSITIVE_AFTER_NEGATIVE",
                        "b=1@10030",
                        "ALREADY_POSITIVE",
                        "ALREADY_POSITIVE");
    }

    @Test
    void everyAcceptedFeedbackIsHandedOutWhateverItSaysOfTheLabel() {
        run.feed(given("click", "a", 9_960)).feed(TWO);
        run.feed(given("buy", "a", 10_020)).feed(given("buy", "a", 10_030));
        run.feed(given("hide", "a", 10_040)).feed(given("click", "c", 10_050));

        assertThat(run.answers).containsExactly("a click@10000", "a buy@10020", "a hide@10040");
    }

    @Test
    void whatBelongsNowhereIsSetAsideWithItsReason() {
        run.feed(TWO).feed(TWO);
        run.feed(given("click", "c", 10_010));
        run.feed(given("stare", "a", 10_010));
        run.feed(given("click", "a", 10_010)).feed(given("click", "a", 10_020));

        assertThat(run.log)
                .containsExactly(
                        "shown [a, b]@10000",
                        "DUPLICATE_REQUEST",
                        "NOT_SHOWN",
                        "UNKNOWN_KIND",
                        "a=1@10010",
                        "DUPLICATE_FEEDBACK");
    }

    @Test
    void feedbackWithoutAnImpressionIsGivenUpWhenNoneInTimeCanCome() {
        run.feed(given("click", "a", 10_000)).feed(given("buy", "a", 10_000));

        run.advance(10_100);
        assertThat(run.log).containsExactly("NO_IMPRESSION");
        assertThat(run.isForgotten()).isFalse();

        run.advance(11_000);
        assertThat(run.log).containsExactly("NO_IMPRESSION", "NO_IMPRESSION");
        assertThat(run.isForgotten()).isTrue();
    }

    @Test
    void whatComesBehindItsClosedWindowIsLateAndLeavesNoState() {
        run.advance(11_000).feed(TWO).feed(given("buy", "a", 10_000));

        assertThat(run.log).containsExactly("LATE", "LATE");
        assertThat(run.isForgotten()).isTrue();
    }

    @Test
    void noTimerOfWaitingFeedbackOutlivesTheRequest() {
        run.feed(given("buy", "a", 10_500)).feed(TWO).advance(11_000);

        assertThat(run.log).containsExactly("shown [a, b]@10000", "a=1@10500", "b=0@11000");
        assertThat(run.isForgotten()).isTrue();
    }

    @Test
    void itDoesNotMatterWhetherTheImpressionOrItsFeedbackArrivesFirst() {
        long seed = Long.getLong("sluice.seed", 1);
        Random random = new Random(seed);
        for (int trial = 0; trial < 500; trial++) {
            List<StreamEvent> feedback = randomFeedback(random);
            List<String> expected = null;
            for (int at = 0; at <= feedback.size(); at++) {
                List<StreamEvent> events = new ArrayList<>(feedback);
                events.add(at, TWO);

                JoinRun run = new JoinRun(CONFIG);
                events.forEach(run::feed);
                run.advance(20_000);

                assertThat(run.isForgotten()).as("seed %d: forgotten", seed).isTrue();
                List<String> found = run.log.stream().sorted().toList();
                expected = expected == null ? found : expected;
                assertThat(found).as("seed %d, impression at %d", seed, at).isEqualTo(expected);
            }
        }
    }

    @Test
    void feedbackOnDifferentItemsMayArriveInAnyOrder() {
        List<StreamEvent> events =
                List.of(
                        TWO,
                        given("click", "a", 10_040),
                        given("hide", "b", 10_020),
                        given("buy", "c", 10_030));
        List<String> expected =
                List.of("NOT_SHOWN", "a=1@10040", "b=0@10020", "shown [a, b]@10000");

        for (List<StreamEvent> order : permutations(events)) {
            JoinRun run = new JoinRun(CONFIG);
            order.forEach(run::feed);
            run.advance(20_000);

            assertThat(run.log.stream().sorted().toList()).isEqualTo(expected);
        }
    }

    @Test
    void everyShownSlotGetsExactlyOneLabel() {
        long seed = Long.getLong("sluice.seed", 1);
        Random random = new Random(seed);
        for (int trial = 0; trial < 500; trial++) {
            JoinRun run = new JoinRun(CONFIG);
            run.feed(TWO);
            randomFeedback(random).forEach(run::feed);
            run.advance(20_000);

            assertThat(run.log.stream().filter(line -> line.contains("=")).map(l -> l.charAt(0)))
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrder('a', 'b');
        }
    }

    @Test
    void whatNobodyTouchedIsTakenForANegativeUntilItsLabelIsKnown() {
        JoinRun run = new JoinRun(ASSUMING);
        run.feed(TWO).feed(given("click", "b", 10_020)).advance(10_299);
        assertThat(run.log).containsExactly("shown [a, b]@10000", "b=1@10020");

        run.advance(10_300);
        assertThat(run.log).endsWith("a?@10300").hasSize(3);

        run.feed(given("buy", "a", 10_900));
        assertThat(run.log).endsWith("a=1@10900").hasSize(4);

        run.advance(11_000);
        assertThat(run.log).hasSize(4);
        assertThat(run.isForgotten()).isTrue();
    }

    @Test
    void anAssumptionThatProvesRightGetsItsLabelWhenTheWindowCloses() {
        JoinRun run = new JoinRun(ASSUMING);
        run.feed(TWO).advance(11_000);

        assertThat(run.log)
                .containsExactly(
                        "shown [a, b]@10000", "a?@10300", "b?@10300", "a=0@11000", "b=0@11000");
    }

    @Test
    void whatIsAssumedDependsOnTimestampsAndNotOnArrivals() {
        long seed = Long.getLong("sluice.seed", 1);
        Random random = new Random(seed);
        for (int trial = 0; trial < 500; trial++) {
            List<StreamEvent> feedback = randomFeedback(random);
            List<String> expected = null;
            long wait = random.nextInt(1_200);
            for (int way = 0; way < 8; way++) {
                JoinRun run = new JoinRun(assuming(wait));
                List<StreamEvent> events = new ArrayList<>(feedback);
                events.add(random.nextInt(events.size() + 1), TWO);
                for (int i = 0; i < events.size(); i++) {
                    run.feed(events.get(i));
                    long next = earliest(events.subList(i + 1, events.size())) - 1;
                    if (way > 0 && i >= events.indexOf(TWO) && random.nextBoolean()) {
                        run.advance(Math.max(run.watermark(), next - random.nextInt(100)));
                    }
                }
                run.advance(20_000);

                List<String> found =
                        run.log.stream().filter(line -> line.contains("@")).sorted().toList();
                expected = expected == null ? found : expected;
                assertThat(found).as("seed %d, way %d", seed, way).isEqualTo(expected);
                assertThat(run.isForgotten()).as("seed %d: forgotten", seed).isTrue();
            }
            checkAssumptions(expected, wait);
        }
    }

    private static long earliest(List<StreamEvent> events) {
        return events.stream().mapToLong(StreamEvent::timestamp).min().orElse(11_200);
    }

    /** Exactly those slots whose label is known later were assumed. */
    private static void checkAssumptions(List<String> log, long wait) {
        for (String slot : List.of("a", "b")) {
            String label =
                    log.stream().filter(line -> line.startsWith(slot + "=")).findFirst().orElse("");
            long known = Long.parseLong(label.substring(label.indexOf('@') + 1));
            assertThat(log.contains(slot + "?@" + (10_000 + wait)))
                    .isEqualTo(known > 10_000 + wait);
        }
    }

    @Test
    void aRestartWithAnotherPatienceHoldsForWhatIsOpen() {
        for (long wait : new long[] {100, 500, 2_000}) {
            JoinRun run = new JoinRun(ASSUMING);
            run.feed(TWO).advance(10_200).restart(assuming(wait)).advance(10_600);
            assertThat(run.log.contains("a?@" + (10_000 + wait))).isEqualTo(wait < BUY_MS);
            assertThat(run.log.contains("a?@10300")).isFalse();

            run.advance(11_000);
            assertThat(run.log).endsWith("a=0@11000", "b=0@11000");
            assertThat(run.isForgotten()).isTrue();
        }
    }

    @Test
    void slotsOfARequestAreAssumedTogetherAndRequestsEachAtATimeOfTheirOwn() {
        AttributionConfig config =
                new AttributionConfig(CONFIG.kinds(), AHEAD_MS, new Patience(CLICK_MS, 0.5));
        Set<Long> waits = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            String request = "r" + i;
            JoinRun run = new JoinRun(config);
            run.feed(new Impression(request, 10_000, "u", TWO.context(), TWO.items(), TWO.model()));
            run.advance(11_000);

            long wait = config.patience().of(request);
            assertThat(run.log).contains("a?@" + (10_000 + wait), "b?@" + (10_000 + wait));
            waits.add(wait);
        }
        assertThat(waits).hasSizeGreaterThan(20);
    }

    /** All requests wait for so long. */
    private static AttributionConfig assuming(long wait) {
        return new AttributionConfig(CONFIG.kinds(), AHEAD_MS, new Patience(wait, 1));
    }

    @Test
    void aConfigurationWithoutAPositiveKindIsRefused() {
        assertThatThrownBy(
                        () ->
                                new AttributionConfig(
                                        Map.of("hide", new AttributionConfig.Kind(0, 1)), 0))
                .hasMessageStartingWith("feedback.kinds must be at least one kind of label 1");
    }

    private static List<StreamEvent> randomFeedback(Random random) {
        String[] kinds = {"click", "buy", "hide"};
        String[] items = {"a", "b", "c"};
        List<StreamEvent> events = new ArrayList<>();
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            long at = 9_900L + random.nextInt(1_300);
            events.add(given(kinds[random.nextInt(3)], items[random.nextInt(3)], at));
        }
        return events;
    }

    private static List<List<StreamEvent>> permutations(List<StreamEvent> events) {
        if (events.isEmpty()) {
            return List.of(List.of());
        }
        List<List<StreamEvent>> all = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            List<StreamEvent> rest = new ArrayList<>(events);
            StreamEvent first = rest.remove(i);
            for (List<StreamEvent> tail : permutations(rest)) {
                List<StreamEvent> one = new ArrayList<>();
                one.add(first);
                one.addAll(tail);
                all.add(one);
            }
        }
        return all;
    }
}
