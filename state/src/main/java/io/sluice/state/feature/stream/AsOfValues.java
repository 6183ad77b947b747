package io.sluice.state.feature.stream;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.Impression;
import io.sluice.state.event.Interaction;
import io.sluice.state.event.ShownItem;
import io.sluice.state.feature.StreamedAttributes;
import io.sluice.state.feature.StreamedValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives events the streaming values of their own moment: says which records are needed for it, and
 * computes the values once the records are there.
 *
 * <p>Values travel as {@link StreamedAttributes}; an event that carries those of this schema
 * already needs nothing. Not thread-safe.
 */
public final class AsOfValues {

    /** Stands for the record of an entity that has none. */
    private static final long[] NONE = {};

    private final StreamedAttributes attributes;
    private final StreamedValues values;
    private final StreamReader reader;

    /** Records by entity; while needs are collected, each entity without one. */
    private final Map<Entity, long[]> known = new LinkedHashMap<>();

    private record Entity(int scope, long key) {}

    /** For the features of this plan. */
    public AsOfValues(StreamPlan plan) {
        attributes = new StreamedAttributes(plan.schema());
        values = new StreamedValues(plan.schema());
        reader = new StreamReader(plan, this::copy);
    }

    private boolean copy(int scope, long key, long[] record) {
        long[] found = known.putIfAbsent(new Entity(scope, key), NONE);
        if (found == null || found.length == 0) {
            return false;
        }
        System.arraycopy(found, 0, record, 0, found.length);
        return true;
    }

    /** Whether an event has its values already: then it needs no records. */
    public boolean isComplete(Attributes context) {
        return attributes.isLogged(context);
    }

    /**
     * Questions for all records that an impression needs, each once.
     *
     * @param asker takes the answers
     */
    public List<EntityMessage.Question> questions(Impression impression, String asker) {
        known.clear();
        request(impression);
        for (ShownItem item : impression.items()) {
            reader.item(item.id(), item.features(), values);
        }
        return questions(impression.timestamp(), asker);
    }

    /** Questions for all records that an interaction needs, each once. */
    public List<EntityMessage.Question> questions(Interaction event, String asker) {
        known.clear();
        request(event);
        reader.item(event.item(), event.features(), values);
        return questions(event.timestamp(), asker);
    }

    private List<EntityMessage.Question> questions(long time, String asker) {
        List<EntityMessage.Question> questions = new ArrayList<>();
        for (Entity entity : known.keySet()) {
            questions.add(new EntityMessage.Question(entity.scope(), entity.key(), time, asker));
        }
        return questions;
    }

    /** How many answers there are. */
    public static int count(Iterable<EntityAnswers> answers) {
        int count = 0;
        for (EntityAnswers each : answers) {
            count += each.found().size();
        }
        return count;
    }

    /** The impression with its values, computed from the answers to its questions. */
    public Impression with(Impression impression, Iterable<EntityAnswers> answers) {
        know(answers);
        request(impression);
        Attributes context = attributes.withRequest(impression.context(), values);
        List<ShownItem> items = new ArrayList<>(impression.items().size());
        for (ShownItem item : impression.items()) {
            items.add(
                    new ShownItem(
                            item.id(),
                            item.position(),
                            item.score(),
                            item.propensity(),
                            item(item.id(), item.features())));
        }
        return new Impression(
                impression.request(),
                impression.timestamp(),
                impression.user(),
                context,
                items,
                impression.model());
    }

    /** The interaction with its values, computed from the answers to its questions. */
    public Interaction with(Interaction event, Iterable<EntityAnswers> answers) {
        know(answers);
        request(event);
        return new Interaction(
                event.request(),
                event.timestamp(),
                event.user(),
                event.item(),
                event.label(),
                event.value(),
                attributes.withRequest(event.context(), values),
                item(event.item(), event.features()));
    }

    private void know(Iterable<EntityAnswers> answers) {
        known.clear();
        for (EntityAnswers each : answers) {
            for (EntityAnswers.Found found : each.found()) {
                long[] record = found.record() == null ? NONE : found.record();
                known.put(new Entity(found.scope(), found.key()), record);
            }
        }
    }

    private void request(Impression impression) {
        reader.request(impression.timestamp(), impression.user(), impression.context(), values);
    }

    private void request(Interaction event) {
        reader.request(event.timestamp(), event.user(), event.context(), values);
    }

    private Attributes item(String id, Attributes features) {
        reader.item(id, features, values);
        return attributes.withItem(features, values);
    }
}
