package io.sluice.jobs.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.jobs.config.ConfigPrinter;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.state.file.WholeFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All runs of all loads, and their medians. */
final class ServeFigures {

    private final Map<String, List<Latencies>> loads = new LinkedHashMap<>();
    private final List<Freshness> fresh = new ArrayList<>();
    private final Map<String, List<Double>> processorMicros = new LinkedHashMap<>();
    private long learnt;

    void learnt(long examples) {
        learnt = examples;
    }

    long learnt() {
        return learnt;
    }

    void add(String load, Latencies run) {
        loads.computeIfAbsent(load, name -> new ArrayList<>()).add(run);
    }

    void processor(String load, double micros) {
        processorMicros.computeIfAbsent(load, name -> new ArrayList<>()).add(micros);
    }

    void fresh(Freshness run) {
        fresh.add(run);
    }

    /** Of each load the run in the middle, by the 99 % point. */
    Map<String, Latencies> medians() {
        Map<String, Latencies> medians = new LinkedHashMap<>();
        loads.forEach(
                (name, runs) ->
                        medians.put(
                                name,
                                runs.stream()
                                        .sorted(Comparator.comparing(Latencies::p99))
                                        .toList()
                                        .get(runs.size() / 2)));
        return medians;
    }

    /** Writes one JSON object, if a file is asked for. */
    void write(ServeBench.Request request, SluiceConfig config) throws IOException {
        if (request.json().isEmpty()) {
            return;
        }
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("command", "bench serve");
        root.put("revision", request.revision());
        root.put("seed", config.seed());
        root.set("settings", ConfigPrinter.tree(config));
        ObjectNode data = root.putObject("data");
        data.put("history", request.history());
        data.put("examples", learnt);
        data.put("users", BenchWorld.USERS);
        data.put("items", BenchWorld.ITEMS);
        data.put("candidates", BenchWorld.CANDIDATES);
        data.put("features", BenchWorld.FEATURES);
        root.put("processors", Runtime.getRuntime().availableProcessors());
        root.put("load", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        ObjectNode medians = root.putObject("micros");
        medians().forEach((name, median) -> medians.set(name, mapper.valueToTree(median)));
        ObjectNode runs = root.putObject("runs");
        loads.forEach(
                (name, all) -> {
                    ArrayNode each = runs.putArray(name);
                    all.forEach(run -> each.add(mapper.<ObjectNode>valueToTree(run)));
                });
        ObjectNode processor = root.putObject("processorMicros");
        processorMicros.forEach(
                (name, all) -> {
                    ArrayNode each = processor.putArray(name);
                    all.forEach(each::add);
                });
        ArrayNode freshness = root.putArray("freshness");
        fresh.forEach(run -> freshness.add(mapper.<ObjectNode>valueToTree(run)));
        WholeFile.text(
                request.json().get(),
                mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }
}
