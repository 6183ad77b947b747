package io.sluice.jobs.replay;

import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.replay.dataset.DataProfile;
import io.sluice.jobs.replay.dataset.DeadLetterBox;
import io.sluice.jobs.replay.dataset.ExampleKind;
import io.sluice.state.learner.Scored;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs one data set through the learner as often as wanted, each time as another configuration
 * demands. Every run is the run that {@code replay} makes of this configuration; the data are read
 * anew each time, so that nothing of one run is left in the next.
 */
public final class ArmRunner implements Closeable {

    private final ReplayRequest request;
    private final ReplayConfig base;
    private final DeadLetterFile dead;
    private final PrintWriter err;
    private boolean hasRun;

    private ArmRunner(
            ReplayRequest request, ReplayConfig base, DeadLetterFile dead, PrintWriter err) {
        this.request = request;
        this.base = base;
        this.dead = dead;
        this.err = err;
    }

    /**
     * Reads or infers the configuration and looks through the data.
     *
     * @param say takes what a person should know
     * @param err takes how far a run is
     */
    public static ArmRunner open(ReplayRequest request, Consumer<String> say, PrintWriter err)
            throws IOException {
        ReplayConfig base = ReplayConfig.of(request, System.currentTimeMillis(), say);
        RunFacts.sorted(base).ifPresent(say);
        Optional<Path> file = request.out().map(folder -> folder.resolve("dead-letters.jsonl"));
        if (request.out().isPresent()) {
            Files.createDirectories(request.out().get());
        }
        return new ArmRunner(
                request, base, new DeadLetterFile(file, base.data().exampleFile()), err);
    }

    /** The configuration that all arms start from. */
    public SluiceConfig config() {
        return base.config();
    }

    /** The same as a file, with which {@code replay} gives the same run. */
    public String yaml() {
        return base.yaml();
    }

    /** A loader that holds that configuration, for an arm to lay its own settings over. */
    public ConfigLoader loader() {
        return new ConfigLoader().text(base.yaml(), "the common configuration");
    }

    /**
     * Runs the stream once.
     *
     * @param config of this run; the data are read as the common configuration says
     * @param name for messages
     * @param witness is shown each judged prediction, in order
     */
    public ArmRun run(SluiceConfig config, String name, Consumer<Scored> witness)
            throws IOException {
        ReplaySettings settings =
                new ReplayConfig(config, base.data(), base.yaml(), base.isInferred())
                        .settings(request.limit());
        // Every run meets the same bad rows; they are written down once.
        DeadLetterBox box = hasRun ? DeadLetterBox.IGNORED : dead;
        hasRun = true;
        DataProfile profile = base.data().profile();
        EventSource source = new EventSource(base.data(), settings, box);
        Progress progress = new Progress(err, name, profile.ofExamples().rows());
        Judged judged = new Judged(profile.examples() == ExampleKind.SLATES, witness);
        Run run = new InProcessReplay(source, settings, progress).run(profile.examples(), judged);
        RunFacts.checkAny(request, run, dead);
        return new ArmRun(
                judged.log(),
                judged.slates(),
                judged.window(base.config().scores().windowExamples()),
                run.cost(),
                RunFacts.of(request, base, run, dead));
    }

    @Override
    public void close() throws IOException {
        dead.close();
    }
}
