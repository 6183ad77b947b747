package io.sluice.operators.features;

import io.sluice.operators.StateNames;
import io.sluice.state.feature.FeatureSchema;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;

/** Refuses records that were made for other features: their words would mean something else. */
final class SchemaGuard {

    private SchemaGuard() {}

    static void check(OperatorStateStore store, FeatureSchema schema) throws Exception {
        ListState<Long> state =
                store.getUnionListState(
                        new ListStateDescriptor<>(StateNames.FEATURE_SCHEMA, Types.LONG));
        long own = schema.fingerprint();
        for (long found : state.get()) {
            if (found != own) {
                throw new IllegalStateException(
                        "the state was made for features with the fingerprint %x, found features with %x; start from nothing to compute them over the topics again"
                                .formatted(found, own));
            }
        }
        state.update(List.of(own));
    }
}
