package io.sluice.jobs.report;

import java.util.List;

/**
 * A setting that was chosen on the beginning of the stream.
 *
 * @param key the setting
 * @param values that were tried
 * @param logloss of each, on the beginning
 * @param chosen the value that was chosen
 */
public record TunedSetting(String key, List<String> values, List<Double> logloss, String chosen) {

    public TunedSetting {
        values = List.copyOf(values);
        logloss = List.copyOf(logloss);
    }
}
