package io.sluice.jobs.replay;

import io.sluice.jobs.replay.dataset.Slate;
import io.sluice.state.event.Impression;
import io.sluice.state.event.Interaction;
import io.sluice.state.event.ShownItem;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.ItemGroup;
import io.sluice.state.feature.stream.Facts;
import io.sluice.state.learner.Example;
import io.sluice.state.learner.Exposure;
import io.sluice.state.learner.LearnerEventOrder;
import io.sluice.state.learner.SlateShown;
import io.sluice.state.rank.RankConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * Feeds slates to learners in this thread, moment by moment: all slates of one timestamp are
 * predicted whole before any of their labels is learnt. The outcome of a slate counts as known at
 * its own timestamp.
 */
final class SlateReplay implements SlateMoments.Taker {

    private final List<Lane> lanes;
    private final AsOfEncoder encoder;
    private final Stopwatch encoding;
    private final FeatureVector vector = new FeatureVector();
    private final List<Exposure> exposures = new ArrayList<>();
    private final List<SlateShown> slates = new ArrayList<>();
    private final boolean ranks;
    private final ItemGroup groups; // null: there are none
    private final List<Example> examples = new ArrayList<>();

    /**
     * A stream for some learners.
     *
     * @param settings that all of them share
     * @param encoding measures what they share
     */
    SlateReplay(List<Lane> lanes, ReplaySettings settings, Stopwatch encoding) {
        this.lanes = lanes;
        this.encoding = encoding;
        encoder = new AsOfEncoder(settings.features());
        RankConfig ranking = settings.ranking();
        ranks = ranking.learn();
        groups =
                ranking.group()
                        .map(name -> new ItemGroup(settings.features().feature(name)))
                        .orElse(null);
    }

    @Override
    public void happened(Interaction event) {
        encoding.start();
        encoder.add(Facts.of(event, false));
        encoding.stop();
    }

    @Override
    public void shown(List<Slate> moment) {
        encoding.start();
        exposures.clear();
        slates.clear();
        examples.clear();
        moment.forEach(this::encode);
        exposures.sort(LearnerEventOrder.INSTANCE);
        examples.sort(LearnerEventOrder.INSTANCE);
        slates.sort(LearnerEventOrder.INSTANCE);
        encoding.stop();
        for (Lane lane : lanes) {
            lane.learn(exposures, slates, examples);
        }
    }

    private void encode(Slate slate) {
        Impression shown = slate.impression();
        List<Exposure.Slot> slots = new ArrayList<>(shown.items().size());
        List<SlateShown.Slot> pool = new ArrayList<>(shown.items().size());
        encoder.request(shown.timestamp(), shown.user(), shown.context());
        for (ShownItem item : shown.items()) {
            boolean taken = slate.clicked().contains(item.id());
            encoder.item(item.id(), item.features());
            FeatureVector neutral = encode(FeatureEncoder.NEUTRAL_POSITION);
            slots.add(new Exposure.Slot(item.id(), neutral));
            pool.add(
                    new SlateShown.Slot(
                            item.id(),
                            neutral,
                            groups == null ? 0 : groups.of(item.id(), item.features()),
                            item.position(),
                            (float) item.propensity()));
            examples.add(
                    new Example(
                            shown.timestamp(),
                            shown.request(),
                            item.id(),
                            encode(item.position()),
                            taken ? 1 : 0,
                            Example.Origin.HELD,
                            Float.NaN));
        }
        SlateFacts.of(slate, encoder::add);
        exposures.add(new Exposure(shown.timestamp(), shown.request(), slots));
        if (ranks) {
            slates.add(new SlateShown(shown.timestamp(), shown.request(), pool));
        }
    }

    private FeatureVector encode(int position) {
        encoder.encode(position, vector);
        return vector.copy();
    }

    /** Memory of the records of streaming features. */
    long streamingBytes() {
        return encoder.bytes();
    }
}
