package io.sluice.operators.serde;

import io.sluice.state.codec.DeadLetterCodec;
import io.sluice.state.codec.LearnerEventCodec;
import io.sluice.state.codec.PageStreamCodec;
import io.sluice.state.codec.ScoredCodec;
import io.sluice.state.codec.StreamEventCodec;
import io.sluice.state.event.DeadLetter;
import io.sluice.state.event.StreamEvent;
import io.sluice.state.learner.LearnerEvent;
import io.sluice.state.learner.Scored;
import io.sluice.state.model.Page;

/** The types that travel between operators, each with its codec. */
public final class SluiceTypes {

    /** Impressions, feedback and interactions. */
    public static final CodecTypeInfo<StreamEvent> STREAM_EVENT =
            new CodecTypeInfo<>(StreamEvent.class, StreamEventCodec.class, true);

    /** What the learner is fed with; holds vectors that could be changed, so it is copied. */
    public static final CodecTypeInfo<LearnerEvent> LEARNER_EVENT =
            new CodecTypeInfo<>(LearnerEvent.class, LearnerEventCodec.class, false);

    /** Judged predictions. */
    public static final CodecTypeInfo<Scored> SCORED =
            new CodecTypeInfo<>(Scored.class, ScoredCodec.class, true);

    /** Records that could not be used; holds arrays, so it is copied. */
    public static final CodecTypeInfo<DeadLetter> DEAD_LETTER =
            new CodecTypeInfo<>(DeadLetter.class, DeadLetterCodec.class, false);

    /** Pages of the model; holds an array, so it is copied. */
    public static final CodecTypeInfo<Page> PAGE =
            new CodecTypeInfo<>(Page.class, PageStreamCodec.class, false);

    private SluiceTypes() {}
}
