package io.sluice.operators.train;

import io.sluice.state.model.TrainerRun;
import java.io.IOException;
import java.io.Serializable;

/** Knows which runs have published before, wherever pages go. Asked once, when a run begins. */
@FunctionalInterface
public interface ModelHistory extends Serializable {

    /** The newest run; {@link TrainerRun#NONE} when nothing was published. */
    TrainerRun newest() throws IOException;
}
