package io.sluice.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReferenceConfigTest {
    private static final Pattern KEY = Pattern.compile("( *)[A-Za-z]+:.*");

    @Test
    void holdsExactlyTheKeysOfTheRecords() {
        Problems problems = new Problems();
        JsonNode reference =
                new YamlReader("reference.yaml", problems).read(ConfigLoader.referenceText(), "");

        JsonNode written = ConfigPrinter.tree(new ConfigLoader().load());

        assertThat(problems.all()).isEmpty();
        assertThat(written.toPrettyString()).isEqualTo(reference.toPrettyString());
    }

    @Test
    void explainsEachKeyInTheLineAboveIt() {
        List<String> unexplained = new ArrayList<>();
        String above = "";
        for (String line : ConfigLoader.referenceText().lines().toList()) {
            var key = KEY.matcher(line);
            // The kinds of feedback are examples; the comment above their map explains them.
            if (key.matches() && !line.startsWith("    ")) {
                if (!above.startsWith(key.group(1) + "# ")) {
                    unexplained.add(line);
                }
            }
            above = line;
        }

        assertThat(unexplained).isEmpty();
    }

    @Test
    void givesUnitOrRangeForEachPlainKey() {
        List<String> without = new ArrayList<>();
        List<String> comment = new ArrayList<>();
        for (String line : ConfigLoader.referenceText().lines().toList()) {
            if (line.strip().startsWith("#")) {
                comment.add(line.strip());
                continue;
            }
            boolean section = line.strip().endsWith(":") && !line.strip().equals("features:");
            if (KEY.matcher(line).matches() && !line.startsWith("    ") && !section) {
                if (comment.isEmpty() || !comment.get(0).startsWith("# [")) {
                    without.add(line);
                }
            }
            comment.clear();
        }

        assertThat(without).isEmpty();
    }
}
