package io.sluice.jobs.cli;

import io.sluice.jobs.serve.FeatureLookup;
import io.sluice.jobs.serve.FeatureQuestion;
import io.sluice.state.event.Attributes;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice features explain}: what streaming features say of a user and an item, and why. */
@Command(
        name = "explain",
        description =
                "Shows every streaming feature of a user and an item with the records it was read"
                        + " from, as JSON: from the topics of the configuration, or from a server.")
final class FeaturesExplainCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private ConfigOptions options;

    @Option(
            names = "--user",
            paramLabel = "ID",
            description = "The user's id (default: an anonymous one).")
    private String user = "";

    @Option(names = "--item", paramLabel = "ID", required = true, description = "The item's id.")
    private String item;

    @Option(
            names = "--context",
            paramLabel = "NAME=VALUE",
            description = "What is known of the moment, for instance device=phone; repeatable.")
    private Map<String, String> context = new LinkedHashMap<>();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description =
                    "As of when, epoch milliseconds or like 2026-01-31T12:00:00Z (default: now).")
    private String at;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Ask this server, for instance http://localhost:8080, instead of reading topics.")
    private String url;

    @Override
    public Integer call() throws IOException {
        FeatureQuestion question = question();
        String answer =
                url == null
                        ? FeatureLookup.fromTopics(options.load(), question)
                        : FeatureLookup.fromServer(url, question);
        PrintWriter out = spec.commandLine().getOut();
        out.println(answer);
        out.flush();
        return SluiceCommand.DONE;
    }

    private FeatureQuestion question() {
        Attributes.Builder known = Attributes.builder();
        context.forEach(known::put);
        try {
            long time = at == null ? System.currentTimeMillis() : FeatureQuestion.time(at);
            return new FeatureQuestion(user, item, time, known.build());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
    }
}
