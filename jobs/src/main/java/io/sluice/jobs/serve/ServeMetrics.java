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
import io.sluice.jobs.view.Followers;
import io.sluice.jobs.view.TopicFollower;
import io.sluice.jobs.view.ViewListener;
import io.sluice.operators.rerank.EventTimeWaits;
import io.sluice.state.model.Manifest;
import io.sluice.state.store.ServedModel;
import io.sluice.state.store.ServedTable;
import io.sluice.state.store.TableFigures;
import io.sluice.state.store.ViewFigures;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Everything that the server counts and measures, for {@code GET /metrics}. The names and meanings
 * stand in the README of this module. Thread-safe.
 */
final class ServeMetrics implements ViewListener, AutoCloseable {

    private static final Duration SHORTEST = Duration.ofNanos(100_000);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbage = new JvmGcMetrics();
    private final Timer publicationDelay;
    private final Counter rankedItems;
    private final Map<String, Timer> answers = new ConcurrentHashMap<>();

    ServeMetrics() {
        publicationDelay =
                Timer.builder("sluice.view.publication.delay")
                        .description("From the trainer's publication to its being served")
                        .publishPercentileHistogram()
                        .register(registry);
        rankedItems = registry.counter("sluice.rank.items");
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        garbage.bindTo(registry);
    }

    /** Adds the figures of the model, of the tables beside it, and of the topics. */
    void watch(ServedModel model, Map<String, ServedTable> tables, Followers followers) {
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
        tables.forEach(this::watch);
        followers.all().forEach(this::watch);
        Gauge.builder("sluice.view.ready", followers, f -> f.readiness().ready() ? 1 : 0)
                .description("1 when /ready says yes")
                .register(registry);
    }

    /** Shows how many wait for an event time. */
    void watch(EventTimeWaits waits) {
        Gauge.builder("sluice.rank.waiting", waits, EventTimeWaits::size)
                .description("Requests that wait for an event time")
                .register(registry);
    }

    private void watch(TopicFollower follower) {
        Gauge.builder("sluice.view.lag.records", follower, f -> f.status().lagRecords())
                .description("Records of a topic not read yet")
                .tag("topic", follower.name())
                .register(registry);
        Gauge.builder("sluice.view.lag.seconds", follower, f -> f.readiness().lagMs() / 1e3)
                .description("Age of the last moment of which all records of a topic were read")
                .tag("topic", follower.name())
                .register(registry);
    }

    private void watch(String topic, ServedTable table) {
        table(topic, table, "records", "Records held, about", TableFigures::records);
        table(topic, table, "bytes", "Bytes of memory held, about", TableFigures::bytes);
        table(topic, table, "hot.hit.ratio", "Found in memory", TableFigures::hitRate);
        table(topic, table, "left.out", "Of another schema or outdated", TableFigures::leftOut);
        table(topic, table, "refused", "Could not be used", TableFigures::refused);
    }

    private void table(
            String topic,
            ServedTable table,
            String name,
            String what,
            ToDoubleFunction<TableFigures> figure) {
        Gauge.builder("sluice.table." + name, table, t -> figure.applyAsDouble(t.figures()))
                .description(what)
                .tag("topic", topic)
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
        answers.computeIfAbsent(path + ' ' + status, key -> answers(path, status))
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer answers(String path, int status) {
        return Timer.builder("sluice.http.requests")
                .description("Requests by path and status, from arrival to the reply")
                .tags("path", path, "status", Integer.toString(status))
                .publishPercentileHistogram()
                .minimumExpectedValue(SHORTEST)
                .maximumExpectedValue(LONGEST)
                .register(registry);
    }

    /** A list was ranked. */
    void ranked(int items, String degraded) {
        rankedItems.increment(items);
        if (degraded != null) {
            registry.counter("sluice.rank.degraded", "reason", degraded).increment();
        }
    }

    @Override
    public void published(Manifest manifest, long nowMs) {
        if (manifest.eventTime() != Long.MIN_VALUE) {
            fresh("model", nowMs - manifest.eventTime());
        }
        long delay = Math.max(0, nowMs - manifest.publishedAt());
        publicationDelay.record(delay, TimeUnit.MILLISECONDS);
    }

    @Override
    public void refused(String topic) {
        events(topic, "refused").increment();
    }

    @Override
    public void fresh(String topic, long ageMs) {
        Timer.builder("sluice.view.freshness")
                .description("From the newest event in an update of a topic to its being served")
                .tag("topic", topic)
                .publishPercentileHistogram()
                .register(registry)
                .record(Math.max(0, ageMs), TimeUnit.MILLISECONDS);
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
