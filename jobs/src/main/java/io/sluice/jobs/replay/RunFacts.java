package io.sluice.jobs.replay;

import io.sluice.jobs.replay.dataset.DataProfile;
import io.sluice.jobs.report.DataFacts;
import java.util.Optional;

/** What there is to say about the data of a run, whoever made it. */
final class RunFacts {

    private RunFacts() {}

    /** What was read, and what became of it. */
    static DataFacts of(ReplayRequest request, ReplayConfig config, Run run, DeadLetterFile dead) {
        DataProfile profile = config.data().profile();
        return new DataFacts(
                request.data().toString(),
                config.data().exampleFile().name(),
                profile.examples().word(),
                profile.ofExamples().sha256(),
                run.rows(),
                dead.ofExampleFile(),
                run.judged().requests(),
                run.judged().examples(),
                run.behaviour(),
                dead.byReason());
    }

    /** A note when the rows had to be brought into the order of time. */
    static Optional<String> sorted(ReplayConfig config) {
        if (config.data().profile().ofExamples().inOrder()) {
            return Optional.empty();
        }
        return Optional.of(
                "%s is not in order of time; it was sorted in memory, equal times in the order of the file"
                        .formatted(config.data().exampleFile().name()));
    }

    /** Refuses data without a single example. */
    static void checkAny(ReplayRequest request, Run run, DeadLetterFile dead) {
        if (run.judged().examples() == 0) {
            throw new IllegalArgumentException(
                    "--data %s holds no example that could be used; dead letters by reason: %s"
                            .formatted(request.data(), dead.byReason()));
        }
    }
}
