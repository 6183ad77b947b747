package io.sluice.jobs.replay.dataset;

import io.sluice.state.check.Checks;
import io.sluice.state.evaluate.Truth;
import io.sluice.state.event.Interaction;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A data set that was looked through once and can now be read as events in order of time.
 *
 * <p>The first look decides what is a number and whether a file must be sorted; it is the same
 * whatever the configuration, so that an inferred configuration that is fed back gives the same
 * events.
 */
public final class DataSet {

    private final DataFolder folder;
    private final DataLimits limits;
    private final DataProfile profile;
    private final Optional<RowTimes> times;

    private DataSet(
            DataFolder folder, DataLimits limits, DataProfile profile, Optional<RowTimes> times) {
        this.folder = folder;
        this.limits = limits;
        this.profile = profile;
        this.times = times;
    }

    /**
     * Looks through all files.
     *
     * @param wanted which file holds the examples; empty: slates where there are some
     * @param ordered see {@code examples.ordered}
     */
    public static DataSet open(
            DataFolder folder, Optional<ExampleKind> wanted, DataLimits limits, boolean ordered)
            throws IOException {
        ExampleKind kind =
                wanted.orElse(
                        folder.slates().isPresent()
                                ? ExampleKind.SLATES
                                : ExampleKind.INTERACTIONS);
        if (file(folder, kind).isEmpty()) {
            throw new IllegalArgumentException(
                    "--examples %s: found no such file in %s"
                            .formatted(kind.word(), folder.path()));
        }
        Checks.that(
                !ordered || kind == ExampleKind.INTERACTIONS,
                "examples.ordered",
                "false where slates are the examples: all of a list has the moment of its request, and"
                        + " nothing says how rows of two files follow one another",
                ordered);
        Optional<RowTimes> times =
                ordered
                        ? Optional.of(RowTimes.read(folder.interactions().orElseThrow(), limits))
                        : Optional.empty();
        return new DataSet(
                folder,
                limits,
                new DataProfile(
                        kind,
                        profile(folder, ExampleKind.INTERACTIONS, kind, limits, times),
                        profile(folder, ExampleKind.SLATES, kind, limits, Optional.empty()),
                        TableProfile.ofSide(folder.users(), limits),
                        TableProfile.ofSide(folder.items(), limits)),
                times);
    }

    private static FileProfile profile(
            DataFolder folder,
            ExampleKind kind,
            ExampleKind examples,
            DataLimits limits,
            Optional<RowTimes> times)
            throws IOException {
        // Interactions stream beside slates, but slates never beside interactions.
        boolean needed = kind == examples || kind == ExampleKind.INTERACTIONS;
        Optional<DataFile> file = file(folder, kind);
        return needed && file.isPresent()
                ? new FileProfiler(file.get(), limits, times).profile(kind)
                : FileProfile.NONE;
    }

    private static Optional<DataFile> file(DataFolder folder, ExampleKind kind) {
        return kind == ExampleKind.SLATES ? folder.slates() : folder.interactions();
    }

    /** What the first look showed. */
    public DataProfile profile() {
        return profile;
    }

    /** The file with the examples. */
    public DataFile exampleFile() {
        return file(folder, profile.examples()).orElseThrow();
    }

    /** The truth about the interactions, where they are the examples and were generated with it. */
    public Optional<Truth> truth() throws IOException {
        return profile.examples() == ExampleKind.INTERACTIONS
                ? TruthColumns.read(exampleFile(), limits)
                : Optional.empty();
    }

    /**
     * After how long positives became known, where interactions are the examples and say so.
     *
     * @param longestMs the longest time that may stand there
     */
    public Optional<KnownDelays> delays(long longestMs) throws IOException {
        return profile.examples() == ExampleKind.INTERACTIONS
                ? KnownDelays.read(exampleFile(), limits, longestMs)
                : Optional.empty();
    }

    /** Whether interactions stream beside slates. */
    public boolean hasBehaviour() {
        return profile.hasBehaviour();
    }

    /**
     * Reads users and items.
     *
     * @param context which names to read of users
     * @param features which names to read of items
     */
    public SideTables sides(
            Predicate<String> context, Predicate<String> features, DeadLetterBox dead)
            throws IOException {
        return new SideTables(
                SideTable.read(folder.users(), profile.users(), context, limits, dead),
                SideTable.read(folder.items(), profile.items(), features, limits, dead));
    }

    /**
     * Opens the interactions.
     *
     * @param context which names to read of the columns
     * @param labelThreshold see {@code examples.labelThreshold}; NaN for none
     */
    public EventReader<Interaction> interactions(
            Predicate<String> context, SideTables sides, double labelThreshold, DeadLetterBox dead)
            throws IOException {
        DataFile file = folder.interactions().orElseThrow();
        FileProfile seen = profile.interactions();
        EventReader<Interaction> reader =
                new InteractionReader(
                        new CsvReader(file.name(), file.open(), limits.rowBytes()),
                        limits,
                        times,
                        seen.context(),
                        context,
                        sides,
                        labelThreshold,
                        dead);
        return seen.inOrder() ? reader : new SortedReader<>(reader, Interaction::timestamp);
    }

    /**
     * Opens the slates.
     *
     * @param context which names to read of the context
     * @param features which names to read of the slots
     */
    public EventReader<Slate> slates(
            Predicate<String> context,
            Predicate<String> features,
            SideTables sides,
            DeadLetterBox dead)
            throws IOException {
        EventReader<Slate> reader =
                new SlateReader(
                        folder.slates().orElseThrow(), limits, context, features, sides, dead);
        return profile.slates().inOrder()
                ? reader
                : new SortedReader<>(reader, slate -> slate.impression().timestamp());
    }
}
