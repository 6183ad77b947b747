package io.sluice.state.rank;

import io.sluice.state.check.Checks;
import java.util.Optional;

/**
 * Who has the last word on the last survivors. The defaults stand, with their reasons, in {@code
 * config/reference.yaml}.
 *
 * @param kind who
 * @param last how many survivors are asked about, 2 to 50
 * @param timeoutMs for all questions of a request together, 1 to 600000
 * @param file of an ONNX model
 * @param url of a chat service, up to {@code /chat/completions}
 * @param model that the chat service is asked for
 * @param tokenFrom environment variable with the chat service's bearer token; empty: none is sent
 * @param title feature of items that the chat service knows them by; empty: their ids
 * @param history name in the context with the user's last items, for the chat service; empty: none
 * @param maxTokens longest answer of the chat service, 1 to 100000
 */
public record ScorerConfig(
        Kind kind,
        int last,
        int timeoutMs,
        Optional<String> file,
        Optional<String> url,
        Optional<String> model,
        Optional<String> tokenFrom,
        Optional<String> title,
        Optional<String> history,
        int maxTokens) {

    /** Who has the last word. */
    public enum Kind {
        /** Nobody else: the eliminator's order stands. */
        NONE,
        /** An ONNX model in this process. */
        ONNX,
        /** A service that speaks the OpenAI-compatible chat form. */
        CHAT
    }

    /** What the reference configuration says. */
    public static final ScorerConfig NONE =
            new ScorerConfig(
                    Kind.NONE,
                    8,
                    2000,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    512);

    public ScorerConfig {
        Checks.notNull("rank.scorer.kind", kind);
        Checks.inRange("rank.scorer.last", last, 2, 50);
        Checks.inRange("rank.scorer.timeoutMs", timeoutMs, 1, 600_000);
        Checks.inRange("rank.scorer.maxTokens", maxTokens, 1, 100_000);
        if (url.isPresent()) {
            Checks.that(
                    url.get().matches("https?://\\S+"),
                    "rank.scorer.url",
                    "an http or https address",
                    url.get());
        }
    }
}
