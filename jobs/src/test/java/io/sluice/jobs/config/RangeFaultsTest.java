package io.sluice.jobs.config;

import static io.sluice.jobs.config.Faults.onlyFaultOf;
import static io.sluice.jobs.config.Faults.onlyFaultOfSetting;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of the right type that are out of range, or do not go together. */
class RangeFaultsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "serve.port=70000            | within [0, 65535]",
                "model.learningRate=0        | within (0, 10]",
                "model.decay=.nan            | within (0, 1]",
                "model.memory=63KiB          | within 64KiB and 256GiB",
                "model.memory=300GiB         | within 64KiB and 256GiB",
                "model.memory=64             | a size as 64MiB, or none",
                "model.memory=64MB           | a size as 64MiB, or none",
                "model.store.expireEvents=9  | 0 or at least model.store.sweepEvents (2000)",
                "model.store.moveFloor=0.9   | at most model.store.moveShare (0.0)",
                "model.table=lru             | own or hashing or lfu or frequency or quotient or cafe or ftrl",
                "model.baseline.admitAfter=0 | within [1, 255]",
                "model.baseline.hotShare=1   | within [0.1, 0.95]",
                "model.sparsity.method=lth   | none or static or set or rigl or sparcl or dsl",
                "model.sparsity.floor=0.6    | at most model.sparsity.share (0.5)",
                "model.sparsity.batchEvents=9999    | within [1, 2000]",
                "model.tower.width=40        | a multiple of 16",
                "model.focus.gradientShare=0 | within (0, 1]",
                "model.focus.gradientVariance=0.3 | within [0, 0.25]",
                "model.initialScale=.inf     | within [0, 10]",
                "name=\"my pipeline\"        | 1 to 100 letters, digits, '.', '_' or '-'",
                "topics.model=\"a/b\"        | a topic name",
                "kafka.bootstrap=localhost   | host:port",
                "examples.delayMs=-1         | within [0, 2592000000]",
                "examples.positiveDelayMs=1  | 0 where examples.delayMs is 0",
                "feedback.whileOpen=later    | as-known or wait or retract or weigh",
                "feedback.patience=1.5       | within [0, 1]",
                "model.freezeAfter=-1        | zero or more",
                "memory.lsh.bits=15          | within [2, 14]",
                "memory.lsh.checkEvents=31   | within [32, 10000000]",
                "memory.lsh.agreement=1.5    | within (0, 1]",
                "drift.detector=cusum        | none or adwin or page-hinkley",
                "drift.segment=colour        | one of the first 255 declared features, or none",
                "drift.segments=3            | a power of two",
                "drift.hastenFactor=0        | within [1, 1000]",
                "drift.adwin.confidence=0    | within (0, 0.5]",
                "drift.pageHinkley.warmUp=0  | within [1, 1000000]",
                "limits.recordBytes=-1       | within [1024, 104857600]",
                "serve.host=\" \"            | a non-blank text",
                "train.checkpointDir=\" \"   | a non-blank text",
                "feedback.kinds.click.label=2       | within [0, 1]",
                "feedback.kinds.click.windowMs=5    | within [1000, 2592000000]",
            })
    void saysWhichRangeAValueIsOutOf(String setting, String expected) {
        ConfigProblem fault = onlyFaultOfSetting(setting);

        assertThat(fault.field()).isEqualTo(setting.substring(0, setting.indexOf('=')));
        assertThat(fault.expected()).startsWith(expected);
    }

    @Test
    void detectorsAndMemoriesHaveToFitIntoALimit() {
        ConfigProblem drift =
                onlyFaultOf("model: {memory: 64KiB}\ndrift: {detector: adwin, segment: item}");
        ConfigProblem memory = onlyFaultOf("model: {memory: 1MiB}\nmemory: {mode: reloop2}");
        ConfigProblem cells =
                onlyFaultOf("model: {memory: 1MiB}\nmemory: {mode: residual, cells: 16384}");
        assertThat(drift.field()).isEqualTo("drift.segments");
        assertThat(drift.expected()).isEqualTo("at most a quarter of model.memory (65536 bytes)");
        assertThat(memory.field()).isEqualTo("memory.reloop2.bits");
        assertThat(memory.expected()).isEqualTo("at most half of model.memory (1048576 bytes)");
        assertThat(cells.field()).isEqualTo("memory.cells");
        assertThat(cells.expected()).isEqualTo("at most half of model.memory (1048576 bytes)");
    }

    @Test
    void masksDoNotGoWithALimitAndATowerHasToFitIntoIt() {
        ConfigProblem masks = onlyFaultOf("model: {memory: 1MiB, sparsity: {method: set}}");
        ConfigProblem tower = onlyFaultOf("model: {memory: 64KiB, tower: {width: 64}}");

        assertThat(masks.field()).isEqualTo("model.sparsity.density");
        assertThat(masks.expected()).isEqualTo("1 where model.memory is a limit");
        assertThat(tower.field()).isEqualTo("model.memory");
        assertThat(tower.expected()).startsWith("64KiB for rows, ");
    }

    @Test
    void sharesOfDimensionsAreThoseOfWholeGradients() {
        ConfigProblem masks = onlyFaultOf("model: {evenDimensions: true, sparsity: {method: set}}");
        ConfigProblem parts =
                onlyFaultOf("model: {evenDimensions: true, focus: {gradientShare: 0.5}}");

        assertThat(masks.field()).isEqualTo("model.evenDimensions");
        assertThat(parts.field()).isEqualTo("model.evenDimensions");
        assertThat(parts.expected()).startsWith("false beside masks and where ");
    }

    @Test
    void whatStandsBesideRowsLeavesThemTheLeast() {
        ConfigProblem memory =
                onlyFaultOf("model: {memory: 64KiB}\nmemory: {mode: residual, cells: 64}");
        ConfigProblem detector =
                onlyFaultOf("model: {memory: 64KiB}\ndrift: {detector: page-hinkley}");

        assertThat(memory.field()).isEqualTo("model.memory");
        assertThat(memory.found()).isEqualTo("65536 bytes");
        assertThat(memory.expected())
                .matches(
                        "64KiB for rows, 0 bytes .* [1-9]\\d* for the memory .* 0 for detectors.*");
        assertThat(detector.expected()).matches("64KiB for rows, .* [1-9]\\d* for detectors.*");
    }

    @ParameterizedTest
    @CsvSource({"wait, train.order=arrival", "weigh, model.negativeKeepRate=0.5"})
    void whatIsLearntWhileAWindowIsOpenGoesWithTheRest(String rule, String other) {
        ConfigLoader loader = new ConfigLoader().set("feedback.whileOpen=" + rule).set(other);
        ConfigProblem fault = onlyFaultOf(loader);

        assertThat(fault.field()).isEqualTo("feedback.whileOpen");
        assertThat(fault.found()).isEqualTo(rule);
    }
}
