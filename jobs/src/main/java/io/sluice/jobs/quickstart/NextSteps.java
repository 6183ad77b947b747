package io.sluice.jobs.quickstart;

import io.sluice.jobs.files.Resources;
import io.sluice.state.file.WholeFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What to do after the quick start: the same on one's own Kafka, as commands to copy. */
final class NextSteps {

    private static final String FOLDER = "/io/sluice/jobs/quickstart/";

    static final String CONFIG = "my.yaml";

    private NextSteps() {}

    /**
     * Leaves a configuration to start from and prints the commands.
     *
     * @param folder where the configuration goes; one that is there already is kept
     */
    static void print(Path folder, PrintWriter out) throws IOException {
        Path config = folder.resolve(CONFIG);
        if (!Files.exists(config)) {
            WholeFile.text(config, Resources.text(FOLDER + CONFIG));
        }
        String text = Resources.text(FOLDER + "next-steps.txt");
        out.print(
                text.replace("{sluice}", "java -jar " + jar())
                        .replace("{config}", config.toString()));
        out.flush();
    }

    /** The jar this runs from, as one would type it here. */
    private static Path jar() {
        Path usual = Path.of("jobs", "target", "sluice.jar");
        try {
            Path code =
                    Path.of(
                            NextSteps.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            Path here = Path.of("").toAbsolutePath();
            if (!code.toString().endsWith(".jar")) {
                return usual;
            }
            return code.startsWith(here) ? here.relativize(code) : code;
        } catch (URISyntaxException e) {
            return usual;
        }
    }
}
