package io.sluice.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class ShippedConfigTest {

    @Test
    void arrivesAsItWasWithItsSecretsAndWithoutTheEnvironment() throws Exception {
        SluiceConfig config =
                new ConfigLoader(name -> "PASSWORD".equals(name) ? "geheim" : null)
                        .set("name=shipped")
                        .set("kafka.bootstrap=a:1,b:2")
                        .set("kafka.properties={sasl.jaas.config: '${env:PASSWORD}', linger.ms: 5}")
                        .set("train.checkpointDir=\"/tmp/with space\"")
                        .set(
                                "features=[{name: user, source: user, type: id}, {name: price, source: features.price, type: number, bucket: {log: 2}}]")
                        .set("streaming=[{name: n, kind: count, scope: [user]}]")
                        .set("rank.quotas={books: {least: 1, most: 3}}")
                        .set("rank.pinned=[a, '1']")
                        .set("feedback.kinds={like: {label: 1, windowMs: 5000}}")
                        .load();

        SluiceConfig arrived = InstantiationUtil.clone(new ShippedConfig(config)).unpack();

        assertThat(arrived).isEqualTo(config);
        assertThat(arrived.kafka().clientProperties()).containsEntry("sasl.jaas.config", "geheim");
    }
}
