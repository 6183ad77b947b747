package io.sluice.operators.evaluate;

import io.sluice.operators.StateNames;
import io.sluice.operators.serde.SluiceTypes;
import io.sluice.state.check.Checks;
import io.sluice.state.evaluate.ProgressiveScore;
import io.sluice.state.evaluate.ScoreWindow;
import io.sluice.state.learner.Scored;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Gathers judged predictions into windows of equally many examples and hands out each window's
 * figures; if asked, each prediction too. The last window is handed out at the end of the input
 * though it is not full.
 *
 * <p>Runs at parallelism 1: windows are stretches of the one sequence of learning. State: the
 * predictions of the open window.
 */
public final class ScoreWindowOperator extends AbstractStreamOperator<ScoreRecord>
        implements OneInputStreamOperator<Scored, ScoreRecord>, BoundedOneInput {

    private static final long serialVersionUID = 1;

    // -- configuration
    private final int windowExamples;
    private final boolean eachExample;
    private final boolean hasMemory;

    // -- runtime
    private transient List<Scored> open;
    private transient ListState<Scored> openState;

    /**
     * An operator.
     *
     * @param windowExamples examples in a window, at least 1
     * @param eachExample whether each prediction is handed out as well
     * @param hasMemory whether the model alone is judged beside what was served
     */
    public ScoreWindowOperator(int windowExamples, boolean eachExample, boolean hasMemory) {
        this.windowExamples = Checks.positive("scores.windowExamples", windowExamples);
        this.eachExample = eachExample;
        this.hasMemory = hasMemory;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        open = new ArrayList<>();
        openState =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        StateNames.OPEN_SCORE_WINDOW, SluiceTypes.SCORED));
        for (Scored scored : openState.get()) {
            open.add(scored);
        }
    }

    @Override
    public void processElement(StreamRecord<Scored> element) {
        Scored scored = element.getValue();
        if (eachExample) {
            emit(new ScoreRecord.One(scored));
        }
        open.add(scored);
        if (scored.sequence() % windowExamples == windowExamples - 1) {
            closeWindow();
        }
    }

    private void closeWindow() {
        emit(window(ScoreRecord.Arm.DEFAULT));
        if (hasMemory) {
            emit(window(ScoreRecord.Arm.BASE));
        }
        open.clear();
    }

    private ScoreRecord window(ScoreRecord.Arm arm) {
        ProgressiveScore score = new ProgressiveScore();
        long from = Long.MAX_VALUE;
        long to = Long.MIN_VALUE;
        for (Scored scored : open) {
            float judged = arm == ScoreRecord.Arm.BASE ? scored.base() : scored.prediction();
            score.add(judged, scored.label(), scored.weight());
            from = Math.min(from, scored.time());
            to = Math.max(to, scored.time());
        }
        long first = open.get(0).sequence();
        long last = open.get(open.size() - 1).sequence();
        return new ScoreRecord.Window(
                arm,
                new ScoreWindow(first / windowExamples, first, last, from, to, score.summary()));
    }

    private void emit(ScoreRecord score) {
        output.collect(new StreamRecord<>(score));
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        openState.update(open);
    }

    @Override
    public void endInput() {
        if (!open.isEmpty()) {
            closeWindow();
        }
    }
}
