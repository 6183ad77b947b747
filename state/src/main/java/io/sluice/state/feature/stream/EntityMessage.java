package io.sluice.state.feature.stream;

import io.sluice.state.check.Checks;
import java.util.Comparator;

/**
 * What an entity is sent: a change of its record, or a question for it.
 *
 * <p>Messages of one entity count in the order of {@link #ORDER}: a question of a moment stands
 * before all changes of that moment, and changes that follow of others behind the direct ones.
 */
public sealed interface EntityMessage permits EntityMessage.Change, EntityMessage.Question {

    /** Time, then rank, then tie; messages that are equal in it may change places. */
    Comparator<EntityMessage> ORDER = EntityMessage::compare;

    private static int compare(EntityMessage one, EntityMessage other) {
        int order = Long.compare(one.time(), other.time());
        if (order == 0) {
            order = Integer.compare(one.rank(), other.rank());
        }
        return order == 0 ? Long.compare(one.tie(), other.tie()) : order;
    }

    /** Index of the scope. */
    int scope();

    /** Key of the entity. */
    long key();

    /** Event time, epoch milliseconds. */
    long time();

    /** Orders messages of one time. */
    int rank();

    /** Orders messages of one time and rank. */
    long tie();

    /**
     * An update of the entity's record.
     *
     * @param update never changed any more
     * @param isDerived whether it follows of an update of another entity
     */
    record Change(ScopeUpdate update, boolean isDerived) implements EntityMessage {

        public Change {
            Checks.notNull("update", update);
        }

        @Override
        public int scope() {
            return update.scope();
        }

        @Override
        public long key() {
            return update.key();
        }

        @Override
        public long time() {
            return update.time();
        }

        @Override
        public int rank() {
            return isDerived ? 2 : 1;
        }

        @Override
        public long tie() {
            return update.tie();
        }
    }

    /**
     * Asks for the record as of strictly before a time.
     *
     * @param scope index of the scope
     * @param key of the entity
     * @param time epoch milliseconds
     * @param asker whoever takes the answer
     */
    record Question(int scope, long key, long time, String asker) implements EntityMessage {

        public Question {
            Checks.notNull("asker", asker);
        }

        @Override
        public int rank() {
            return 0;
        }

        @Override
        public long tie() {
            return 0;
        }
    }
}
