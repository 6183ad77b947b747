package io.sluice.state.learner;

import io.sluice.state.kernel.Activations;
import io.sluice.state.memory.ErrorMemory;
import io.sluice.state.memory.MemoryReading;
import io.sluice.state.model.Lesson;
import io.sluice.state.model.Taken;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What the model and its memory learn of an example, and when: all at once when its label is known,
 * or as a negative when the item was shown and the rest, if there is a rest, with the label.
 *
 * <p>State: what was assumed. Not thread-safe.
 */
final class Teacher {

    private final NumberedModel model;
    private final JudgedPredictions predictions;
    private final NegativeSampling sampling;
    private final HeldAssumptions held;

    // -- scratch
    private final MemoryReading reading = new MemoryReading();

    Teacher(NumberedModel model, JudgedPredictions predictions, NegativeSampling sampling) {
        this.model = model;
        this.predictions = predictions;
        this.sampling = sampling;
        held = new HeldAssumptions(model.model().dimensions());
    }

    /** Learns a shown item as a negative until its label is known. */
    void assume(Assumption assumption, long examples) {
        Example negative = assumption.negative();
        boolean isLeftOut = sampling.leavesOut(negative);
        Lesson lesson = assumption.correction().first();
        double logit =
                isLeftOut
                        ? model.logit(negative.features())
                        : model.learn(negative.features(), lesson, sampling.offset(), examples);
        double predicted = Activations.sigmoid(logit + sampling.offset());
        Taken learnt = new Taken(predicted, model.model().representation().clone());
        long taken = predictions.assume(negative, logit, reading);
        held.put(
                predictions.key(negative),
                new HeldAssumptions.Held(
                        assumption.correction(), learnt, isLeftOut, negative.time(), taken));
    }

    /**
     * Learns what a label says beyond what was assumed.
     *
     * @param shown the prediction that was shown; not filled yet where {@code isShown} is false,
     *     then takes the one just before learning
     * @param examples learnt before
     * @return false for a negative that sampling left out, which is not judged either
     */
    boolean learn(Example example, MemoryReading shown, boolean isShown, long examples) {
        HeldAssumptions.Held assumed =
                held.size() == 0 ? null : held.take(predictions.key(example));
        boolean isNegative = example.label() == 0;
        boolean isLeftOut = assumed == null ? sampling.leavesOut(example) : assumed.isLeftOut();
        if (isLeftOut && isNegative) {
            return false;
        }
        boolean isLearnt = assumed != null && !isLeftOut;
        double now = Double.NaN;
        if (!isLearnt || !isNegative) {
            Lesson lesson =
                    isLearnt
                            ? assumed.correction().second(assumed.learnt())
                            : Lesson.of(example.label());
            now = model.learn(example.features(), lesson, sampling.offset(), examples);
        } else if (!isShown) {
            now = model.logit(example.features());
        }
        if (!isShown) {
            predictions.read(example.features(), example.time(), now, shown);
        }
        if (assumed == null) {
            predictions.remember(example, sampling.weight(example), shown);
        } else {
            predictions.settle(example, assumed, sampling.weight(example), shown);
        }
        return true;
    }

    /** Items that are taken for negatives until their label is known. */
    int assumed() {
        return held.size();
    }

    long bytes() {
        return held.bytes();
    }

    /** Writes what is assumed, one output for each group. */
    void write(int groups, DataOutput[] outs) throws IOException {
        held.write(groups, outs);
    }

    /**
     * Adds what {@link #write} wrote for one group.
     *
     * @param theirs voices of the memory that it was written with; -1 without one
     * @param hasSums whether what was learnt has its sums there
     */
    void read(int theirs, boolean hasSums, DataInput in) throws IOException {
        ErrorMemory memory = predictions.memory();
        held.read(theirs == (memory == null ? -1 : memory.voices()), hasSums, in);
    }
}
