package io.sluice.jobs.replay;

import io.sluice.jobs.replay.dataset.EventReader;
import io.sluice.jobs.replay.dataset.Slate;
import io.sluice.state.event.Interaction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Slates and the interactions beside them, moment by moment: all slates of one timestamp together,
 * behind everything that happened before it.
 */
final class SlateMoments {

    private SlateMoments() {}

    /** Takes them as they come. */
    interface Taker {

        /** Something happened beside the slates. */
        void happened(Interaction event);

        /** All slates of one timestamp, in the order of the file; the list is used again. */
        void shown(List<Slate> moment);
    }

    /**
     * Hands out everything.
     *
     * @param limit how many slates at most; with fewer, the interactions behind them come too
     */
    static void run(
            EventReader<Slate> slates,
            Behaviour behaviour,
            long limit,
            Progress progress,
            Taker taker)
            throws IOException {
        long taken = 0;
        List<Slate> moment = new ArrayList<>();
        Slate next = limit > 0 ? slates.next() : null;
        while (next != null) {
            long time = next.impression().timestamp();
            behaviour.passBefore(time, taker::happened);
            moment.clear();
            while (next != null && next.impression().timestamp() == time) {
                moment.add(next);
                taken++;
                next = taken < limit ? slates.next() : null;
            }
            taker.shown(moment);
            progress.at(slates.rows());
        }
        if (taken < limit) {
            behaviour.passRest(taker::happened);
        }
    }
}
