package io.sluice.operators.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.event.Interaction;
import io.sluice.state.feature.stream.AsOfValues;
import io.sluice.state.feature.stream.EntityAnswers;
import io.sluice.state.feature.stream.EntityMessage;
import io.sluice.state.feature.stream.Fact;
import io.sluice.state.feature.stream.Facts;
import io.sluice.state.feature.stream.StreamState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What an event is told of the stream must be what came before it, and nothing else. */
class AsOfAnswersTest {

    private static final List<Interaction> EVENTS = events(11, 300);

    @Test
    void everyEventKnowsWhatCameBeforeAndNothingOfItsOwnMoment() throws Exception {
        assertThat(differences(answered(0), expected(0))).isEmpty();
    }

    @Test
    void aFactOfTheSameMomentThatSlipsInIsFound() throws Exception {
        Map<String, Interaction> leaking = answered(1);

        assertThat(differences(leaking, expected(0))).as("they know themselves").isNotEmpty();
        assertThat(differences(leaking, expected(1))).as("and nothing behind it").isEmpty();
    }

    @Test
    void aFactOfALaterMomentThatSlipsInIsFound() throws Exception {
        Map<String, Interaction> leaking = answered(11);

        assertThat(differences(leaking, expected(0))).isNotEmpty();
        assertThat(differences(leaking, expected(1))).as("not only themselves").isNotEmpty();
    }

    /**
     * What the operators answer.
     *
     * @param leakMs questions are asked this much too late: 0 is right
     */
    private static Map<String, Interaction> answered(long leakMs) throws Exception {
        AsOfValues values = new AsOfValues(RecordFacts.PLAN);
        List<EntityMessage> messages = new ArrayList<>();
        for (Interaction event : EVENTS) {
            for (EntityMessage.Question right : values.questions(event, event.request())) {
                messages.add(
                        new EntityMessage.Question(
                                right.scope(), right.key(), right.time() + leakMs, right.asker()));
            }
            messages.addAll(RecordFacts.messages(Facts.of(event, true)));
        }
        long seed = Long.getLong("sluice.seed", 1);
        Collections.shuffle(messages, new Random(seed));
        Map<String, List<EntityAnswers>> answers = new HashMap<>();
        try (RecordRun run = new RecordRun()) {
            for (EntityMessage message : messages) {
                run.send(message);
            }
            run.finish();
            List<EntityAnswers> all = new ArrayList<>(run.first.answers());
            all.addAll(run.second.answers());
            for (EntityAnswers each : all) {
                answers.computeIfAbsent(each.asker(), asker -> new ArrayList<>()).add(each);
            }
        }
        Map<String, Interaction> complete = new HashMap<>();
        for (Interaction event : EVENTS) {
            complete.put(
                    event.request(),
                    values.with(event, answers.getOrDefault(event.request(), List.of())));
        }
        return complete;
    }

    /**
     * What one process computes.
     *
     * @param leakMs facts up to this much later are known: 0 is right
     */
    private static Map<String, Interaction> expected(long leakMs) {
        AsOfValues values = new AsOfValues(RecordFacts.PLAN);
        StreamState state = new StreamState(RecordFacts.PLAN);
        EVENTS.forEach(event -> state.add(Facts.of(event, true)));
        Map<String, Interaction> complete = new HashMap<>();
        for (Interaction event : EVENTS) {
            state.advance(event.timestamp() + leakMs);
            List<EntityAnswers.Found> found = new ArrayList<>();
            for (EntityMessage.Question question : values.questions(event, "")) {
                long[] record = new long[RecordFacts.PLAN.scopes().get(question.scope()).words()];
                boolean isThere = state.tables().copy(question.scope(), question.key(), record);
                found.add(
                        new EntityAnswers.Found(
                                question.scope(), question.key(), isThere ? record : null));
            }
            complete.put(
                    event.request(), values.with(event, List.of(new EntityAnswers("", found))));
        }
        return complete;
    }

    private static List<String> differences(
            Map<String, Interaction> found, Map<String, Interaction> expected) {
        List<String> different = new ArrayList<>();
        expected.forEach(
                (request, event) -> {
                    if (!event.equals(found.get(request))) {
                        different.add(event + " but found " + found.get(request));
                    }
                });
        return different;
    }

    /** Requests of their own; times in steps of 0 or 10 ms. */
    private static List<Interaction> events(long seed, int count) {
        List<Interaction> events = new ArrayList<>();
        for (Fact fact : RecordFacts.random(seed, count)) {
            Interaction event = RecordFacts.event(fact.time(), fact.user(), fact.item(), 1);
            events.add(
                    new Interaction(
                            "r" + events.size(),
                            event.timestamp(),
                            event.user(),
                            event.item(),
                            1,
                            event.value(),
                            event.context(),
                            event.features()));
        }
        return events;
    }
}
