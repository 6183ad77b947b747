package io.sluice.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretKeysTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sasl.jaas.config",
                "sasl.oauthbearer.client.credentials.client.secret",
                "sasl.login.something.new",
                "ssl.key.password",
                "ssl.keystore.key",
                "SSL.Key.Password",
                "listener.name.sasl_ssl.plain.sasl.jaas.config",
                "schema.registry.basic.auth.user.info",
                "some.api.token",
                "proxy.credential"
            })
    void hidesWhatIsOrMayBeASecret(String key) {
        assertThat(SecretKeys.isSecret(key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "security.protocol",
                "sasl.mechanism",
                "ssl.truststore.location",
                "client.id",
                "max.poll.records",
                "compression.type"
            })
    void showsWhatHelpsToFindAMistake(String key) {
        assertThat(SecretKeys.isSecret(key)).isFalse();
    }
}
