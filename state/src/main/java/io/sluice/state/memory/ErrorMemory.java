package io.sluice.state.memory;

import io.sluice.state.feature.FeatureVector;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Remembers recent errors of a model and says how its next prediction should be corrected.
 *
 * <p>Order of use for each example: {@link #read} when the prediction is made, before any {@link
 * #write} of its label; then, when the label is known, {@link #write} and {@link #judge} with what
 * was read. What is written may be corrected later; what is judged may not. A memory is a
 * deterministic function of its configuration, its seed and the calls; time comes in. It holds a
 * fixed number of bytes. Served memories are of the same class, filled by {@link #readServedHead}
 * and {@link #putBlock}, so that equal states give bit-equal readings at equal times. Not
 * thread-safe, but readings of a memory that nobody writes are.
 */
public interface ErrorMemory {

    /** What {@link #write} would give back if no key had taken anything: nothing to correct. */
    long NOTHING_TAKEN = 0;

    /** Whether {@link #read} and {@link #write} need the model's representation of the example. */
    boolean readsRepresentation();

    /** How many voices a reading has; the same for the memory's life. */
    int voices();

    /** What voice {@code i} is called in explanations. */
    String voice(int i);

    /**
     * Takes features that every vector read with {@code shared} from now on has besides its own, in
     * place of those taken before: those of a request, whose candidates are read one by one.
     */
    void share(FeatureVector x, SharedReading shared);

    /**
     * Looks for what {@link #read} of the same vector will need, as the next thing that is read
     * into this reading. Nobody has to ask; who asks for many before he reads the first waits for
     * memory once.
     *
     * @param x as for {@link #read}
     */
    void ask(FeatureVector x, MemoryReading reading);

    /**
     * What the voices say, and the prediction corrected by them.
     *
     * @param x the features, without those that are shared
     * @param representation the model's, as long as its embeddings; null unless {@link
     *     #readsRepresentation}
     * @param time of the prediction, epoch milliseconds
     * @param reading begun with the model's own prediction; takes the rest
     */
    void read(FeatureVector x, float[] representation, long time, MemoryReading reading);

    /**
     * Learns from a label how far the voices are to be trusted; nothing where nobody weighs them.
     *
     * @param shown the reading when the prediction was made
     * @param label the outcome, 0 or 1, which will not change
     * @param weight how many examples of the stream it stands for
     */
    void judge(MemoryReading shown, float label, float weight);

    /**
     * Writes the error of a prediction.
     *
     * @param x the features
     * @param representation as for {@link #read}
     * @param voter hash of who the label is from, if {@code x} does not say it
     * @param time when the label became known or was assumed, epoch milliseconds
     * @param label the outcome, 0 or 1
     * @param weight how many examples of the stream it stands for
     * @param shown the reading when the prediction was made
     * @return what of the weight each key took, to be given to {@link #correct}
     */
    long write(
            FeatureVector x,
            float[] representation,
            long voter,
            long time,
            float label,
            float weight,
            MemoryReading shown);

    /**
     * Sees to it that what was remembered still means the same while the model learns. To be called
     * after each {@link #write}.
     *
     * @param x of what was written
     * @param model as it is now
     */
    void keepUp(FeatureVector x, Representations model);

    /**
     * A label that was written has changed: adds the difference at the same place with the same
     * weight, so that the sums are those of the new label.
     *
     * @param written when the first label was written, the {@code time} of {@link #write}
     * @param taken what {@link #write} gave back
     * @param from the first label
     * @param to the new one
     * @param weight that of the first label
     */
    void correct(
            FeatureVector x,
            float[] representation,
            long written,
            long taken,
            float from,
            float to,
            float weight);

    /**
     * The stream has changed: what is remembered fades faster for a while.
     *
     * @param time event time, epoch milliseconds
     * @param factor how many times faster, at least 1
     * @param durationMs for how long, event time in milliseconds
     */
    void hasten(long time, int factor, long durationMs);

    /** What a voice counted for when a prediction was made; for explanations. */
    double weight(int voice, MemoryReading reading);

    /** Bytes held; constant. */
    long bytes();

    // -- publishing

    /**
     * Counts blocks as changed.
     *
     * @param evenEmpty also those in which nothing stands: what was published under their ids
     *     before belongs to another memory
     */
    void markAllChanged(boolean evenEmpty);

    /** Hands out all blocks of cells that changed since the last call, by rising id. */
    void drainChanged(BlockSink sink);

    /** Writes what else a reading depends on; small, published each time. */
    void writeServedHead(DataOutput out) throws IOException;

    /** Takes over what {@link #writeServedHead} wrote. */
    void readServedHead(DataInput in) throws IOException;

    /**
     * Replaces a block by a published one.
     *
     * @throws IOException when it is damaged or belongs to a memory of another shape
     */
    void putBlock(long id, byte[] payload) throws IOException;

    /** Takes published blocks. */
    @FunctionalInterface
    interface BlockSink {
        /** Takes a block; the bytes are its own. */
        void block(long id, byte[] payload);
    }

    // -- checkpoints

    /** Writes everything that is not a cell. */
    void writeHead(DataOutput out) throws IOException;

    /** Replaces everything that is not a cell by what {@link #writeHead} wrote. */
    void readHead(DataInput in) throws IOException;

    /** Writes cells, each to the output of its group, so that equal memories give equal bytes. */
    void writeCells(int groups, DataOutput[] outs) throws IOException;

    /** Adds the cells of one group to what is there: the sums of both. */
    void readCells(DataInput in) throws IOException;
}
