package io.sluice.jobs.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A single-node KRaft broker (controller and broker in one) inside this JVM, transactions included.
 *
 * <p>Listens on the loopback interface only. Opening the same directory again keeps its topics. One
 * start takes a few seconds in a fresh JVM, half a second in a warm one.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final int NODE_ID = 1;

    /** A port that was free when asked may be taken by another process before the broker binds. */
    private static final int ATTEMPTS = 5;

    /** Dead letters hold records larger than Kafka's default of 1 MiB. */
    private static final int LARGEST_RECORD = 17 * 1024 * 1024;

    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedKafka(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker on free ports.
     *
     * @param directory holds its log; made if it does not exist
     * @throws IOException when the directory cannot be written
     * @throws IllegalStateException when the broker does not start
     */
    public static EmbeddedKafka start(Path directory) throws IOException {
        return start(directory, EmbeddedKafka::freePort);
    }

    /**
     * Starts a broker where another one has been, for clients that still know that one.
     *
     * @param directory of the one before, which is closed
     * @param port of the one before
     */
    public static EmbeddedKafka reopen(Path directory, int port) throws IOException {
        return start(directory, () -> port);
    }

    private static EmbeddedKafka start(Path directory, Port ports) throws IOException {
        Path log = Files.createDirectories(directory.toAbsolutePath().resolve("log"));
        RuntimeException last = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ports.next();
            KafkaRaftServer server = open(log, port, freePort());
            try {
                server.startup();
                return new EmbeddedKafka(server, port);
            } catch (RuntimeException e) {
                last = e;
                server.shutdown();
                server.awaitShutdown();
            }
        }
        throw new IllegalStateException(
                "the embedded broker did not start in %s after %d attempts"
                        .formatted(log, ATTEMPTS),
                last);
    }

    private static KafkaRaftServer open(Path log, int port, int controllerPort) {
        format(log);
        return new KafkaRaftServer(
                new KafkaConfig(settings(log, port, controllerPort), false), Time.SYSTEM);
    }

    private static void format(Path log) {
        if (Files.exists(log.resolve("meta.properties"))) {
            return;
        }
        try {
            new Formatter()
                    .setNodeId(NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(log.toString())
                    .setDirectories(List.of(log.toString()))
                    .setIgnoreFormatted(true)
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("cannot format the broker's log in " + log, e);
        }
    }

    private static Map<String, Object> settings(Path log, int port, int controllerPort) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("controller.quorum.voters", NODE_ID + "@localhost:" + controllerPort);
        settings.put(
                "listeners",
                "PLAINTEXT://localhost:%d,CONTROLLER://localhost:%d"
                        .formatted(port, controllerPort));
        settings.put("advertised.listeners", "PLAINTEXT://localhost:" + port);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("log.dirs", log.toString());
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("auto.create.topics.enable", "false");
        // The default of 128 MB is most of what an idle broker would hold.
        settings.put("log.cleaner.dedupe.buffer.size", "4194304");
        settings.put("log.cleaner.threads", "1");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
        settings.put("message.max.bytes", Integer.toString(LARGEST_RECORD));
        settings.put("replica.fetch.max.bytes", Integer.toString(LARGEST_RECORD));
        return settings;
    }

    /** Where a broker may listen. */
    @FunctionalInterface
    private interface Port {
        int next() throws IOException;
    }

    /** The port listened on. */
    public int port() {
        return port;
    }

    /** The value for {@code bootstrap.servers}. */
    public String bootstrap() {
        return "localhost:" + port;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
