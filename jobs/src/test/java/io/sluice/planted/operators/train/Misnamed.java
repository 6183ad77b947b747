package io.sluice.planted.operators.train;

import org.apache.flink.api.common.functions.MapFunction;

final class Misnamed implements MapFunction<String, String> {
    @Override
    public String map(String value) {
        return value;
    }
}
