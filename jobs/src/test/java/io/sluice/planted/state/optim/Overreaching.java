package io.sluice.planted.state.optim;

/** State that knows Flink, Kafka, Jackson, picocli and the modules above. */
abstract class Overreaching {
    abstract org.apache.flink.api.common.functions.MapFunction<String, String> flink();

    abstract org.apache.kafka.common.TopicPartition kafka();

    abstract com.fasterxml.jackson.databind.JsonNode jackson();

    abstract picocli.CommandLine picocli();

    abstract io.sluice.planted.operators.train.LawfulFunction operators();

    abstract io.sluice.planted.jobs.cli.LawfulCommand jobs();
}
