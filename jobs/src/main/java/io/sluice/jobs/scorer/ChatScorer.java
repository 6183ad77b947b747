package io.sluice.jobs.scorer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.rank.Candidates;
import io.sluice.state.rank.Deadline;
import io.sluice.state.rank.ScorerConfig;
import io.sluice.state.rank.ScorerFaultException;
import io.sluice.state.rank.ScorerFaultException.Fault;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Scores by a language model behind the OpenAI-compatible chat form ({@code POST
 * …/chat/completions}, one choice, temperature 0): 0 for who is to go, 1 for all others. One
 * question for each exclusion. Thread-safe.
 */
final class ChatScorer extends ConfiguredScorer {

    private static final int LONGEST_EXCERPT = 120;

    private final ObjectMapper mapper = new ObjectMapper();
    private final URI address;
    private final String token;
    private final HttpClient client;

    /** Asks there; an empty token is not sent. */
    ChatScorer(ScorerConfig config, String token) {
        super(config);
        this.token = token;
        String base = config.url().orElseThrow().replaceAll("/+$", "");
        address =
                URI.create(base.endsWith("/chat/completions") ? base : base + "/chat/completions");
        client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofMillis(config.timeoutMs()))
                        .build();
    }

    @Override
    public String name() {
        return "chat";
    }

    @Override
    public void score(
            RerankRequest request,
            Candidates candidates,
            int[] left,
            int count,
            float[] scores,
            Deadline deadline)
            throws ScorerFaultException {
        ChatPrompt prompt = ChatPrompt.of(config(), request, left, count);
        String content = content(ask(prompt, deadline));
        int named = ChatAnswer.index(content, prompt.names());
        if (named < 0) {
            throw new ScorerFaultException(
                    Fault.SCORER_UNREADABLE,
                    "expected the name of one of %d candidates, found '%s'"
                            .formatted(count, excerpt(content)));
        }
        Arrays.fill(scores, 0, count, 1);
        scores[named] = 0;
    }

    private String ask(ChatPrompt prompt, Deadline deadline) throws ScorerFaultException {
        HttpRequest.Builder asked =
                HttpRequest.newBuilder(address)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body(prompt)));
        if (!token.isEmpty()) {
            asked.header("Authorization", "Bearer " + token);
        }
        // Not the request's own timeout, which ends with the first byte of the answer.
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(asked.build(), HttpResponse.BodyHandlers.ofString());
        long most = TimeUnit.MILLISECONDS.toNanos(config().timeoutMs());
        try {
            HttpResponse<String> response =
                    answer.get(deadline.leftNanos(most), TimeUnit.NANOSECONDS);
            if (response.statusCode() != 200) {
                throw new ScorerFaultException(
                        Fault.SCORER_FAILED,
                        "%s answered %d: %s"
                                .formatted(
                                        address, response.statusCode(), excerpt(response.body())));
            }
            return response.body();
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new ScorerFaultException(
                    Fault.SCORER_TIMEOUT, address + " did not answer in time", e);
        } catch (ExecutionException e) {
            throw new ScorerFaultException(
                    Fault.SCORER_FAILED, address + " failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new ScorerFaultException(Fault.SCORER_FAILED, "interrupted", e);
        }
    }

    private String body(ChatPrompt prompt) {
        ObjectNode body = mapper.createObjectNode();
        body.put("model", config().model().orElseThrow());
        body.put("temperature", 0);
        body.put("max_tokens", config().maxTokens());
        ArrayNode messages = body.putArray("messages");
        messages.addObject().put("role", "system").put("content", prompt.system());
        messages.addObject().put("role", "user").put("content", prompt.user());
        return body.toString();
    }

    private String content(String body) throws ScorerFaultException {
        try {
            JsonNode content = mapper.readTree(body).at("/choices/0/message/content");
            if (content.isTextual()) {
                return content.textValue();
            }
        } catch (JsonProcessingException e) {
            throw new ScorerFaultException(
                    Fault.SCORER_UNREADABLE,
                    "expected JSON, found '%s'".formatted(excerpt(body)),
                    e);
        }
        throw new ScorerFaultException(
                Fault.SCORER_UNREADABLE,
                "expected a text at choices[0].message.content, found '%s'"
                        .formatted(excerpt(body)));
    }

    private static String excerpt(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_EXCERPT ? line : line.substring(0, LONGEST_EXCERPT) + "…";
    }
}
