package io.sluice.state.learner;

import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.NumberScaling;
import io.sluice.state.feature.ScaledNumbers;
import io.sluice.state.kernel.Activations;
import io.sluice.state.model.FactorizationMachine;
import io.sluice.state.model.Lesson;
import io.sluice.state.model.ModelConfig;
import io.sluice.state.model.NumberCurves;
import io.sluice.state.model.OnlineModel;

/**
 * The slow learner as a whole: the model, and the scale and curves by which it sees numbers.
 *
 * <p>It can be frozen from some example on ({@link ModelConfig#freezeAfter}): then it is asked and
 * learns no more, neither weights nor scale, as a model that is trained now and then stands between
 * two trainings.
 *
 * <p>State: model, scale, curves. Not thread-safe.
 */
final class NumberedModel {

    private final OnlineModel model;
    private final NumberScaling scaling;
    private final NumberCurves curves;
    private final boolean[] ofItems;
    private final long freezeAfter;

    // -- scratch
    private final ScaledNumbers numbers = new ScaledNumbers();
    private final FeatureVector rows = new FeatureVector(64);

    /**
     * A learner of nothing yet.
     *
     * @param config of the model, its budget what memory and detectors leave of it
     */
    NumberedModel(ModelConfig config, FeatureSchema schema) {
        model = new FactorizationMachine(config, schema.fields());
        scaling = new NumberScaling(schema);
        curves = new NumberCurves(scaling, config);
        ofItems = schema.fieldsOfItems();
        freezeAfter = config.freezeAfter();
    }

    OnlineModel model() {
        return model;
    }

    NumberScaling scaling() {
        return scaling;
    }

    NumberCurves curves() {
        return curves;
    }

    /** Bytes held, as allocated. */
    long bytes() {
        return model.bytes() + scaling.bytes() + curves.bytes();
    }

    /** The log-odds. */
    double logit(FeatureVector x) {
        scaling.scale(x, numbers);
        return curves.add(0, numbers) + model.logit(rowsOf(x));
    }

    /** The same; the item's vector goes to {@code vectors} from {@code at} on. */
    double logit(FeatureVector x, float[] vectors, int at) {
        scaling.scale(x, numbers);
        return curves.add(0, numbers) + model.logit(rowsOf(x), ofItems, vectors, at);
    }

    /**
     * What the model makes of a vector; overwritten by the next one that is asked about or learnt.
     */
    float[] representation(FeatureVector x) {
        scaling.scale(x, numbers);
        double unused = model.logit(rowsOf(x));
        return model.representation();
    }

    /**
     * One step of learning, unless it is frozen.
     *
     * @param lesson what the example says
     * @param offset added to the log-odds while learning only: what sampling did to the odds
     * @param examples learnt before
     * @return the log-odds just before the step
     */
    double learn(FeatureVector x, Lesson lesson, double offset, long examples) {
        if (freezeAfter > 0 && examples >= freezeAfter) {
            return logit(x);
        }
        scaling.scale(x, numbers);
        double ofNumbers = curves.add(0, numbers);
        double now = ofNumbers + model.learn(rowsOf(x), lesson, offset + ofNumbers);
        curves.learn(numbers, lesson.gradient(Activations.sigmoid(now + offset)));
        if (!lesson.isSecond()) {
            scaling.observe(numbers);
        }
        return now;
    }

    /**
     * The rows of a vector whose numbers were scaled just before, those of its numbers among them.
     */
    private FeatureVector rowsOf(FeatureVector x) {
        if (x.numbers() == 0) {
            return x;
        }
        scaling.expand(x, numbers, rows);
        return rows;
    }
}
