package io.sluice.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;

/** What a faulty configuration is told. */
final class Faults {

    private Faults() {}

    static List<ConfigProblem> faultsOf(ConfigLoader loader) {
        ConfigException fault = catchThrowableOfType(ConfigException.class, loader::load);
        assertThat(fault).as("the configuration is refused").isNotNull();
        return fault.problems();
    }

    static List<ConfigProblem> faultsOf(String yaml) {
        return faultsOf(new ConfigLoader(Map.<String, String>of()::get).text(yaml, "test.yaml"));
    }

    static ConfigProblem onlyFaultOf(ConfigLoader loader) {
        assertThat(faultsOf(loader)).hasSize(1);
        return faultsOf(loader).get(0);
    }

    static ConfigProblem onlyFaultOf(String yaml) {
        assertThat(faultsOf(yaml)).hasSize(1);
        return faultsOf(yaml).get(0);
    }

    static ConfigProblem onlyFaultOfSetting(String setting) {
        return onlyFaultOf(new ConfigLoader(Map.<String, String>of()::get).set(setting));
    }
}
