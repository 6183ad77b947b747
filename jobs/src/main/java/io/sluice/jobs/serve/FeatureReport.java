package io.sluice.jobs.serve;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.state.event.Attributes;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.stream.Evidence;
import io.sluice.state.feature.stream.ExplainedFeature;
import io.sluice.state.feature.stream.StreamExplainer;
import io.sluice.state.store.Catalogue;
import io.sluice.state.store.ServedEntities;
import io.sluice.state.store.StoredRecord;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.Lock;

/** What streaming features say of a user and an item, and why, as JSON. */
final class FeatureReport {

    private final ServedEntities entities;
    private final Catalogue catalogue;
    private final String topic;

    /**
     * Reports from these tables.
     *
     * @param topic name of the features topic
     */
    FeatureReport(ServedEntities entities, Catalogue catalogue, String topic) {
        this.entities = entities;
        this.catalogue = catalogue;
        this.topic = topic;
    }

    /** The answer to a question. */
    byte[] answer(FeatureQuestion question) {
        Attributes context = catalogue.ofUser(question.user(), question.context());
        Attributes features = catalogue.ofItem(question.item(), Attributes.EMPTY);
        Lock lock = entities.readLock();
        lock.lock();
        try {
            List<ExplainedFeature> explained =
                    new StreamExplainer(entities.plan(), entities)
                            .explain(
                                    question.time(),
                                    question.user(),
                                    context,
                                    question.item(),
                                    features);
            Parts parts = new Parts(question, context, features, entities.plan().schema());
            return JsonText.object(
                    json -> {
                        json.useDefaultPrettyPrinter();
                        write(json, question, explained, parts);
                    });
        } finally {
            lock.unlock();
        }
    }

    private void write(
            JsonGenerator json,
            FeatureQuestion question,
            List<ExplainedFeature> explained,
            Parts parts)
            throws IOException {
        json.writeStringField("user", question.user());
        json.writeStringField("item", question.item());
        json.writeNumberField("time", question.time());
        json.writeStringField("schema", Long.toHexString(entities.fingerprint()));
        json.writeStringField("topic", topic);
        json.writeArrayFieldStart("features");
        for (ExplainedFeature each : explained) {
            json.writeStartObject();
            json.writeStringField("name", each.feature().name());
            json.writeStringField("kind", each.feature().kind().name().toLowerCase(Locale.ROOT));
            writeValue(json, each);
            json.writeObjectFieldStart("entity");
            for (String part : each.feature().scope()) {
                json.writeFieldName(part);
                parts.write(json, part);
            }
            json.writeEndObject();
            json.writeArrayFieldStart("records");
            for (Evidence evidence : each.evidence()) {
                writeEvidence(json, evidence);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeValue(JsonGenerator json, ExplainedFeature each) throws IOException {
        if (each.feature().kind().isKeys()) {
            json.writeArrayFieldStart("value");
            for (long key : each.keys()) {
                json.writeString(Long.toHexString(key));
            }
            json.writeEndArray();
        } else if (Double.isNaN(each.number())) {
            json.writeNullField("value");
        } else {
            json.writeNumberField("value", each.number());
        }
    }

    private void writeEvidence(JsonGenerator json, Evidence evidence) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", Long.toHexString(evidence.key()));
        json.writeBooleanField("known", evidence.isKnown());
        StoredRecord found =
                evidence.isKnown() ? entities.find(evidence.scope(), evidence.key()) : null;
        if (evidence.isKnown()) {
            json.writeBooleanField("expired", evidence.isExpired());
            json.writeNumberField("lastFact", evidence.lastFact());
            for (Map.Entry<String, Double> each : evidence.figures().entrySet()) {
                json.writeNumberField(each.getKey(), each.getValue());
            }
        }
        if (found != null) {
            json.writeNumberField("partition", found.partition());
            json.writeNumberField("offset", found.offset());
        }
        json.writeEndObject();
    }

    /** What the parts of an entity are called in the question. */
    private record Parts(
            FeatureQuestion question,
            Attributes context,
            Attributes features,
            FeatureSchema schema) {

        void write(JsonGenerator json, String part) throws IOException {
            FeatureSpec spec = schema.feature(part);
            switch (spec.source()) {
                case USER -> json.writeString(question.user());
                case ITEM -> json.writeString(question.item());
                case CONTEXT -> writeValues(json, context, spec.attribute());
                case FEATURES -> writeValues(json, features, spec.attribute());
                default -> json.writeString("of " + question.time());
            }
        }

        private static void writeValues(JsonGenerator json, Attributes from, String name)
                throws IOException {
            json.writeStartArray();
            for (int i = 0; i < from.size(); i++) {
                if (!from.name(i).equals(name)) {
                    continue;
                }
                if (from.isNumber(i)) {
                    json.writeNumber(from.number(i));
                } else {
                    json.writeString(from.text(i));
                }
            }
            json.writeEndArray();
        }
    }
}
