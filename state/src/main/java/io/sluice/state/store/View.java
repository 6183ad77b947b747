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
        SparseTower tower) {

    /**
     * Puts the pages together and refuses what does not belong together.
     *
     * @param towerPage may be null
     * @return null when the head wants a tower that has not come yet
     */
    static View of(Page schemaPage, Page headPage, Page towerPage, Manifest manifest)
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
        return new View(manifest, schema, new FeatureEncoder(schema), scaling, curves, head, tower);
    }
}
