package io.sluice.jobs.serve;

import io.sluice.operators.serde.BadInputException;
import io.sluice.operators.serde.EventParser;
import io.sluice.operators.serde.TopicKind;
import io.sluice.state.event.Feedback;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code POST /feedback}: what a user did, into the feedback topic. 202 says that the broker has
 * it; whether it finds its impression shows later, in the job.
 */
final class FeedbackEndpoint implements Endpoint {

    private final EventParser parser;
    private final FeedbackSender sender;

    FeedbackEndpoint(EventParser parser, FeedbackSender sender) {
        this.parser = parser;
        this.sender = sender;
    }

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public CompletionStage<Reply> answer(byte[] body, long arrivedNanos) {
        try {
            long now = System.currentTimeMillis();
            Feedback feedback = (Feedback) parser.parse(TopicKind.FEEDBACK, body, now);
            return sender.send(feedback).handle((done, fault) -> reply(fault));
        } catch (BadInputException e) {
            return CompletableFuture.completedFuture(Errors.badInput(e));
        }
    }

    private static Reply reply(Throwable fault) {
        if (fault == null) {
            return Reply.json(
                    202, JsonText.object(json -> json.writeBooleanField("accepted", true)));
        }
        return Errors.of(503, "Kafka did not take the feedback: " + fault.getMessage())
                .with("Retry-After", "1");
    }
}
