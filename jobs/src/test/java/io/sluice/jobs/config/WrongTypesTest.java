package io.sluice.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** For every key there is: a value of another type is refused, and the fault names the key. */
class WrongTypesTest {

    static List<String> keys() {
        ObjectNode reference = ConfigPrinter.tree(new ConfigLoader().load());
        List<String> keys = new ArrayList<>();
        for (String path : new ConfigTree(reference).paths()) {
            JsonNode value = reference.at("/" + path.replace('.', '/'));
            String wrong = value.isArray() || value.isObject() ? "5" : "{a: 1}";
            keys.add(path + "=" + wrong);
        }
        return keys;
    }

    @ParameterizedTest
    @MethodSource("keys")
    void nameTheirKey(String setting) {
        ConfigException fault =
                catchThrowableOfType(
                        ConfigException.class, () -> new ConfigLoader().set(setting).load());

        assertThat(fault.problems())
                .singleElement()
                .satisfies(
                        problem -> {
                            assertThat(setting).startsWith(problem.field() + "=");
                            assertThat(problem.place()).isEqualTo("--set");
                        });
    }
}
