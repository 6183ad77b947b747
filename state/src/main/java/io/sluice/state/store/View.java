package io.sluice.state.store;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.codec.PagePayloads;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.model.Manifest;
import io.sluice.state.model.Page;
import io.sluice.state.sparse.FallbackKeys;

/** Everything but the rows that a visible publication consists of. Immutable. */
record View(Manifest manifest, FeatureEncoder encoder, float bias, FallbackKeys fallback) {

    /** Puts the pages together and refuses what does not belong together. */
    static View of(Page schemaPage, Page headPage, Manifest manifest) throws CorruptStateException {
        FeatureSchema schema = PagePayloads.readSchema(schemaPage.payload());
        if (schema.fingerprint() != manifest.schemaFingerprint()) {
            throw new CorruptStateException(
                    "manifest %s: found feature schema %x, expected %x as in its schema page"
                            .formatted(
                                    manifest.version(),
                                    manifest.schemaFingerprint(),
                                    schema.fingerprint()));
        }
        float bias = PagePayloads.readHead(headPage.payload());
        return new View(
                manifest,
                new FeatureEncoder(schema),
                bias,
                PagePayloads.readFallback(headPage.payload()));
    }
}
