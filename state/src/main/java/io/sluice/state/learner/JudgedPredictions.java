package io.sluice.state.learner;

import io.sluice.state.event.ShownMemory;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.kernel.Activations;
import io.sluice.state.kernel.Hashing;
import io.sluice.state.memory.ErrorMemory;
import io.sluice.state.memory.MemoryReading;
import io.sluice.state.memory.Representations;
import io.sluice.state.model.OnlineModel;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The predictions that a learner is judged by: what memory makes of the model's, those that wait
 * for their label, and what memory keeps of them once it has come.
 *
 * <p>State: memory, held predictions. Not thread-safe.
 */
final class JudgedPredictions {

    private final long seed;
    private final OnlineModel model;
    private final Representations representations;
    private final ErrorMemory memory; // null: none
    private final int voices;
    private final HeldPredictions held;

    /**
     * Nothing held.
     *
     * @param seed of the hashes of requests
     * @param memory null: none
     */
    JudgedPredictions(long seed, NumberedModel model, ErrorMemory memory) {
        this.seed = seed;
        this.model = model.model();
        representations = model::representation;
        this.memory = memory;
        voices = memory == null ? 0 : memory.voices();
        held = new HeldPredictions(memory == null ? -1 : voices);
    }

    /** The memory of errors; null without one. */
    ErrorMemory memory() {
        return memory;
    }

    /** Predictions waiting for their outcome. */
    int waiting() {
        return held.size();
    }

    /** Bytes held, as allocated. */
    long bytes() {
        return held.bytes() + (memory == null ? 0 : memory.bytes());
    }

    /** What memory says of a prediction of the model, which has just scored the vector. */
    void read(FeatureVector x, long time, double logit, MemoryReading out) {
        out.begin(voices, logit, Activations.sigmoid(logit));
        if (memory != null) {
            memory.read(x, representation(), time, out);
        }
    }

    /**
     * Holds a prediction until {@link #readShown}.
     *
     * @param request its hash by the seed
     */
    void hold(long request, String item, MemoryReading reading) {
        held.put(key(request, item), reading);
    }

    /**
     * The prediction that was shown, which is held no longer.
     *
     * @return false when the model itself is to be asked just before learning
     */
    boolean readShown(Example example, MemoryReading out) {
        return switch (example.origin()) {
            case DIRECT -> false;
            case LOGGED -> {
                readLogged(example, out);
                yield true;
            }
            case HELD -> held.take(key(example), out);
        };
    }

    /** The same as {@link #readShown} of an example to come; what is held stays. */
    private boolean peekShown(Example example, MemoryReading out) {
        return example.origin() == Example.Origin.HELD
                ? held.peek(key(example), out)
                : readShown(example, out);
    }

    /** A server without memory, or with another one, served what is then the model's own. */
    private void readLogged(Example example, MemoryReading out) {
        ShownMemory logged = example.loggedMemory();
        out.restore(voices, logged.isAbsent() ? example.loggedScore() : logged.base());
        if (!logged.isAbsent() && logged.corrections().size() == voices) {
            for (int v = 0; v < voices; v++) {
                out.say(v, logged.corrections().get(v), 0);
            }
        }
        out.conclude(example.loggedScore());
    }

    /** Memory, where there is one, keeps the error of a prediction, and is judged by it. */
    void remember(Example example, float weight, MemoryReading reading) {
        if (memory != null) {
            long unused = write(example, weight, reading);
            memory.judge(reading, example.label(), weight);
        }
    }

    private long write(Example example, float weight, MemoryReading reading) {
        long taken =
                memory.write(
                        example.features(),
                        representation(),
                        Hashing.text(seed, example.request()),
                        example.time(),
                        example.label(),
                        weight,
                        reading);
        memory.keepUp(example.features(), representations);
        return taken;
    }

    /**
     * Memory, where there is one, keeps what is the error of a prediction if nothing else comes. It
     * takes all of them, so that a correction finds what it corrects.
     *
     * @param logit the model's, which has just scored the vector
     * @return to be given to {@link #settle}
     */
    long assume(Example negative, double logit, MemoryReading scratch) {
        if (memory == null) {
            return 0;
        }
        if (!peekShown(negative, scratch)) {
            read(negative.features(), negative.time(), logit, scratch);
        }
        return write(negative, 1, scratch);
    }

    /**
     * Memory, where there is one, is judged by a label that follows an assumption, and corrected if
     * it is another one. The model has just scored the vector if the label is 1.
     */
    void settle(
            Example example, HeldAssumptions.Held assumed, float weight, MemoryReading reading) {
        if (memory == null) {
            return;
        }
        memory.judge(reading, example.label(), weight);
        if (example.label() > 0) {
            memory.correct(
                    example.features(),
                    representation(),
                    assumed.time(),
                    assumed.taken(),
                    0,
                    example.label(),
                    1);
        }
    }

    /** The model's representation of the vector that it scored last; null where nobody asks. */
    private float[] representation() {
        return memory.readsRepresentation() ? model.representation() : null;
    }

    /** Under which what waits for an outcome is held. */
    long key(Example example) {
        return key(Hashing.text(seed, example.request()), example.item());
    }

    private static long key(long request, String item) {
        long key = Hashing.text(request, item);
        return key == 0 ? 1 : key;
    }

    /** Writes held predictions and cells of memory, one output for each group. */
    void write(int groups, DataOutput[] outs) throws IOException {
        held.write(groups, outs);
        if (memory != null) {
            memory.writeCells(groups, outs);
        }
    }

    /**
     * Adds what {@link #write} wrote for one group.
     *
     * @param theirs voices of the memory that the group was written with; -1 without one
     */
    void read(int theirs, DataInput in) throws IOException {
        held.read(theirs, in);
        if (memory != null && theirs >= 0) {
            memory.readCells(in);
        }
    }
}
