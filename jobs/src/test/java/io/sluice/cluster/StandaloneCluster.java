package io.sluice.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A Flink standalone cluster of separate processes from Maven artifacts: a JobManager,
 * TaskManagers, and Flink's own command-line client. Memory flags are computed as Flink's scripts
 * do it.
 */
final class StandaloneCluster implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path directory;
    private final String classPath;
    private final int restPort;
    private final Map<String, String> environment;
    private final List<OsProcess> taskManagers = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private OsProcess jobManager;
    private int commands;

    StandaloneCluster(Path directory, Path lib) throws IOException, InterruptedException {
        this.directory = directory;
        classPath = lib.resolve("*").toString();
        restPort = Ports.free();
        Path conf = Files.createDirectories(directory.resolve("conf"));
        Files.createDirectories(directory.resolve("plugins"));
        Files.createDirectories(directory.resolve("tmp"));
        Files.writeString(conf.resolve("config.yaml"), settings());
        environment =
                Map.of(
                        "FLINK_CONF_DIR",
                        conf.toString(),
                        "FLINK_PLUGINS_DIR",
                        directory.resolve("plugins").toString());
        jobManager =
                start(
                        "jobmanager",
                        "GET_JM_RESOURCE_PARAMS",
                        "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint");
        startTaskManager();
    }

    private String settings() throws IOException {
        return """
        jobmanager:
          bind-host: localhost
          rpc: {address: localhost, port: %d}
          memory: {process: {size: 1024m}}
        taskmanager:
          bind-host: localhost
          host: localhost
          numberOfTaskSlots: 2
          memory: {process: {size: 1536m}}
        rest: {address: localhost, bind-address: localhost, port: %d}
        execution: {checkpointing: {savepoint-dir: "%s"}}
        restart-strategy: {type: fixed-delay, fixed-delay: {attempts: 100, delay: 1 s}}
        heartbeat: {interval: 2000, timeout: 8000}
        io: {tmp: {dirs: %s}}
        """
                .formatted(
                        Ports.free(),
                        restPort,
                        directory.resolve("savepoints").toUri(),
                        directory.resolve("tmp"));
    }

    void startTaskManager() throws IOException, InterruptedException {
        taskManagers.add(
                start(
                        "taskmanager" + taskManagers.size(),
                        "GET_TM_RESOURCE_PARAMS",
                        "org.apache.flink.runtime.taskexecutor.TaskManagerRunner"));
        await("a task manager with free slots", "/overview", "\"slots-available\":[1-9]");
    }

    /** SIGKILL of the newest TaskManager. */
    void killTaskManager() throws InterruptedException {
        taskManagers.get(taskManagers.size() - 1).kill();
    }

    private OsProcess start(String name, String resources, String mainClass)
            throws IOException, InterruptedException {
        // Line 1: JVM flags, line 2: settings; computed by Flink from the process sizes.
        List<String> lines =
                run(
                                "memory-" + name,
                                List.of(
                                        "org.apache.flink.runtime.util.bash.BashJavaUtils",
                                        resources,
                                        "--configDir",
                                        conf()))
                        .lines()
                        .filter(line -> line.startsWith("BASH_JAVA_UTILS_EXEC_RESULT:"))
                        .map(line -> line.substring(line.indexOf(':') + 1))
                        .toList();
        List<String> command = new ArrayList<>(List.of(Jvm.EXECUTABLE));
        command.addAll(Arrays.asList(lines.get(0).trim().split(" ")));
        command.addAll(List.of("-cp", classPath, mainClass, "--configDir", conf()));
        command.addAll(Arrays.asList(lines.get(1).trim().split(" ")));
        return OsProcess.start(name, directory, environment, command);
    }

    private String conf() {
        return directory.resolve("conf").toString();
    }

    private String run(String name, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Jvm.EXECUTABLE));
        // Flink's client needs it on JDK 17; the executables of its distribution set it too.
        command.add("--add-opens=java.base/java.util=ALL-UNNAMED");
        command.addAll(List.of("-cp", classPath));
        command.addAll(arguments);
        try (OsProcess process = OsProcess.start(name, directory, environment, command)) {
            return process.output(LIMIT);
        }
    }

    /** {@code flink arguments…}; returns what it printed. */
    String flink(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add("org.apache.flink.client.cli.CliFrontend");
        command.addAll(Arrays.asList(arguments));
        return run("flink-" + arguments[0] + commands++, command);
    }

    /** Waits until an answer of the cluster's HTTP API matches. */
    void await(String what, String path, String pattern) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        String last = "";
        while (!last.matches("(?s).*" + pattern + ".*")) {
            jobManager.requireAlive();
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "waited %s for %s, last answer: %s".formatted(LIMIT, what, last));
            }
            LockSupport.parkNanos(100_000_000);
            last = get(path);
        }
    }

    private String get(String path) throws InterruptedException {
        URI uri = URI.create("http://localhost:" + restPort + path);
        try {
            return http.send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException notYet) {
            return "no answer: " + notYet;
        }
    }

    @Override
    public void close() {
        taskManagers.forEach(OsProcess::close);
        jobManager.close();
    }
}
