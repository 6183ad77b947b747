package io.sluice.state.learner;

/**
 * A judged prediction: made before its label was used.
 *
 * @param sequence 0-based number of the example in the order of learning
 * @param time when the label became known, epoch milliseconds
 * @param request the request's id; empty for an interaction without one
 * @param item the item's id
 * @param prediction probability of label 1 as it was served, corrected by memory, in [0, 1]
 * @param base the model's own, without memory, in [0, 1]
 * @param label the outcome, 0 or 1
 * @param weight how many examples of the stream it stands for: 1, or more for a kept negative
 */
public record Scored(
        long sequence,
        long time,
        String request,
        String item,
        float prediction,
        float base,
        float label,
        float weight) {}
