package io.sluice.planted.jobs.topology;

import org.apache.flink.api.common.functions.MapFunction;

final class StrayFunction implements MapFunction<String, String> {
    @Override
    public String map(String value) {
        return value;
    }
}
