package io.sluice.jobs.scorer;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.rank.ScorerConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The question of one exclusion, in IRanker's form: what the user had lately, who is left, and
 * which of them is the least likely to be next.
 *
 * @param system what the model is to do
 * @param user the case
 * @param names of those who are left, in the order of the question, all different
 */
record ChatPrompt(String system, String user, List<String> names) {

    private static final int LONGEST = 200;
    private static final String SYSTEM =
            "You rank items. You are told what a user had lately and which candidates are left. Name"
                    + " the one candidate that the user is least likely to choose next. Think first if"
                    + " you need to; end with its exact name between <answer> and </answer>.";

    /** Asks about those who are left. */
    static ChatPrompt of(ScorerConfig config, RerankRequest request, int[] left, int count) {
        List<String> names = names(config, request, left, count);
        StringBuilder user = new StringBuilder(64 * (count + 1));
        List<String> history =
                config.history().map(name -> texts(request.context(), name)).orElse(List.of());
        if (!history.isEmpty()) {
            user.append("The user had lately, the oldest first:\n");
            list(user, history);
        }
        user.append("Candidates that are left:\n");
        list(user, names);
        user.append("Which of these ")
                .append(count)
                .append(" is the user least likely to choose next?");
        return new ChatPrompt(SYSTEM, user.toString(), names);
    }

    private static void list(StringBuilder out, List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            out.append(i + 1).append(". ").append(lines.get(i)).append('\n');
        }
    }

    private static List<String> names(
            ScorerConfig config, RerankRequest request, int[] left, int count) {
        List<String> names = new ArrayList<>(count);
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < count; i++) {
            String id = oneLine(request.items().get(left[i]).id());
            Attributes features = request.items().get(left[i]).features();
            Optional<String> title =
                    config.title().flatMap(name -> texts(features, name).stream().findFirst());
            String name = title.map(text -> text.equals(id) ? id : text).orElse(id);
            names.add(taken.add(name) ? name : name + " (" + id + ")");
        }
        return names;
    }

    private static List<String> texts(Attributes attributes, String name) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < attributes.size(); i++) {
            if (attributes.name(i).equals(name)) {
                String text =
                        attributes.isNumber(i)
                                ? String.valueOf(attributes.number(i))
                                : attributes.text(i);
                if (!text.isBlank()) {
                    texts.add(oneLine(text));
                }
            }
        }
        return texts;
    }

    /** A name must not be able to write lines of its own into the question. */
    private static String oneLine(String text) {
        String line = text.replaceAll("[\\s\\p{Cntrl}<>]+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST);
    }
}
