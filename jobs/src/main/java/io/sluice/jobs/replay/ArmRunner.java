package io.sluice.jobs.replay;

import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.replay.dataset.DataProfile;
import io.sluice.jobs.replay.dataset.DeadLetterBox;
import io.sluice.jobs.replay.dataset.ExampleKind;
import io.sluice.state.evaluate.Truth;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs one data set through the learner as often as wanted, each time as another configuration
 * demands. Every run is the run that {@code replay} makes of this configuration, bit for bit; those
 * with equal features and equal {@code feedback} share one pass over the data, which are encoded
 * once for all of them.
 */
public final class ArmRunner implements Closeable {

    /** Most learners on one pass. */
    private static final int TOGETHER = 8;

    private final ReplayRequest request;
    private final ReplayConfig base;
    private final DeadLetterFile dead;
    private final Optional<Truth> truth;
    private final PrintWriter err;
    private boolean hasRun;

    private ArmRunner(
            ReplayRequest request,
            ReplayConfig base,
            DeadLetterFile dead,
            Optional<Truth> truth,
            PrintWriter err) {
        this.request = request;
        this.base = base;
        this.dead = dead;
        this.truth = truth;
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
                request,
                base,
                new DeadLetterFile(file, base.data().exampleFile()),
                base.truth(),
                err);
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
     * Runs the stream for several configurations, together where they have the same features.
     *
     * @param arms in order; the data are read as the common configuration says
     * @return what each made of it, in the same order
     */
    public List<ArmRun> run(List<ArmStart> arms) throws IOException {
        List<ArmRun> runs = new ArrayList<>();
        for (List<ArmStart> together : together(arms)) {
            // Every run meets the same bad rows; they are written down once.
            DeadLetterBox box = hasRun ? DeadLetterBox.IGNORED : dead;
            hasRun = true;
            for (Run run : run(together, request.limit(), box)) {
                RunFacts.checkAny(request, run, dead);
                runs.add(
                        new ArmRun(
                                run.judged().log(),
                                run.judged().slates(),
                                run.judged().ranked(),
                                run.judged().drift(),
                                run.judged().window(base.config().scores().windowExamples()),
                                run.cost(),
                                RunFacts.of(request, base, run, dead)));
            }
        }
        return runs;
    }

    /**
     * Runs the beginning of the stream only.
     *
     * @param limit how many examples, or requests of slates
     * @return the logloss of each, NaN without examples
     */
    public List<Double> loglossOfBeginning(List<ArmStart> arms, long limit) throws IOException {
        List<Double> losses = new ArrayList<>();
        for (List<ArmStart> together : together(arms)) {
            for (Run run : run(together, limit, DeadLetterBox.IGNORED)) {
                losses.add(run.judged().log().overall().logloss());
            }
        }
        return losses;
    }

    /** So many examples, or requests of slates, are this share of the stream. */
    public long beginning(double share) {
        long rows = base.data().profile().ofExamples().rows();
        return (long) Math.ceil(share * Math.min(rows, request.limit()));
    }

    /**
     * Neighbours with equal features and feedback; not too many at a time, since each keeps its
     * predictions.
     */
    private static List<List<ArmStart>> together(List<ArmStart> arms) {
        List<List<ArmStart>> groups = new ArrayList<>();
        for (ArmStart arm : arms) {
            List<ArmStart> last = groups.isEmpty() ? null : groups.get(groups.size() - 1);
            if (last == null
                    || last.size() == TOGETHER
                    || !last.get(0).config().schema().equals(arm.config().schema())
                    || !last.get(0).config().feedback().equals(arm.config().feedback())) {
                last = new ArrayList<>();
                groups.add(last);
            }
            last.add(arm);
        }
        return groups;
    }

    private List<Run> run(List<ArmStart> arms, long limit, DeadLetterBox box) throws IOException {
        DataProfile profile = base.data().profile();
        boolean slates = profile.examples() == ExampleKind.SLATES;
        ReplaySettings settings = settings(arms.get(0), limit);
        EventSource source = new EventSource(base.data(), settings, box);
        List<Lane> lanes = new ArrayList<>();
        for (ArmStart arm : arms) {
            Judged judged = new Judged(slates, truth, arm.witness());
            lanes.add(new Lane(settings(arm, limit), judged));
        }
        String name = arms.get(0).name() + (arms.size() > 1 ? " and others" : "");
        Progress progress = new Progress(err, name, profile.ofExamples().rows());
        return new InProcessReplay(source, settings, progress).run(profile.examples(), lanes);
    }

    private ReplaySettings settings(ArmStart arm, long limit) {
        return base.with(arm.config()).settings(limit);
    }

    @Override
    public void close() throws IOException {
        dead.close();
    }
}
