package io.sluice.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/** A KRaft broker in a process of its own, run from the executable jar. */
final class BrokerProcess implements AutoCloseable {

    private final int port;
    private final OsProcess process;

    BrokerProcess(Path directory, String sluiceJar) throws IOException, InterruptedException {
        port = Ports.free();
        int controller = Ports.free();
        Files.createDirectories(directory);
        Path settings = directory.resolve("server.properties");
        Files.writeString(
                settings,
                """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@localhost:%2$d
                listeners=PLAINTEXT://localhost:%1$d,CONTROLLER://localhost:%2$d
                advertised.listeners=PLAINTEXT://localhost:%1$d
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=PLAINTEXT
                log.dirs=%3$s
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=1
                group.initial.rebalance.delay.ms=0
                auto.create.topics.enable=false
                log.cleaner.dedupe.buffer.size=4194304
                log.cleaner.threads=1
                """
                        .formatted(port, controller, directory.resolve("log")));
        try (OsProcess format =
                OsProcess.start(
                        "format",
                        directory,
                        Map.of(),
                        List.of(
                                Jvm.EXECUTABLE,
                                "-cp",
                                sluiceJar,
                                "kafka.tools.StorageTool",
                                "format",
                                "-t",
                                Uuid.randomUuid().toString(),
                                "-c",
                                settings.toString()))) {
            format.output(Duration.ofMinutes(1));
        }
        process =
                OsProcess.start(
                        "broker",
                        directory,
                        Map.of(),
                        List.of(
                                Jvm.EXECUTABLE,
                                "-Xmx512m",
                                "-cp",
                                sluiceJar,
                                "kafka.Kafka",
                                settings.toString()));
        Ports.awaitOpen(port, Duration.ofMinutes(1), process);
    }

    String bootstrap() {
        return "localhost:" + port;
    }

    @Override
    public void close() {
        process.close();
    }
}
