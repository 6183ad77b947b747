package io.sluice.jobs.bench;

import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.ConfigPrinter;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.serve.RerankServer;
import io.sluice.state.file.WholeFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** The server in a JVM of its own, as {@code sluice serve} runs it. */
final class ServerProcess implements AutoCloseable {

    private final ChildJvm jvm;
    private final URI url;

    /**
     * Starts it and waits until it listens.
     *
     * @param settings file that is written for it
     */
    ServerProcess(SluiceConfig config, Path settings) throws IOException {
        WholeFile.text(settings, ConfigPrinter.yaml(config));
        jvm = new ChildJvm(ServerProcess.class, settings.toString());
        try {
            url = URI.create(jvm.hear());
        } catch (IOException e) {
            jvm.close();
            throw e;
        }
    }

    /** Processor time of its threads so far, nanoseconds. */
    long processorNanos() {
        return jvm.processorNanos();
    }

    /** Where it listens. */
    URI url() {
        return url;
    }

    @Override
    public void close() throws IOException {
        jvm.close();
    }

    /** Serves until standard input ends: the file of settings. */
    public static void main(String[] args) throws IOException {
        SluiceConfig config = new ConfigLoader().file(Path.of(args[0])).load();
        try (RerankServer server = RerankServer.start(config)) {
            System.out.println(server.url());
            ChildJvm.listen();
        }
    }
}
