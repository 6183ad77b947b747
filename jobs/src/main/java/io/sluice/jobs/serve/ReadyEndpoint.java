package io.sluice.jobs.serve;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.jobs.view.Followers;
import io.sluice.jobs.view.Readiness;
import io.sluice.jobs.view.TopicFollower;
import io.sluice.state.model.Manifest;
import io.sluice.state.store.ServedModel;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code GET /ready}: whether requests should be sent here, and the reason when not. */
final class ReadyEndpoint implements Endpoint {

    private final ServedModel model;
    private final Followers followers;

    ReadyEndpoint(ServedModel model, Followers followers) {
        this.model = model;
        this.followers = followers;
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public CompletionStage<Reply> answer(byte[] body, long arrivedNanos) {
        Readiness readiness = followers.readiness();
        byte[] text =
                JsonText.object(
                        json -> {
                            json.writeBooleanField("ready", readiness.ready());
                            json.writeStringField("reason", readiness.reason());
                            json.writeBooleanField("kafkaReachable", followers.areReachable());
                            json.writeNumberField("lagRecords", followers.lagRecords());
                            json.writeNumberField("lagMs", readiness.lagMs());
                            json.writeObjectFieldStart("topics");
                            for (TopicFollower each : followers.all()) {
                                writeTopic(json, each);
                            }
                            json.writeEndObject();
                            writeModel(json, model.manifest());
                        });
        return CompletableFuture.completedFuture(Reply.json(readiness.ready() ? 200 : 503, text));
    }

    private static void writeTopic(JsonGenerator json, TopicFollower follower) throws IOException {
        Readiness readiness = follower.readiness();
        json.writeObjectFieldStart(follower.name());
        json.writeBooleanField("ready", readiness.ready());
        json.writeNumberField("lagRecords", follower.status().lagRecords());
        json.writeNumberField("lagMs", readiness.lagMs());
        json.writeEndObject();
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
