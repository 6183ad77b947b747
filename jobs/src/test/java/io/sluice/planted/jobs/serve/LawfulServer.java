package io.sluice.planted.jobs.serve;

abstract class LawfulServer {
    abstract org.apache.kafka.clients.consumer.ConsumerRecord<byte[], byte[]> kafka();

    abstract com.fasterxml.jackson.databind.JsonNode jackson();

    abstract org.eclipse.jetty.server.Server jetty();
}
