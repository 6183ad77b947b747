package io.sluice.jobs.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A part of the benchmark in a JVM of its own, as where it runs on its own: its pauses are nobody
 * else's. It writes lines to standard output, reads lines from standard input, and ends with it, so
 * that none is left over when the benchmark is killed. What it logs goes where this process logs.
 */
final class ChildJvm implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;

    /**
     * Starts one.
     *
     * @param main the class to run, of this class path
     */
    ChildJvm(Class<?> main, String... arguments) throws IOException {
        name = main.getSimpleName();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        in = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** The next line that it says. */
    String hear() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new EOFException(name + " has ended; its log says why");
        }
        return line;
    }

    /** The next line that it says, read as JSON. */
    <T> T hear(Class<T> type) throws IOException {
        return JSON.readValue(hear(), type);
    }

    /** Says a line to it. */
    void say(String line) throws IOException {
        in.write(line + "\n");
        in.flush();
    }

    /** Within it: says an object as a line of JSON. */
    static void tell(Object what) {
        try {
            System.out.println(JSON.writeValueAsString(what));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Within it: waits for a line of standard input, or for its end. */
    static void listen() throws IOException {
        for (int c = System.in.read(); c >= 0 && c != '\n'; c = System.in.read()) {
            // A line says no more than that it is there.
        }
    }

    /** Processor time of its threads so far, nanoseconds. */
    long processorNanos() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    /** Ends it: in order, or by force when it takes too long or this thread is interrupted. */
    @Override
    public void close() throws IOException {
        try {
            in.close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(name + " did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
            out.close();
        }
    }
}
