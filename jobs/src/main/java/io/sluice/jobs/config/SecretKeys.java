package io.sluice.jobs.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which of Kafka's settings are secrets.
 *
 * <p>Everything under {@code sasl.} and {@code ssl.} is one unless it is known to be harmless, and
 * so is every setting of another name that sounds like one. A harmless value that is hidden costs a
 * look into the file; a secret that is shown costs more.
 */
final class SecretKeys {

    private static final Set<String> HARMLESS =
            Set.of(
                    "sasl.mechanism",
                    "sasl.kerberos.service.name",
                    "ssl.protocol",
                    "ssl.enabled.protocols",
                    "ssl.cipher.suites",
                    "ssl.endpoint.identification.algorithm",
                    "ssl.keystore.location",
                    "ssl.keystore.type",
                    "ssl.truststore.location",
                    "ssl.truststore.type");

    private static final List<String> SUSPICIOUS =
            List.of("password", "passwd", "secret", "token", "credential", "key", "jaas", "auth");

    private SecretKeys() {}

    static boolean isSecret(String key) {
        String name = key.toLowerCase(Locale.ROOT);
        if (HARMLESS.contains(name)) {
            return false;
        }
        return name.startsWith("sasl.")
                || name.startsWith("ssl.")
                || name.contains(".sasl.")
                || name.contains(".ssl.")
                || SUSPICIOUS.stream().anyMatch(name::contains);
    }
}
