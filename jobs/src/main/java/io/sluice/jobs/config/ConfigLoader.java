package io.sluice.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.jobs.files.Resources;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Makes a {@link SluiceConfig} from the reference configuration, files and single settings, the
 * later over the earlier:
 *
 * <pre>
 * SluiceConfig config =
 *         new ConfigLoader().file(path).set("model.dimensions=32").load();
 * </pre>
 *
 * <p>The trees are merged before they are bound, so a key that is absent has the reference's value
 * and never a silent 0. {@link #load} reports all faults at once. Not thread-safe.
 */
public final class ConfigLoader {

    private static final String REFERENCE = "/config/reference.yaml";

    private final List<Layer> layers = new ArrayList<>();
    private final UnaryOperator<String> environment;

    /** Placeholders come from the environment of this process. */
    public ConfigLoader() {
        this(System::getenv);
    }

    /**
     * Placeholders come from elsewhere.
     *
     * @param environment from a variable's name to its value, null when it is not set
     */
    public ConfigLoader(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    /** Lays a file over what there is; it is read by {@link #load}. */
    public ConfigLoader file(Path file) {
        layers.add((tree, problems) -> layFile(file, tree, problems));
        return this;
    }

    /** Lays YAML over what there is; the name stands for it in messages. */
    public ConfigLoader text(String yaml, String name) {
        layers.add((tree, problems) -> layText(yaml, name, tree, problems));
        return this;
    }

    /**
     * Sets one key, {@code key=value}, the value being YAML: {@code serve.port=9000}, {@code
     * features=[{name: user, source: user, type: id}]}.
     */
    public ConfigLoader set(String assignment) {
        return set(assignment, Assignment.SET);
    }

    /** Sets one key that was given with another option than {@code --set}, named in messages. */
    public ConfigLoader set(String assignment, String option) {
        layers.add((tree, problems) -> new Assignment(assignment, option).apply(tree, problems));
        return this;
    }

    /** Sets several keys, in order. */
    public ConfigLoader set(List<String> assignments) {
        assignments.forEach(this::set);
        return this;
    }

    /**
     * Reads, merges and checks.
     *
     * @throws ConfigException with every fault there is
     */
    public SluiceConfig load() {
        Problems problems = new Problems();
        ConfigTree tree = reference();
        Suggestions suggestions = new Suggestions(tree.paths());
        SluiceConfig defaults = bind(tree, suggestions, new Problems(), null);
        layers.forEach(layer -> layer.lay(tree, problems));
        SluiceConfig config = bind(tree, suggestions, problems, defaults);
        CrossChecks.run(config, problems);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems.all());
        }
        return config;
    }

    private SluiceConfig bind(
            ConfigTree tree, Suggestions suggestions, Problems problems, SluiceConfig standIn) {
        JsonNode seed = tree.root().path("seed");
        SluiceConfig config =
                new RecordBinder(new Forms(environment), suggestions, problems, seed.longValue())
                        .bind(SluiceConfig.class, tree.root(), "", standIn);
        if (config == null) {
            throw new IllegalStateException(
                    "the reference configuration is broken: " + problems.all());
        }
        return config;
    }

    /** The text of the reference configuration. */
    public static String referenceText() {
        return Resources.text(REFERENCE);
    }

    private static ConfigTree reference() {
        Problems problems = new Problems();
        JsonNode root = new YamlReader("reference.yaml", problems).read(referenceText(), "");
        if (!problems.isEmpty() || !(root instanceof ObjectNode object)) {
            throw new IllegalStateException(
                    "the reference configuration is broken: " + problems.all());
        }
        return new ConfigTree(object);
    }

    private static void layFile(Path file, ConfigTree tree, Problems problems) {
        String name = file.toString();
        try {
            String text = Files.readString(file);
            layText(text.startsWith("\uFEFF") ? text.substring(1) : text, name, tree, problems);
        } catch (NoSuchFileException e) {
            problems.add(name, "no such file", "a file", "check the path given with --config");
        } catch (CharacterCodingException e) {
            problems.add(name, "other bytes", "text in UTF-8", "save it as UTF-8");
        } catch (IOException e) {
            String fault = Files.isDirectory(file) ? "a directory" : e.getClass().getSimpleName();
            problems.add(name, fault, "a readable file", "");
        }
    }

    private static void layText(String yaml, String name, ConfigTree tree, Problems problems) {
        JsonNode root = new YamlReader(name, problems).read(yaml, "");
        if (root instanceof ObjectNode object) {
            tree.overlay(object);
        } else if (root != null) {
            problems.add(name, Nodes.describe(root), "a map of keys", "for instance 'seed: 1'");
        }
    }

    /** One source of settings. */
    private interface Layer {
        void lay(ConfigTree tree, Problems problems);
    }
}
