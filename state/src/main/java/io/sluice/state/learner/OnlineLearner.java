package io.sluice.state.learner;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.drift.DriftAlarm;
import io.sluice.state.drift.DriftConfig;
import io.sluice.state.drift.DriftMonitor;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.NumberScaling;
import io.sluice.state.kernel.Activations;
import io.sluice.state.kernel.Hashing;
import io.sluice.state.memory.ErrorMemory;
import io.sluice.state.memory.Memories;
import io.sluice.state.memory.MemoryConfig;
import io.sluice.state.memory.MemoryReading;
import io.sluice.state.model.ModelConfig;
import io.sluice.state.model.NumberCurves;
import io.sluice.state.model.OnlineModel;
import io.sluice.state.rank.Elimination;
import io.sluice.state.rank.LabelledSlate;
import io.sluice.state.rank.RankerLearner;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * The learner: a deterministic function of its state and the next event.
 *
 * <p>{@link #expose} predicts what was shown and holds the predictions. {@link #observe} judges the
 * prediction made when the item was shown, then learns. The judged prediction never comes from a
 * model that has seen the label.
 *
 * <p>Negatives can be thinned out, see {@link NegativeSampling}.
 *
 * <p>{@link #assume} learns what was shown as a negative before its label is known. The label that
 * follows is judged like any other; if it is 1, what was learnt is corrected ({@link Correction}).
 *
 * <p>A memory of errors, where there is one, is read with each prediction and written with each
 * label, against the prediction that was shown.
 *
 * <p>A rise of the model's surprise is noticed where there is a detector, see {@link #watchDrift}.
 *
 * <p>{@link #show} holds a whole slate as it was scored when it was shown; once the last of its
 * labels has come, the ranker learns it.
 *
 * <p>State: seed, counters, event time, model, curves and scale of the numbers, held predictions,
 * assumptions, memory, detectors of drift, ranker, held slates. Not thread-safe.
 */
public final class OnlineLearner {

    private final FeatureSchema schema;
    private final long seed;
    private final NegativeSampling sampling;
    private final NumberedModel model;
    private final MemoryConfig memoryConfig;
    private final JudgedPredictions predictions;
    private final Teacher teacher;
    private final DriftWatch drift;
    private final RankerLearner ranker;
    private final HeldSlates slates = new HeldSlates();
    private Consumer<LabelledSlate> slateWitness = slate -> {};

    // -- scratch
    private final MemoryReading reading = new MemoryReading();

    private long examples;
    private long sampledAway;
    private long eventTime = Long.MIN_VALUE;

    /** A learner without a memory of errors that has seen nothing, whose ranker is as usual. */
    public OnlineLearner(ModelConfig config, FeatureSchema schema) {
        this(config, MemoryConfig.NONE, schema);
    }

    /** A learner without detector of drift that has seen nothing, whose ranker is as usual. */
    public OnlineLearner(ModelConfig config, MemoryConfig ofMemory, FeatureSchema schema) {
        this(config, ofMemory, DriftConfig.NONE, schema, Elimination.DEFAULT);
    }

    /**
     * A learner that has seen nothing.
     *
     * @param config of the model; its budget, where there is one, is that of model, memory and
     *     detectors
     * @param ofMemory of the memory of errors
     * @param ofDrift of the detectors of drift
     * @param ranking how the ranker's rounds go
     */
    public OnlineLearner(
            ModelConfig config,
            MemoryConfig ofMemory,
            DriftConfig ofDrift,
            FeatureSchema schema,
            Elimination ranking) {
        this.schema = schema;
        seed = config.seed();
        sampling = new NegativeSampling(seed, config.negativeKeepRate());
        memoryConfig =
                Memories.sized(ofMemory, config.memory().bytes(), schema, config.dimensions());
        ErrorMemory memory = Memories.of(memoryConfig, schema, config.dimensions());
        long besides = (memory == null ? 0 : memory.bytes()) + DriftMonitor.bytes(ofDrift);
        model = new NumberedModel(config.beside(besides), schema);
        drift = new DriftWatch(ofDrift, schema, model.model(), memory);
        predictions = new JudgedPredictions(seed, model, memory);
        teacher = new Teacher(model, predictions, sampling);
        ranker = new RankerLearner(ranking, config.dimensions(), seed);
    }

    /** Predicts what was shown and holds the predictions until {@link #observe}. */
    public void expose(Exposure exposure) {
        long request = Hashing.text(seed, exposure.request());
        for (Exposure.Slot slot : exposure.slots()) {
            predict(slot.features(), exposure.time(), reading);
            predictions.hold(request, slot.item(), reading);
        }
        advance(exposure.time());
    }

    /** Holds what the model says of a slate until all of its labels are known. */
    public void show(SlateShown shown) {
        slates.put(
                slateKey(shown.request()),
                shown,
                model.model().dimensions(),
                (slot, vectors, at) -> score(slot, shown.time(), vectors, at));
        advance(shown.time());
    }

    /** The log-odds, by memory too where there is one. */
    private double score(SlateShown.Slot slot, long time, float[] vectors, int at) {
        FeatureVector x = slot.features();
        double logit = model.logit(x, vectors, at);
        if (predictions.memory() == null) {
            return logit;
        }
        predictions.read(x, time, logit, reading);
        return Activations.logit(reading.probability());
    }

    private long slateKey(String request) {
        return Hashing.text(seed, request);
    }

    /**
     * Judges and learns one example.
     *
     * @return the judged prediction; null for a negative that was sampled away
     */
    public Scored observe(Example example) {
        advance(example.time());
        // Taken out in any case: a prediction must not outlive its outcome.
        boolean shown = predictions.readShown(example, reading);
        rank(example);
        if (!teacher.learn(example, reading, shown, examples)) {
            sampledAway++;
            return null;
        }
        return judged(example);
    }

    private Scored judged(Example example) {
        Scored scored =
                new Scored(
                        examples++,
                        example.time(),
                        example.request(),
                        example.item(),
                        (float) reading.probability(),
                        (float) reading.base(),
                        example.label(),
                        sampling.weight(example));
        drift.see(example, scored);
        return scored;
    }

    /** Learns a shown item as a negative until its label is known. */
    public void assume(Assumption assumption) {
        advance(assumption.time());
        teacher.assume(assumption, examples);
    }

    private void rank(Example example) {
        if (slates.size() > 0) {
            LabelledSlate whole =
                    slates.label(slateKey(example.request()), example.item(), example.label());
            if (whole != null) {
                slateWitness.accept(whole);
                ranker.observe(whole);
            }
        }
    }

    private void advance(long time) {
        eventTime = Math.max(eventTime, time);
    }

    /** Probability of label 1 by the model as it is, without memory. */
    public double predict(FeatureVector features) {
        return Activations.sigmoid(model.logit(features));
    }

    /**
     * Probability of label 1 by model and memory as they are.
     *
     * @param time of the prediction, epoch milliseconds
     * @param out takes it, and what memory said
     */
    public void predict(FeatureVector features, long time, MemoryReading out) {
        predictions.read(features, time, model.logit(features), out);
    }

    /** What numbers add by themselves; for publishing. */
    public NumberCurves curves() {
        return model.curves();
    }

    /** The scale of the numbers; for publishing. */
    public NumberScaling scaling() {
        return model.scaling();
    }

    /** Shows each slate to somebody just before the ranker learns it; for measuring. */
    public void witnessSlates(Consumer<LabelledSlate> witness) {
        slateWitness = witness;
    }

    /** Shows each alarm of drift to somebody. */
    public void watchDrift(Consumer<DriftAlarm> witness) {
        drift.witness(witness);
    }

    /** The detectors of drift; for checkpoints. */
    public DriftMonitor drift() {
        return drift.monitor();
    }

    /** What is known of ranking pools; for publishing and measuring. */
    public RankerLearner ranker() {
        return ranker;
    }

    /** Slates waiting for their labels. */
    public int heldSlates() {
        return slates.size();
    }

    /** The schema that features are encoded with. */
    public FeatureSchema schema() {
        return schema;
    }

    /** The model; for publishing and measuring. */
    public OnlineModel model() {
        return model.model();
    }

    /** The memory of errors; null without one. */
    public ErrorMemory memory() {
        return predictions.memory();
    }

    /** The settings of the memory, its size decided. */
    public MemoryConfig memoryConfig() {
        return memoryConfig;
    }

    /** Examples learnt. */
    public long examples() {
        return examples;
    }

    /** Negatives left out by sampling. */
    public long sampledAway() {
        return sampledAway;
    }

    /** Predictions waiting for their outcome. */
    public int heldPredictions() {
        return predictions.waiting();
    }

    /** Items that are taken for negatives until their label is known. */
    public int heldAssumptions() {
        return teacher.assumed();
    }

    /** Largest event time seen; {@link Long#MIN_VALUE} before the first event. */
    public long eventTime() {
        return eventTime;
    }

    /** Bytes held, as allocated. */
    public long bytes() {
        return model.bytes()
                + predictions.bytes()
                + teacher.bytes()
                + drift.monitor().bytes()
                + ranker.bytes()
                + slates.bytes();
    }

    /** Writes everything that is not a row: the same bytes go with every group. */
    public void writeHead(DataOutput out) throws IOException {
        out.writeLong(schema.fingerprint());
        out.writeLong(seed);
        out.writeLong(examples);
        out.writeLong(sampledAway);
        out.writeLong(eventTime);
        model.model().writeHead(out);
    }

    /** Replaces everything that is not a row by what {@link #writeHead} wrote. */
    public void readHead(DataInput in) throws IOException {
        long fingerprint = in.readLong();
        if (fingerprint != schema.fingerprint()) {
            throw new CorruptStateException(
                    "learner state: found feature schema %x, expected %x; the declared features changed since the state was written: restore the old declaration or start without the old state"
                            .formatted(fingerprint, schema.fingerprint()));
        }
        long found = in.readLong();
        if (found != seed) {
            throw new CorruptStateException(
                    "learner state: found seed %d, expected %d; set seed to %d or start without the old state"
                            .formatted(found, seed, found));
        }
        examples = in.readLong();
        sampledAway = in.readLong();
        eventTime = in.readLong();
        model.model().readHead(in);
    }

    /** Writes rows, held predictions and cells of memory, one output for each group. */
    public void writeGroups(int groups, DataOutput[] outs) throws IOException {
        model.model().writeRows(groups, outs);
        predictions.write(groups, outs);
    }

    /** Writes what the ranker holds, its head and the slates of each group, and what is assumed. */
    public void writeRanker(int groups, DataOutput[] outs) throws IOException {
        for (DataOutput out : outs) {
            ranker.write(out);
        }
        slates.write(groups, outs);
        teacher.write(groups, outs);
    }

    /**
     * Adds what {@link #writeRanker} wrote for one group; the head of the last one stays.
     *
     * @param theirs voices of the memory that the group was written with; -1 without one
     * @param hasSums whether assumptions have the sums that they were learnt along
     */
    public void readRanker(int theirs, boolean hasSums, DataInput in) throws IOException {
        ranker.read(in);
        slates.read(in, model.model().dimensions());
        teacher.read(theirs, hasSums, in);
    }

    /**
     * Adds the rows, held predictions and cells of one group.
     *
     * @param theirs voices of the memory that the group was written with; -1 without one
     */
    public void readGroup(int theirs, DataInput in) throws IOException {
        model.model().readRows(in);
        predictions.read(theirs, in);
    }
}
