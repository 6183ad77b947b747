package io.sluice.operators.serde;

import java.util.List;
import org.apache.flink.api.common.typeutils.TypeInformationTestBase;

/** What Flink asks of every type information, asked of each of ours. */
class CodecTypeInfoTest extends TypeInformationTestBase<CodecTypeInfo<?>> {

    @Override
    protected CodecTypeInfo<?>[] getTestData() {
        return List.of(
                        SluiceTypes.STREAM_EVENT,
                        SluiceTypes.LEARNER_EVENT,
                        SluiceTypes.SCORED,
                        SluiceTypes.DEAD_LETTER,
                        SluiceTypes.PAGE)
                .toArray(new CodecTypeInfo<?>[0]);
    }
}
