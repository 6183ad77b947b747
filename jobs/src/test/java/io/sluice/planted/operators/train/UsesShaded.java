package io.sluice.planted.operators.train;

abstract class UsesShaded {
    abstract org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode shaded();
}
