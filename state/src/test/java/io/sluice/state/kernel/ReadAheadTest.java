package io.sluice.state.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.event.Attributes;
import io.sluice.state.feature.EncodedItem;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadAheadTest {

    private static final FeatureEncoder ENCODER =
            new FeatureEncoder(
                    new FeatureSchema(List.of(FeatureSpec.of("item", Source.ITEM, "", Kind.ID))));

    private final ReadAhead ahead = new ReadAhead();

    @Test
    void whatAttributesRememberIsRead() {
        Attributes features = Attributes.EMPTY.remembering();
        ENCODER.item("i1", features, new EncodedItem.Scratch());

        ENCODER.readAhead(features, ahead);

        assertThat(ahead.sum()).isNotZero();
    }

    @Test
    void whereNothingIsRememberedThereIsNothingToRead() {
        ENCODER.readAhead(Attributes.EMPTY, ahead);

        assertThat(ahead.sum()).isZero();
    }
}
