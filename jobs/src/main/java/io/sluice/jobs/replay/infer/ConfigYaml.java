package io.sluice.jobs.replay.infer;

import io.sluice.jobs.config.ConfigPrinter;
import io.sluice.jobs.replay.dataset.ExampleKind;
import io.sluice.state.feature.Bucketing;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import io.sluice.state.feature.StreamingFeature;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes an inferred configuration as a person would, with the reasons beside the features. */
final class ConfigYaml {

    private ConfigYaml() {}

    static String write(InferredConfig config) {
        StringBuilder out = new StringBuilder();
        out.append("# Inferred from the columns of a data set: a start, to be looked over.\n");
        out.append("# Keys that are not here have their defaults; see config/reference.yaml.\n\n");
        boolean slates = config.examples() == ExampleKind.SLATES;
        out.append("examples:\n  source: ").append(slates ? "impressions" : "interactions");
        out.append("\n\nfeatures:\n");
        for (FeatureSpec feature : config.features().features()) {
            out.append("  - ").append(entry(feature)).append('\n');
        }
        out.append(
                "\n# What the stream itself says of them; jobs/README.md has the kinds.\nstreaming:\n");
        for (StreamingFeature feature : config.features().streaming()) {
            out.append("  - ").append(ConfigPrinter.flow(feature)).append('\n');
        }
        if (config.verdicts().stream().anyMatch(ColumnVerdict::isLeftOut)) {
            out.append("\n# Left out:\n");
        }
        for (ColumnVerdict verdict : config.verdicts()) {
            if (verdict.isLeftOut()) {
                out.append("#   ").append(oneLine(verdict.column())).append(' ');
                out.append(verdict.reason()).append('\n');
            }
        }
        if (slates) {
            out.append(FEEDBACK);
        }
        return out.toString();
    }

    private static final String FEEDBACK =
            """

            # A slate comes with its outcome: taken, or seen and left.
            feedback:
              kinds:
                click: {label: 1, windowMs: 600000}
                skip: {label: 0, windowMs: 600000}
            """;

    private static String entry(FeatureSpec feature) {
        StringBuilder out = new StringBuilder("{name: ").append(quoted(feature.name()));
        out.append(", source: ").append(source(feature));
        out.append(", type: ").append(feature.kind().name().toLowerCase(Locale.ROOT));
        if (feature.kind() == Kind.CATEGORIES && !feature.separator().isEmpty()) {
            out.append(", separator: ").append(quoted(feature.separator()));
        }
        if (feature.bucketing() != null) {
            out.append(", bucket: ").append(bucket(feature.bucketing()));
        }
        return out.append('}').toString();
    }

    private static String source(FeatureSpec feature) {
        String word = feature.source().name().toLowerCase(Locale.ROOT);
        boolean named = feature.source() == Source.CONTEXT || feature.source() == Source.FEATURES;
        return named ? quoted(word + "." + feature.attribute()) : word;
    }

    private static String bucket(Bucketing bucketing) {
        if (bucketing instanceof Bucketing.Log log) {
            return "{log: " + plain(log.steps()) + "}";
        }
        if (bucketing instanceof Bucketing.Width width) {
            return "{width: " + plain(width.width()) + "}";
        }
        Bucketing.Edges edges = (Bucketing.Edges) bucketing;
        return Arrays.stream(edges.edges())
                .mapToObj(ConfigYaml::plain)
                .collect(Collectors.joining(", ", "{edges: [", "]}"));
    }

    private static String plain(double number) {
        boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
        return whole ? Long.toString((long) number) : Double.toString(number);
    }

    /** Plain where YAML can't misread it, in double quotes elsewhere. */
    private static String quoted(String text) {
        // Words like "yes" or "null" and numbers would be read as something else than a text.
        boolean plain = text.matches("[a-z][A-Za-z0-9_.]*") && !text.matches(MISREAD);
        if (plain) {
            return text;
        }
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each == '"' || each == '\\') {
                out.append('\\').append(each);
            } else if (each < ' ' || each == 0x7f || (each >= 0x80 && each < 0xa0)) {
                out.append("\\x%02x".formatted((int) each));
            } else {
                out.append(each);
            }
        }
        return out.append('"').toString();
    }

    private static final String MISREAD = "null|true|false|yes|no|on|off|y|n";

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
