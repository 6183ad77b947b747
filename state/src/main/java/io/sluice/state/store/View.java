package io.sluice.state.store;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.codec.PagePayloads;
import io.sluice.state.codec.ServedHead;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.NumberScaling;
import io.sluice.state.model.Manifest;
import io.sluice.state.model.NumberCurves;
import io.sluice.state.model.Page;
import io.sluice.state.rank.RankerHead;
import io.sluice.state.tower.SparseTower;

/**
 * Everything but the rows that a visible publication consists of. Immutable; the tower is null
 * where there is none.
 */
record View(
        Manifest manifest,
        FeatureSchema schema,
        FeatureEncoder encoder,
        NumberScaling scaling,
        NumberCurves curves,
        ServedHead head,
        SparseTower tower,
        RankerHead ranker) {

    /**
     * Puts the pages together and refuses what does not belong together.
     *
     * @param towerPage may be null
     * @param rankerPage null before there is one: candidates are sorted
     * @return null when the head wants a tower that has not come yet
     */
    static View of(
            Page schemaPage, Page headPage, Page towerPage, Page rankerPage, Manifest manifest)
            throws CorruptStateException {
        FeatureSchema schema = PagePayloads.readSchema(schemaPage.payload());
        if (schema.fingerprint() != manifest.schemaFingerprint()) {
            throw new CorruptStateException(
                    "manifest %s: found feature schema %x, expected %x as in its schema page"
                            .formatted(
                                    manifest.version(),
                                    manifest.schemaFingerprint(),
                                    schema.fingerprint()));
        }
        NumberScaling scaling = new NumberScaling(schema);
        NumberCurves curves = NumberCurves.served(scaling);
        ServedHead head = PagePayloads.readHead(headPage.payload(), scaling, curves);
        if (head.hasTower() && towerPage == null) {
            return null;
        }
        int inputs = schema.fields() * manifest.dimensions();
        SparseTower tower =
                head.hasTower() ? PagePayloads.readTower(towerPage.payload(), inputs) : null;
        return new View(
                manifest,
                schema,
                new FeatureEncoder(schema),
                scaling,
                curves,
                head,
                tower,
                ranker(rankerPage, manifest.dimensions()));
    }

    /** A head of other dimensions is a leftover of another model. */
    private static RankerHead ranker(Page page, int dimensions) throws CorruptStateException {
        if (page == null) {
            return RankerHead.sort(dimensions);
        }
        RankerHead head = PagePayloads.readRanker(page.payload());
        return head.dimensions() == dimensions ? head : RankerHead.sort(dimensions);
    }
}
