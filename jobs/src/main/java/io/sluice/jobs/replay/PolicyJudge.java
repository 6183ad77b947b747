package io.sluice.jobs.replay;

import io.sluice.state.evaluate.PolicyEstimates;
import io.sluice.state.evaluate.PolicyLog;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Candidate;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.kernel.Activations;
import io.sluice.state.rank.Candidates;
import io.sluice.state.rank.Examination;
import io.sluice.state.rank.LabelledSlate;
import io.sluice.state.rank.Ranker;
import io.sluice.state.rank.RankerHead;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks, of each list that was shown, with which probability a ranker would have put each item at
 * each place, given scores and a head.
 *
 * <p>The model of outcomes for the doubly robust estimate is the one that scored: its probability
 * of an item, times how likely the place is looked at ({@link Examination}) against the mean of the
 * list's places. Not thread-safe.
 */
final class PolicyJudge {

    private final Ranker ranker;
    private final PolicyLog log;
    private final int places;

    PolicyJudge(Ranker ranker, int places, double clip) {
        this.ranker = ranker;
        this.places = places;
        log = new PolicyLog(places, clip);
    }

    /**
     * Takes a list.
     *
     * @param slate as it was scored without knowing its outcome
     * @param head in force for it
     * @param looks how likely places are looked at, as far as was known before it
     */
    void add(LabelledSlate slate, RankerHead head, Examination looks) {
        Candidates candidates = slate.candidates();
        int n = candidates.size();
        int first = Math.min(places, n);
        double[][] placed = ranker.placements(request(candidates), candidates, head, first);
        double[] looked = looked(n, looks);
        double[] outcomes = new double[first];
        double[] propensities = new double[first];
        double[] target = new double[first];
        double[] predicted = new double[first];
        double direct = 0;
        for (int i = 0; i < n; i++) {
            double p = Activations.sigmoid(candidates.logit(i));
            for (int k = 0; k < first; k++) {
                direct += placed[k][i] * Math.min(1, p * looked[k]);
            }
            int k = slate.positions()[i];
            if (k < first) {
                outcomes[k] = slate.labels()[i];
                propensities[k] = slate.propensities()[i];
                target[k] = placed[k][i];
                predicted[k] = Math.min(1, p * looked[k]);
            }
        }
        log.add(outcomes, propensities, target, predicted, direct);
    }

    /** Any id will do: what chance does with it is what it does with the one that was logged. */
    private RerankRequest request(Candidates candidates) {
        List<Candidate> items = new ArrayList<>(candidates.size());
        for (int i = 0; i < candidates.size(); i++) {
            items.add(new Candidate(candidates.id(i), Attributes.EMPTY));
        }
        return new RerankRequest(
                "list-" + log.size(),
                0,
                "",
                Attributes.EMPTY,
                items,
                0,
                false,
                List.of(),
                List.of(),
                0);
    }

    private static double[] looked(int n, Examination looks) {
        double[] looked = new double[n];
        double sum = 0;
        for (int k = 0; k < n; k++) {
            looked[k] = looks.at(k);
            sum += looked[k];
        }
        for (int k = 0; k < n; k++) {
            looked[k] *= n / sum;
        }
        return looked;
    }

    int size() {
        return log.size();
    }

    PolicyEstimates estimates() {
        return log.estimates();
    }
}
