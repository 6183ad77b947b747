package io.sluice.jobs.replay.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of a data set: a folder with {@code interactions.csv}, {@code slates.jsonl}, {@code
 * items.csv} and {@code users.csv}, each optional, each also with {@code .gz}; or one file of the
 * first two kinds.
 *
 * @param path as given
 * @param interactions labelled events
 * @param slates lists with their outcome
 * @param items what is known of items
 * @param users what is known of users
 */
public record DataFolder(
        Path path,
        Optional<DataFile> interactions,
        Optional<DataFile> slates,
        Optional<DataFile> items,
        Optional<DataFile> users) {

    /** Finds the files; a place without any example is wrong usage. */
    public static DataFolder open(Path path) {
        if (Files.isDirectory(path)) {
            return ofFolder(path);
        }
        if (!Files.isReadable(path)) {
            throw new IllegalArgumentException(
                    "--data must be a folder or file that can be read, found " + path);
        }
        Optional<DataFile> file = Optional.of(new DataFile(path));
        boolean json = file.get().holdsJson();
        return new DataFolder(
                path,
                json ? Optional.empty() : file,
                json ? file : Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static DataFolder ofFolder(Path path) {
        DataFolder folder =
                new DataFolder(
                        path,
                        find(path, "interactions.csv"),
                        find(path, "slates.jsonl"),
                        find(path, "items.csv"),
                        find(path, "users.csv"));
        if (folder.interactions.isEmpty() && folder.slates.isEmpty()) {
            throw new IllegalArgumentException(
                    "--data must hold interactions.csv or slates.jsonl, each plain or with .gz,"
                            + " found neither in "
                            + path);
        }
        return folder;
    }

    private static Optional<DataFile> find(Path folder, String name) {
        var found =
                Stream.of(name, name + ".gz")
                        .map(folder::resolve)
                        .filter(Files::isRegularFile)
                        .toList();
        if (found.size() > 1) {
            throw new IllegalArgumentException(
                    "--data must hold each file once, found %s and %s in %s; remove one"
                            .formatted(name, name + ".gz", folder));
        }
        return found.stream().findFirst().map(DataFile::new);
    }
}
