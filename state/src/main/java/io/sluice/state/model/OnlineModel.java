package io.sluice.state.model;

import io.sluice.state.feature.FeatureVector;
import io.sluice.state.sparse.EmbeddingTable;
import io.sluice.state.tower.SparseTower;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A model of log-odds that learns one example at a time.
 *
 * <p>Its state is a small head and many rows, each under a 64-bit key. Rows are published and
 * checkpointed one by one or by group, the head as a whole. Not thread-safe.
 */
public interface OnlineModel {

    /** The log-odds of label 1 by the model as it is; a key without a row adds nothing. */
    double logit(FeatureVector x);

    /**
     * The same, and the vector of the item: the sums of the rows of its features.
     *
     * @param x features of the request first, those of the item behind
     * @param ofItem by field: whether it is a feature of items
     * @param vector takes {@link #dimensions} values from {@code at} on
     */
    double logit(FeatureVector x, boolean[] ofItem, float[] vector, int at);

    /**
     * One step of online learning on the logistic loss.
     *
     * @param x the features
     * @param lesson what the example says
     * @param offset added to the log-odds while learning only: what sampling did to the odds
     * @return what {@link #logit} gave before the step, without the offset
     */
    double learn(FeatureVector x, Lesson lesson, double offset);

    /**
     * The same of a label that will not change.
     *
     * @param label the outcome, 0 or 1
     */
    default double learn(FeatureVector x, double label, double offset) {
        return learn(x, Lesson.of(label), offset);
    }

    /**
     * What the model makes of a vector: Σᵢ vᵢxᵢ of the one that {@link #logit} or {@link #learn}
     * saw last, as it was before the step. As long as the embeddings; overwritten by the next one.
     */
    float[] representation();

    /** Length of the embeddings. */
    int dimensions();

    /** Rows held. */
    int rows();

    /** Bytes held, as allocated. */
    long bytes();

    /** The served part of the head: the bias. */
    float bias();

    /** The network whose term is a part of {@link #logit}; null while there is none. */
    SparseTower tower();

    /** Hands out all rows that changed or went since the last call. */
    void drainChangedRows(EmbeddingTable.Sink rows);

    /** Says that the stream has changed, so that what was settled moves again. */
    void reheat();

    /** Counts all rows as changed, so that {@link #drainChangedRows} hands out the whole model. */
    void markAllChanged();

    /** Writes the head with its optimiser state. */
    void writeHead(DataOutput out) throws IOException;

    /** Replaces the head by one that {@link #writeHead} wrote. */
    void readHead(DataInput in) throws IOException;

    /**
     * Writes whole rows, optimiser state included, in the order of their keys, so that equal models
     * give equal bytes whatever their history.
     *
     * @param groups number of groups, at least 1
     * @param outs one output for each group
     */
    void writeRows(int groups, DataOutput[] outs) throws IOException;

    /** Adds the rows of one group; replaces equal keys. */
    void readRows(DataInput in) throws IOException;
}
