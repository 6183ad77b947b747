package io.sluice.jobs.replay.infer;

import io.sluice.jobs.replay.dataset.ColumnProfile;
import io.sluice.jobs.replay.dataset.DataProfile;
import io.sluice.jobs.replay.dataset.ExampleKind;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import io.sluice.state.feature.StreamingFeature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The features that a data set suggests: user, item, and every column that can be learnt from.
 *
 * <p>Columns of users and of the events themselves are context, columns of items and values of
 * slots are features of the item. Where a name stands in two places of one kind, the event's own
 * value is the one that counts, as in the reader. Neither the position in a list nor the time of
 * day are declared: whether they help is for a person to decide.
 *
 * @param examples which file they are for
 * @param features the schema
 * @param verdicts on every column, used or left out
 */
public record InferredConfig(
        ExampleKind examples, FeatureSchema features, List<ColumnVerdict> verdicts) {

    public InferredConfig {
        verdicts = List.copyOf(verdicts);
    }

    /** Judges every column of a data set. */
    public static InferredConfig of(DataProfile data) {
        Map<String, ColumnProfile> context = new LinkedHashMap<>(data.users().columns());
        context.putAll(data.ofExamples().context());
        Map<String, ColumnProfile> features = new LinkedHashMap<>(data.items().columns());
        features.putAll(data.ofExamples().features());

        List<FeatureSpec> specs = new ArrayList<>();
        specs.add(FeatureSpec.of("user", Source.USER, "", Kind.ID));
        specs.add(FeatureSpec.of("item", Source.ITEM, "", Kind.ID));
        Set<String> names = new HashSet<>(Set.of("user", "item"));
        List<ColumnVerdict> verdicts = new ArrayList<>();
        judge(Source.CONTEXT, context, names, verdicts);
        judge(Source.FEATURES, features, names, verdicts);
        for (ColumnVerdict verdict : verdicts) {
            if (!verdict.isLeftOut()) {
                specs.add(verdict.feature());
            }
        }
        List<StreamingFeature> streaming =
                InferredStreaming.of(
                        specs,
                        data.hasBehaviour(),
                        data.examples() == ExampleKind.INTERACTIONS,
                        data.hasSequences(),
                        data.hasNamelessSequences());
        return new InferredConfig(data.examples(), new FeatureSchema(specs, streaming), verdicts);
    }

    private static void judge(
            Source source,
            Map<String, ColumnProfile> columns,
            Set<String> names,
            List<ColumnVerdict> verdicts) {
        columns.forEach(
                (attribute, profile) -> {
                    String prefix = source == Source.CONTEXT ? "context." : "features.";
                    String name = names.contains(attribute) ? prefix + attribute : attribute;
                    ColumnVerdict verdict = ColumnJudge.judge(source, attribute, name, profile);
                    if (!verdict.isLeftOut()) {
                        names.add(name);
                    }
                    verdicts.add(verdict);
                });
    }

    /** Names that stand both among the users' columns and in the events; the event's counts. */
    public static List<String> clashes(DataProfile data) {
        List<String> clashes = new ArrayList<>();
        data.users().columns().keySet().stream()
                .filter(data.ofExamples().context()::containsKey)
                .map(name -> "context." + name)
                .forEach(clashes::add);
        data.items().columns().keySet().stream()
                .filter(data.ofExamples().features()::containsKey)
                .map(name -> "features." + name)
                .forEach(clashes::add);
        return clashes;
    }

    /** As a configuration file, with the reasons for what is left out as comments. */
    public String yaml() {
        return ConfigYaml.write(this);
    }
}
