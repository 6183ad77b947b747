package io.sluice.jobs.serve;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.state.model.Manifest;
import io.sluice.state.store.ServedModel;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code GET /ready}: whether requests should be sent here, and the reason when not. */
final class ReadyEndpoint implements Endpoint {

    private final ServedModel model;
    private final ModelFollower follower;

    ReadyEndpoint(ServedModel model, ModelFollower follower) {
        this.model = model;
        this.follower = follower;
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public CompletionStage<Reply> answer(byte[] body, long arrivedNanos) {
        Readiness readiness = follower.readiness();
        FollowerStatus status = follower.status();
        byte[] text =
                JsonText.object(
                        json -> {
                            json.writeBooleanField("ready", readiness.ready());
                            json.writeStringField("reason", readiness.reason());
                            json.writeBooleanField("kafkaReachable", status.reachable());
                            json.writeNumberField("lagRecords", status.lagRecords());
                            json.writeNumberField("lagMs", readiness.lagMs());
                            writeModel(json, model.manifest());
                        });
        return CompletableFuture.completedFuture(Reply.json(readiness.ready() ? 200 : 503, text));
    }

    private static void writeModel(JsonGenerator json, Manifest manifest) throws IOException {
        if (manifest == null) {
            json.writeNullField("model");
            return;
        }
        json.writeObjectFieldStart("model");
        json.writeStringField("version", manifest.version().toString());
        json.writeNumberField("eventTime", Math.max(0, manifest.eventTime()));
        json.writeNumberField("examples", manifest.examples());
        json.writeNumberField("publishedAt", manifest.publishedAt());
        json.writeEndObject();
    }
}
