package io.sluice.jobs.replay;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.config.TopicsConfig;
import io.sluice.jobs.replay.dataset.EventReader;
import io.sluice.jobs.replay.dataset.ExampleKind;
import io.sluice.jobs.replay.dataset.Slate;
import io.sluice.state.event.Feedback;
import io.sluice.state.event.Impression;
import io.sluice.state.event.Interaction;
import io.sluice.state.event.ShownItem;
import java.io.IOException;

/**
 * Turns a data set into the events of live traffic: interactions as they are; a slate into an
 * impression and one feedback for each slot, at the slate's own time. Slots that were left get none
 * in a pipeline that knows no such feedback: there they are negatives once their window closes.
 */
final class EventFeed {

    private final EventSource source;
    private final TopicsConfig topics;
    private final boolean knowsLeft;
    private final EventSender sender;
    private final Progress progress;

    EventFeed(EventSource source, SluiceConfig pipeline, EventSender sender, Progress progress) {
        this.source = source;
        topics = pipeline.topics();
        knowsLeft = pipeline.feedback().kinds().containsKey(PipelineConfig.LEFT);
        this.sender = sender;
        this.progress = progress;
    }

    /**
     * What was sent.
     *
     * @param rows rows read of the file with the examples, bad ones included
     * @param examples labelled examples that come of it
     * @param behaviour interactions that streamed beside slates
     */
    record Sent(long rows, long examples, long behaviour) {}

    Sent send(ExampleKind kind, long limit) throws IOException {
        Sent sent = kind == ExampleKind.SLATES ? slates(limit) : interactions(limit);
        sender.flush();
        return sent;
    }

    private Sent interactions(long limit) throws IOException {
        try (EventReader<Interaction> events = source.interactions()) {
            long count = 0;
            while (count < limit) {
                Interaction event = events.next();
                if (event == null) {
                    break;
                }
                sender.send(topics.interactions(), event);
                count++;
                progress.at(events.rows());
            }
            return new Sent(events.rows(), count, 0);
        }
    }

    private Sent slates(long limit) throws IOException {
        try (EventReader<Slate> slates = source.slates();
                EventReader<Interaction> events =
                        source.hasBehaviour() ? source.interactions() : EventReader.none()) {
            Behaviour behaviour = new Behaviour(events);
            long examples = 0;
            long count = 0;
            while (count < limit) {
                Slate slate = slates.next();
                if (slate == null) {
                    behaviour.passRest(this::sendBehaviour);
                    break;
                }
                behaviour.passBefore(slate.impression().timestamp(), this::sendBehaviour);
                examples += send(slate);
                count++;
                progress.at(slates.rows());
            }
            return new Sent(slates.rows(), examples, behaviour.count());
        }
    }

    private void sendBehaviour(Interaction event) throws IOException {
        sender.send(topics.interactions(), event);
    }

    /** One slate as its impression and feedback; how many examples it holds. */
    long send(Slate slate) throws IOException {
        Impression shown = slate.impression();
        sender.send(topics.impressions(), shown);
        for (ShownItem item : shown.items()) {
            boolean taken = slate.clicked().contains(item.id());
            if (!taken && !knowsLeft) {
                continue;
            }
            sender.send(
                    topics.feedback(),
                    new Feedback(
                            shown.request(),
                            shown.timestamp(),
                            shown.user(),
                            item.id(),
                            taken ? PipelineConfig.TAKEN : PipelineConfig.LEFT,
                            Double.NaN));
        }
        return shown.items().size();
    }
}
