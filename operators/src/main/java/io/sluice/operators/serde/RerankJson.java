package io.sluice.operators.serde;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Candidate;
import io.sluice.state.event.Fall;
import io.sluice.state.event.RankedItem;
import io.sluice.state.event.Reason;
import io.sluice.state.event.RerankReply;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.memory.ExplainedVoice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Rerank requests and replies as JSON, by the same rules as events.
 *
 * <p>A request without an id gets one from a supplier, one without a timestamp the time of its
 * arrival: whoever asks over HTTP may not care for either. A list of ids names each once; ids that
 * are not among the items are the ranker's to pass over. Pure but for the supplier, O(bytes).
 */
public final class RerankJson {

    /** An hour; whoever waits longer has no deadline. */
    private static final int MAX_DEADLINE_MS = 3_600_000;

    private RerankJson() {}

    /**
     * Reads a request.
     *
     * @param value its bytes
     * @param limits what is too large or too far off; {@code slateItems} counts candidates
     * @param now the time, epoch milliseconds
     * @param newId gives an id to a request without one
     * @throws BadInputException when it can't be answered
     */
    public static RerankRequest parse(byte[] value, Limits limits, long now, Supplier<String> newId)
            throws BadInputException {
        TimeRule times = new TimeRule(limits, now, now);
        return JsonInput.read(value, limits, in -> read(in, times, newId));
    }

    private static RerankRequest read(JsonInput in, TimeRule times, Supplier<String> newId)
            throws IOException, BadInputException {
        String request = null;
        long timestamp = TimeRule.REQUIRED;
        String user = null;
        Attributes context = Attributes.EMPTY;
        List<Candidate> items = null;
        int k = 0;
        boolean explain = false;
        List<String> pinned = List.of();
        List<String> exclude = List.of();
        int deadlineMs = 0;
        long waitForEventTime = 0;
        RulesReader rules = new RulesReader();
        while (in.nextField()) {
            switch (in.name()) {
                case "request" -> request = in.id("request");
                case "timestamp" -> timestamp = times.read(in);
                case "user" -> user = in.id("user");
                case "context" -> context = AttributesReader.readOwn(in, "context");
                case "items" -> items = ItemsReader.read(in, RerankJson::candidate, Candidate::id);
                case "k" -> k = integer(in, "k", Integer.MAX_VALUE);
                case "explain" -> explain = in.flag("explain");
                case "pinned" -> pinned = ids(in, "pinned");
                case "exclude" -> exclude = ids(in, "exclude");
                case "deadlineMs" -> deadlineMs = integer(in, "deadlineMs", MAX_DEADLINE_MS);
                case "waitForEventTime" -> waitForEventTime = eventTime(in);
                default -> {
                    if (!rules.read(in)) {
                        in.skipUnknown();
                    }
                }
            }
        }
        in.required("items", items, "a list of items");
        return new RerankRequest(
                request == null ? newId.get() : request,
                times.orAbsent(in, timestamp),
                Objects.requireNonNullElse(user, ""),
                context,
                items,
                k,
                explain,
                pinned,
                exclude,
                deadlineMs,
                waitForEventTime,
                rules.rules());
    }

    private static long eventTime(JsonInput in) throws IOException, BadInputException {
        return in.isNull() ? 0 : in.integer("waitForEventTime", 0, Limits.LATEST);
    }

    private static Candidate candidate(JsonInput in, int index)
            throws IOException, BadInputException {
        String id = null;
        Attributes features = Attributes.EMPTY;
        while (in.nextField()) {
            switch (in.name()) {
                case "id" -> id = in.id("id");
                case "features" -> features = AttributesReader.readOwn(in, "features");
                default -> in.skipUnknown();
            }
        }
        return new Candidate(in.required("items[].id", id, "a text"), features);
    }

    private static int integer(JsonInput in, String field, int max)
            throws IOException, BadInputException {
        return in.isNull() ? 0 : (int) in.integer(field, 0, max);
    }

    static List<String> ids(JsonInput in, String field) throws IOException, BadInputException {
        List<String> ids = new ArrayList<>();
        if (!in.enterList(field)) {
            return ids;
        }
        String element = field + "[]";
        NameSet names = new NameSet();
        while (in.nextElement()) {
            in.at(ids.size());
            String id = in.required(element, in.id(element), "a text");
            if (ids.size() == in.limits().slateItems()) {
                throw in.fault(
                        Reason.SLATE_TOO_LARGE,
                        field,
                        "more than " + ids.size(),
                        "at most " + ids.size() + " (limits.slateItems)");
            }
            if (!names.add(id)) {
                throw in.fault(
                        Reason.DUPLICATE_ITEM,
                        element,
                        "the text " + Excerpt.quoted(id) + " again",
                        "each item once");
            }
            ids.add(id);
        }
        return ids;
    }

    /** Says of an item what memory did to its score; an empty list where it did nothing. */
    public interface Explanation {
        /** The model's own probability of an item. */
        double base(String item);

        /** What each voice of memory did to it. */
        List<ExplainedVoice> voices(String item);
    }

    /** Says nothing of any item. */
    public static final Explanation NO_EXPLANATION =
            new Explanation() {
                @Override
                public double base(String item) {
                    return Double.NaN;
                }

                @Override
                public List<ExplainedVoice> voices(String item) {
                    return List.of();
                }
            };

    /** Writes a reply. */
    public static byte[] write(RerankReply reply) {
        return write(reply, NO_EXPLANATION, false);
    }

    /**
     * Writes a reply with what memory did to each score.
     *
     * @param replayed whether it may be the second one to its request, which is then said
     */
    public static byte[] write(RerankReply reply, Explanation explanation, boolean replayed) {
        return JsonOutput.object(
                (out, json) -> {
                    json.writeStringField("request", reply.request());
                    json.writeObjectFieldStart("model");
                    json.writeStringField("version", reply.modelVersion());
                    json.writeNumberField("eventTime", reply.eventTime());
                    json.writeEndObject();
                    json.writeArrayFieldStart("items");
                    for (RankedItem item : reply.items()) {
                        json.writeStartObject();
                        json.writeStringField("id", item.id());
                        json.writeNumberField("rank", item.rank());
                        out.numberOrNull("score", item.score());
                        out.numberOrNull("propensity", item.propensity());
                        List<ExplainedVoice> voices = explanation.voices(item.id());
                        if (!voices.isEmpty()) {
                            explain(explanation.base(item.id()), voices, out, json);
                        }
                        if (item.fall() != null) {
                            writeReason(item, out, json);
                        }
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    json.writeStringField("degraded", reply.degraded());
                    if (replayed) {
                        json.writeBooleanField("replayed", true);
                    }
                    if (!reply.policy().isEmpty()) {
                        json.writeStringField("policy", reply.policy());
                    }
                    if (!reply.unsatisfied().isEmpty()) {
                        json.writeArrayFieldStart("unsatisfied");
                        for (String rule : reply.unsatisfied()) {
                            json.writeString(rule);
                        }
                        json.writeEndArray();
                    }
                });
    }

    private static void explain(
            double base, List<ExplainedVoice> voices, JsonOutput out, JsonGenerator json)
            throws IOException {
        json.writeObjectFieldStart("memory");
        out.numberOrNull("base", base);
        json.writeArrayFieldStart("voices");
        for (ExplainedVoice voice : voices) {
            json.writeStartObject();
            json.writeStringField("key", voice.name());
            out.numberOrNull("says", voice.says());
            out.numberOrNull("counts", voice.counts());
            out.numberOrNull("evidence", voice.evidence());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeReason(RankedItem item, JsonOutput out, JsonGenerator json)
            throws IOException {
        Fall fall = item.fall();
        if (item.eliminatedAtRound() > 0) {
            json.writeNumberField("eliminatedAtRound", item.eliminatedAtRound());
        }
        json.writeStringField("reason", fall.reason());
        json.writeObjectFieldStart("fall");
        json.writeNumberField("poolSize", fall.poolSize());
        if (!fall.against().isEmpty()) {
            json.writeStringField("against", fall.against());
            out.numberOrNull("margin", fall.margin());
        }
        out.numberOrNull("base", fall.base());
        out.numberOrNull("relevance", fall.relevance());
        out.numberOrNull("crowding", fall.crowding());
        out.numberOrNull("group", fall.group());
        out.numberOrNull("exploration", fall.exploration());
        json.writeEndObject();
    }

    /** Writes what is wrong with a request that came with a connection to answer on. */
    public static byte[] write(BadInputException fault) {
        return JsonOutput.object((out, json) -> writeFault(fault, json));
    }

    /**
     * Writes what is wrong with a request of this id.
     *
     * @param replayed whether it may be the second reply to it
     */
    public static byte[] write(String request, BadInputException fault, boolean replayed) {
        return JsonOutput.object(
                (out, json) -> {
                    json.writeStringField("request", request);
                    writeFault(fault, json);
                    if (replayed) {
                        json.writeBooleanField("replayed", true);
                    }
                });
    }

    /** Writes why a request that is right got no answer. */
    public static byte[] writeFailure(String request, String message, boolean replayed) {
        return JsonOutput.object(
                (out, json) -> {
                    json.writeStringField("request", request);
                    json.writeObjectFieldStart("error");
                    json.writeStringField("message", message);
                    json.writeEndObject();
                    if (replayed) {
                        json.writeBooleanField("replayed", true);
                    }
                });
    }

    private static void writeFault(BadInputException fault, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("error");
        json.writeStringField("field", fault.field());
        json.writeStringField("found", fault.found());
        json.writeStringField("expected", fault.expected());
        json.writeStringField("message", fault.getMessage());
        json.writeEndObject();
    }
}
