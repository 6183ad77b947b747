package io.sluice.state.feature.stream;

import java.util.List;

/**
 * Answers to questions of one asker, each question answered once.
 *
 * @param asker who asked
 * @param found one for each question
 */
public record EntityAnswers(String asker, List<Found> found) {

    public EntityAnswers {
        found = List.copyOf(found);
    }

    /**
     * What there was of an entity.
     *
     * @param scope index of the scope
     * @param key of the entity
     * @param record its words; null when there were none
     */
    @SuppressWarnings("ArrayRecordComponent") // carried through, never compared
    public record Found(int scope, long key, long[] record) {}
}
