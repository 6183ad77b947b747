package io.sluice.planted.operators.train;

import org.apache.flink.api.common.functions.MapFunction;

/** A function where functions live. */
public final class LawfulFunction implements MapFunction<String, String> {
    @Override
    public String map(String value) {
        return value;
    }
}
