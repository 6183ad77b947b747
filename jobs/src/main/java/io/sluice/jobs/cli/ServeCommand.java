package io.sluice.jobs.cli;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.serve.RerankServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice serve}: answers rerank requests over HTTP until it is told to stop. */
@Command(
        name = "serve",
        description =
                "Answers rerank requests over HTTP from the published model, until SIGTERM or Ctrl-C.")
final class ServeCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private ConfigOptions options;

    @Override
    public Integer call() throws IOException, InterruptedException {
        SluiceConfig config = options.load();
        RerankServer server = RerankServer.start(config);
        CountDownLatch closed = new CountDownLatch(1);
        // The JVM ends when its hooks have, so the hook is what waits for an orderly end.
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    server.close();
                                    closed.countDown();
                                },
                                "serve-shutdown"));
        PrintWriter out = spec.commandLine().getOut();
        out.println("listening on " + server.url() + "; " + server.url() + "/ready says when");
        out.flush();
        closed.await();
        return SluiceCommand.DONE;
    }
}
