package io.sluice.operators.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.event.DeadLetter;
import io.sluice.state.event.StreamEvent;
import io.sluice.state.learner.LearnerEvent;
import io.sluice.state.learner.Scored;
import io.sluice.state.model.Page;
import java.util.Arrays;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.testutils.DeeplyEqualsChecker;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What Flink asks of every serializer, asked of each of ours. */
class CodecSerializerTest {

    @Test
    void immutableValuesAreSharedAndOthersAreCopied() {
        StreamEvent event = SampleEvents.streamEvents()[0];
        Page page = SampleEvents.pages()[0];

        StreamEvent sharedEvent = SluiceTypes.STREAM_EVENT.createSerializer().copy(event);
        Page copiedPage = SluiceTypes.PAGE.createSerializer().copy(page);

        assertThat(sharedEvent).isSameAs(event);
        assertThat(copiedPage.payload()).isEqualTo(page.payload()).isNotSameAs(page.payload());
    }

    /** The checks of Flink, for one of our types. */
    abstract static class Contract<T> extends SerializerTestBase<T> {

        private final CodecTypeInfo<T> type;
        private final T[] samples;

        Contract(CodecTypeInfo<T> type, T[] samples) {
            // These two hold arrays, and a record compares arrays by identity.
            super(
                    new DeeplyEqualsChecker()
                            .withCustomCheck(
                                    (first, second) ->
                                            first instanceof DeadLetter || first instanceof Page,
                                    (first, second, checker) -> sameFields(first, second)));
            this.type = type;
            this.samples = samples;
        }

        private static boolean sameFields(Object first, Object second) {
            assertThat(second).usingRecursiveComparison().isEqualTo(first);
            return true;
        }

        @Override
        protected TypeSerializer<T> createSerializer() {
            return type.createSerializer();
        }

        @Override
        protected boolean allowNullInstances(TypeSerializer<T> serializer) {
            return true;
        }

        @Override
        protected int getLength() {
            return -1;
        }

        @Override
        protected Class<T> getTypeClass() {
            return type.getTypeClass();
        }

        @Override
        protected T[] getTestData() {
            return Arrays.copyOf(samples, samples.length);
        }
    }

    @Nested
    class OfStreamEvents extends Contract<StreamEvent> {
        OfStreamEvents() {
            super(SluiceTypes.STREAM_EVENT, SampleEvents.streamEvents());
        }
    }

    @Nested
    class OfLearnerEvents extends Contract<LearnerEvent> {
        OfLearnerEvents() {
            super(SluiceTypes.LEARNER_EVENT, SampleEvents.learnerEvents());
        }
    }

    @Nested
    class OfScored extends Contract<Scored> {
        OfScored() {
            super(SluiceTypes.SCORED, SampleEvents.scored());
        }
    }

    @Nested
    class OfDeadLetters extends Contract<DeadLetter> {
        OfDeadLetters() {
            super(SluiceTypes.DEAD_LETTER, SampleEvents.deadLetters());
        }
    }

    @Nested
    class OfPages extends Contract<Page> {
        OfPages() {
            super(SluiceTypes.PAGE, SampleEvents.pages());
        }
    }
}
