package io.sluice.jobs.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.ConfigPrinter;
import io.sluice.jobs.config.SluiceConfig;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Measures {@link InProcess} in a JVM that does nothing else, as a program does that ranks without
 * a door: it shares memory and processors with neither broker nor jobs.
 */
final class OwnProcess {

    private static final ObjectMapper JSON = new ObjectMapper();

    private OwnProcess() {}

    /**
     * Starts a JVM, waits for it and returns what it measured.
     *
     * @param view directory of a view that is prepared
     * @param directory for what is written
     * @param count of requests
     * @throws IOException when it fails; what it said is in this process's error stream
     */
    static InProcess measure(SluiceConfig config, Path view, Path directory, int count)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path settings = directory.resolve("settings.yaml");
        Path figures = directory.resolve("figures.json");
        Files.writeString(settings, ConfigPrinter.yaml(config));
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                OwnProcess.class.getName(),
                                settings.toString(),
                                view.toString(),
                                Integer.toString(count),
                                figures.toString())
                        .redirectOutput(Redirect.DISCARD)
                        .redirectError(Redirect.INHERIT)
                        .start();
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException(
                        "the process that ranks without a door ended with status " + status);
            }
        } finally {
            process.destroyForcibly();
        }
        return JSON.readValue(figures.toFile(), InProcess.class);
    }

    /** Measures: settings, directory of the view, count of requests, file for the figures. */
    public static void main(String[] args) throws Exception {
        SluiceConfig config = new ConfigLoader().file(Path.of(args[0])).load();
        InProcess measured =
                InProcess.measure(
                        config,
                        Path.of(args[1]),
                        n -> BenchWorld.request("own", n),
                        Integer.parseInt(args[2]));
        JSON.writeValue(Path.of(args[3]).toFile(), measured);
    }
}
