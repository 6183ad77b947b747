package io.sluice.operators.metrics;

/**
 * Names of the metrics, below {@code <host>.taskmanager.<id>.<job>.<operator>.<subtask>.}.
 *
 * <p>With the Prometheus reporter, {@code examples} becomes {@code
 * flink_taskmanager_job_task_operator_examples}.
 */
public final class MetricNames {

    /** Counter: dead letters; label {@code reason}, see {@link io.sluice.state.event.Reason}. */
    public static final String DEAD_LETTERS = "deadLetters";

    /** The label of {@link #DEAD_LETTERS}. */
    public static final String REASON = "reason";

    /** Counter: feedback that came behind its slot's label; label {@code how}. */
    public static final String ABSORBED = "feedbackAbsorbed";

    /** The label of {@link #ABSORBED}. */
    public static final String HOW = "how";

    /** Counter: positives that the join found. */
    public static final String POSITIVES = "positives";

    /** Counter: negatives that the join found. */
    public static final String NEGATIVES = "negatives";

    /** Gauge: examples learnt. */
    public static final String EXAMPLES = "examples";

    /** Gauge: negatives left out by sampling. */
    public static final String SAMPLED_AWAY = "sampledAway";

    /** Gauge: predictions that wait for their outcome. */
    public static final String HELD_PREDICTIONS = "heldPredictions";

    /** Gauge: events that wait for the watermark. */
    public static final String WAITING = "waitingEvents";

    /** Counter: events that came behind the watermark; they are learnt next. */
    public static final String LATE = "lateEvents";

    /** Gauge: rows of the model. */
    public static final String MODEL_ROWS = "modelRows";

    /** Gauge: bytes held by the learner. */
    public static final String MODEL_BYTES = "modelBytes";

    /** Counter: alarms of drift; label {@code segment}, {@code stream} or the watched feature. */
    public static final String DRIFT_ALARMS = "driftAlarms";

    /** The label of {@link #DRIFT_ALARMS}. */
    public static final String SEGMENT = "segment";

    /** Counter: pages published. */
    public static final String PAGES = "pages";

    /** Counter: publications. */
    public static final String PUBLICATIONS = "publications";

    /** Gauge: milliseconds from the latest learnt event to its publication; -1 before the first. */
    public static final String FRESHNESS = "freshnessMs";

    /** Gauge: milliseconds since the last publication; -1 before the first. */
    public static final String PUBLISH_AGE = "publishAgeMs";

    /** Counter: facts that streaming features are computed from. */
    public static final String FACTS = "facts";

    /** Counter: facts that came behind the watermark; they count from now on. */
    public static final String LATE_FACTS = "lateFacts";

    /** Gauge: messages to entities that wait for the watermark. */
    public static final String WAITING_MESSAGES = "waitingMessages";

    /** Counter: entities that were forgotten. */
    public static final String EXPIRED = "expiredEntities";

    /** Counter: records of entities published, tombstones too. */
    public static final String ENTITY_PAGES = "entityPages";

    /** Counter: requests answered with an order. */
    public static final String ANSWERED = "answered";

    /** Counter: requests answered with what is wrong with them. */
    public static final String REFUSED = "refused";

    /** Counter: requests answered with a fault of ours. */
    public static final String FAILED = "failed";

    /** Counter: answers that are less than usual, by whatever reason. */
    public static final String DEGRADED = "degraded";

    /** Counter: answers that are marked, since there may be another one. */
    public static final String REPLAYED = "replayed";

    /** Counter: requests read again that have their reply. */
    public static final String SKIPPED = "skipped";

    /** Histogram: milliseconds from a request's record to its answer. */
    public static final String RERANK_LATENCY = "rerankLatencyMs";

    /** Gauge: event time that the view reflects; the least number before the first model. */
    public static final String VIEW_EVENT_TIME = "viewEventTime";

    /** Gauge: records of the view's topics not read yet; -1 while that is not known. */
    public static final String VIEW_LAG = "viewLagRecords";

    private MetricNames() {}
}
