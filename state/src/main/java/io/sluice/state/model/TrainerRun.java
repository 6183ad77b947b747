package io.sluice.state.model;

/**
 * One run of a trainer on a model topic, from its start to its end or crash.
 *
 * <p>A <i>lineage</i> is all runs that go on with one model. It is named by the epoch in which that
 * model began, so rows of an earlier epoch belong to another model and are void: nothing has to be
 * written into each row to tell them apart.
 *
 * @param epoch number of the run, from 1; larger than that of any run before on the topic
 * @param lineage the epoch in which the model began on this topic; 0 when it is not known, and then
 *     no row is void
 */
public record TrainerRun(int epoch, int lineage) {

    /** No run at all. */
    public static final TrainerRun NONE = new TrainerRun(0, 0);

    /**
     * The run that comes next.
     *
     * <p>It goes on with a lineage only if the restored model is the one that was published last. A
     * model from nothing begins a lineage, and so does a restored one whose topic has been emptied
     * or used by another model since: it then has to publish all of its rows.
     *
     * @param restored the run that wrote the restored state; {@link #NONE} for a model from nothing
     * @param published the newest run on the topic; {@link #NONE} when it is empty
     * @param attempt how often this run has failed before
     */
    public static TrainerRun next(TrainerRun restored, TrainerRun published, int attempt) {
        int epoch = Math.max(restored.epoch, published.epoch) + 1 + attempt;
        boolean goesOn =
                restored.epoch > 0 && published.epoch > 0 && restored.lineage == published.lineage;
        return new TrainerRun(epoch, goesOn ? restored.lineage : epoch);
    }

    /**
     * The run that goes on with another lineage in the same process, for a model whose rows are all
     * published anew because nobody can name those that went.
     */
    public TrainerRun anew() {
        return new TrainerRun(epoch + 1, epoch + 1);
    }

    /** Whether a lineage begins with it, so that a view must not keep anything from before. */
    public boolean beginsLineage() {
        return lineage == epoch;
    }
}
