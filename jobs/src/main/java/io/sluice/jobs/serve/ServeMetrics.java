package io.sluice.jobs.serve;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sluice.state.model.Manifest;
import io.sluice.state.store.ServedModel;
import io.sluice.state.store.ViewFigures;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Everything that the server counts and measures, for {@code GET /metrics}. The names and meanings
 * stand in the README of this module. Thread-safe.
 */
final class ServeMetrics implements AutoCloseable {

    private static final Duration SHORTEST = Duration.ofNanos(100_000);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbage = new JvmGcMetrics();
    private final Timer freshness;
    private final Timer publicationDelay;

    ServeMetrics() {
        freshness =
                Timer.builder("sluice.view.freshness")
                        .description("From the last event learnt to its publication being served")
                        .publishPercentileHistogram()
                        .register(registry);
        publicationDelay =
                Timer.builder("sluice.view.publication.delay")
                        .description("From the trainer's publication to its being served")
                        .publishPercentileHistogram()
                        .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        garbage.bindTo(registry);
    }

    /** Adds the figures of a view and of how it follows its topic. */
    void watch(ServedModel model, ModelFollower follower) {
        view(model, "bytes", "Bytes of memory held for rows, about", ViewFigures::bytes);
        view(model, "hot.hit.ratio", "Row look-ups answered from memory", ViewFigures::hitRate);
        view(model, "pages.left.out", "Strays and repetitions", ViewFigures::leftOut);
        view(model, "pages.refused", "Pages that could not be used", ViewFigures::refused);
        manifest(model, "rows", "Rows of the model", Manifest::rows);
        manifest(model, "examples", "Examples learnt", Manifest::examples);
        manifest(model, "event.time.seconds", "Event time reflected", m -> m.eventTime() / 1e3);
        manifest(
                model,
                "age.seconds",
                "Clock minus event time reflected",
                m -> (System.currentTimeMillis() - m.eventTime()) / 1e3);
        Gauge.builder("sluice.view.lag.records", follower, f -> f.status().lagRecords())
                .description("Records of the model topic not read yet")
                .register(registry);
        Gauge.builder("sluice.view.ready", follower, f -> f.readiness().ready() ? 1 : 0)
                .description("1 when /ready says yes")
                .register(registry);
    }

    /** Shows how many wait for an event time. */
    void watch(EventTimeWaits waits) {
        Gauge.builder("sluice.rank.waiting", waits, EventTimeWaits::size)
                .description("Requests that wait for an event time")
                .register(registry);
    }

    private void view(
            ServedModel model, String name, String what, ToDoubleFunction<ViewFigures> figure) {
        Gauge.builder("sluice.view." + name, model, m -> figure.applyAsDouble(m.figures()))
                .description(what)
                .register(registry);
    }

    private void manifest(
            ServedModel model, String name, String what, ToDoubleFunction<Manifest> figure) {
        ToDoubleFunction<ServedModel> orNone =
                m -> m.manifest() == null ? Double.NaN : figure.applyAsDouble(m.manifest());
        Gauge.builder("sluice.view." + name, model, orNone).description(what).register(registry);
    }

    /** A request was answered. */
    void answered(String path, int status, long nanos) {
        Timer.builder("sluice.http.requests")
                .description("Requests by path and status, from arrival to the reply")
                .tags("path", path, "status", Integer.toString(status))
                .publishPercentileHistogram()
                .minimumExpectedValue(SHORTEST)
                .maximumExpectedValue(LONGEST)
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A list was ranked. */
    void ranked(int items, String degraded) {
        registry.counter("sluice.rank.items").increment(items);
        if (degraded != null) {
            registry.counter("sluice.rank.degraded", "reason", degraded).increment();
        }
    }

    /** A publication became visible. */
    void published(Manifest manifest, long nowMs) {
        if (manifest.eventTime() != Long.MIN_VALUE) {
            freshness.record(Math.max(0, nowMs - manifest.eventTime()), TimeUnit.MILLISECONDS);
        }
        long delay = Math.max(0, nowMs - manifest.publishedAt());
        publicationDelay.record(delay, TimeUnit.MILLISECONDS);
    }

    /** A counter of events on their way to Kafka. */
    Counter events(String topic, String outcome) {
        return Counter.builder("sluice.events")
                .description("Events to Kafka by what became of them")
                .tags(Tags.of("topic", topic, "outcome", outcome))
                .register(registry);
    }

    /** Everything in Prometheus' text format. */
    String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        garbage.close();
        registry.close();
    }
}
