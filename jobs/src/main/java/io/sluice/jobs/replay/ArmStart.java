package io.sluice.jobs.replay;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.state.learner.Scored;
import java.util.function.Consumer;

/**
 * A configuration that is about to run.
 *
 * @param name for messages
 * @param config of the run
 * @param witness is shown each judged prediction, in order
 */
public record ArmStart(String name, SluiceConfig config, Consumer<Scored> witness) {}
