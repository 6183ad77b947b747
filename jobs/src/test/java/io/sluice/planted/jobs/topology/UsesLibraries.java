package io.sluice.planted.jobs.topology;

/** Wiring that reads its own Kafka, JSON, HTTP, models and command line. */
abstract class UsesLibraries {
    abstract org.apache.kafka.clients.consumer.ConsumerRecord<byte[], byte[]> kafka();

    abstract com.fasterxml.jackson.databind.JsonNode jackson();

    abstract org.eclipse.jetty.server.Server jetty();

    abstract ai.onnxruntime.OnnxValue onnx();

    abstract picocli.CommandLine picocli();
}
