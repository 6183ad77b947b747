package io.sluice.state.evaluate;

/**
 * The figures of a set of judged predictions.
 *
 * @param examples how many
 * @param logloss mean logistic loss, nats
 * @param auc area under the ROC curve, ties half; NaN with one kind of label only
 * @param normalizedEntropy logloss divided by the entropy of the label rate (He et al., ADKDD 2014,
 *     eq. 3); below 1 is better than knowing the rate; NaN with one kind of label only
 * @param calibration mean prediction divided by mean label; NaN without positives
 */
public record Summary(
        long examples, double logloss, double auc, double normalizedEntropy, double calibration) {}
