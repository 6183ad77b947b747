package io.sluice.operators.serde;

import io.sluice.state.codec.ArrivalCodec;
import io.sluice.state.codec.DeadLetterCodec;
import io.sluice.state.codec.DriftAlarmCodec;
import io.sluice.state.codec.EntityAnswersCodec;
import io.sluice.state.codec.EntityMessageCodec;
import io.sluice.state.codec.EntityPageStreamCodec;
import io.sluice.state.codec.EntityRecordCodec;
import io.sluice.state.codec.IncomingCodec;
import io.sluice.state.codec.JoinOutputCodec;
import io.sluice.state.codec.LearnerEventCodec;
import io.sluice.state.codec.PageStreamCodec;
import io.sluice.state.codec.PendingRequestCodec;
import io.sluice.state.codec.ReplyRecordCodec;
import io.sluice.state.codec.ScoredCodec;
import io.sluice.state.codec.SourceRecordCodec;
import io.sluice.state.codec.StreamEventCodec;
import io.sluice.state.drift.DriftAlarm;
import io.sluice.state.event.DeadLetter;
import io.sluice.state.event.ReplyRecord;
import io.sluice.state.event.SourceRecord;
import io.sluice.state.event.StreamEvent;
import io.sluice.state.feature.stream.EntityAnswers;
import io.sluice.state.feature.stream.EntityMessage;
import io.sluice.state.feature.stream.EntityPage;
import io.sluice.state.join.Arrival;
import io.sluice.state.join.Incoming;
import io.sluice.state.join.JoinOutput;
import io.sluice.state.join.PendingRequest;
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

    /** Alarms of drift. */
    public static final CodecTypeInfo<DriftAlarm> DRIFT_ALARM =
            new CodecTypeInfo<>(DriftAlarm.class, DriftAlarmCodec.class, true);

    /** Records that could not be used; holds arrays, so it is copied. */
    public static final CodecTypeInfo<DeadLetter> DEAD_LETTER =
            new CodecTypeInfo<>(DeadLetter.class, DeadLetterCodec.class, false);

    /** Pages of the model; holds an array, so it is copied. */
    public static final CodecTypeInfo<Page> PAGE =
            new CodecTypeInfo<>(Page.class, PageStreamCodec.class, false);

    /** What the sources hand out; holds the record's bytes, so it is copied. */
    public static final CodecTypeInfo<Incoming> INCOMING =
            new CodecTypeInfo<>(Incoming.class, IncomingCodec.class, false);

    /** Events with the records they were read from; hold bytes, so they are copied. */
    public static final CodecTypeInfo<Arrival> ARRIVAL =
            new CodecTypeInfo<>(Arrival.class, ArrivalCodec.class, false);

    /** What the join found. */
    public static final CodecTypeInfo<JoinOutput> JOIN_OUTPUT =
            new CodecTypeInfo<>(JoinOutput.class, JoinOutputCodec.class, true);

    /** What the join remembers of a request; mutable, so it is copied. */
    public static final CodecTypeInfo<PendingRequest> PENDING_REQUEST =
            new CodecTypeInfo<>(PendingRequest.class, PendingRequestCodec.class, false);

    /** Changes of entities' records and questions for them; an update could be changed. */
    public static final CodecTypeInfo<EntityMessage> ENTITY_MESSAGE =
            new CodecTypeInfo<>(EntityMessage.class, EntityMessageCodec.class, false);

    /** Answers to those questions; hold arrays, so they are copied. */
    public static final CodecTypeInfo<EntityAnswers> ENTITY_ANSWERS =
            new CodecTypeInfo<>(EntityAnswers.class, EntityAnswersCodec.class, false);

    /** Records of entities as they are published; hold arrays, so they are copied. */
    public static final CodecTypeInfo<EntityPage> ENTITY_PAGE =
            new CodecTypeInfo<>(EntityPage.class, EntityPageStreamCodec.class, false);

    /** Records of entities as they are kept. */
    public static final CodecTypeInfo<long[]> ENTITY_RECORD =
            new CodecTypeInfo<>(long[].class, EntityRecordCodec.class, false);

    /** Requests as they were read; nobody changes their bytes. */
    public static final CodecTypeInfo<SourceRecord> SOURCE_RECORD =
            new CodecTypeInfo<>(SourceRecord.class, SourceRecordCodec.class, true);

    /** Replies as they are written; nobody changes their bytes. */
    public static final CodecTypeInfo<ReplyRecord> REPLY_RECORD =
            new CodecTypeInfo<>(ReplyRecord.class, ReplyRecordCodec.class, true);

    private SluiceTypes() {}
}
