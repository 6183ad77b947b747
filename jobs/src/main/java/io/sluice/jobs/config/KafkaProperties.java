package io.sluice.jobs.config;

import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Settings for Kafka's clients that print themselves without their secrets.
 *
 * <p>What is shown is what the file says ({@code ${env:NAME}} stays as it is), and for a setting
 * that {@link SecretKeys} takes for a secret, {@value #REDACTED}. Immutable.
 */
public final class KafkaProperties {

    /** Stands where a secret was. */
    public static final String REDACTED = "<redacted>";

    /** No settings. */
    public static final KafkaProperties NONE = new KafkaProperties(Map.of(), Map.of());

    private final Map<String, String> values;
    private final Map<String, String> written;

    /**
     * Settings by name.
     *
     * @param values what the clients get
     * @param written what the file says, before placeholders were replaced
     */
    KafkaProperties(Map<String, String> values, Map<String, String> written) {
        this.values = Collections.unmodifiableMap(new TreeMap<>(values));
        this.written = Collections.unmodifiableMap(new TreeMap<>(written));
    }

    /** The settings with their secrets, as a client needs them. Not for printing. */
    public Properties reveal() {
        Properties properties = new Properties();
        values.forEach(properties::setProperty);
        return properties;
    }

    /** The settings as they may be shown. */
    public Map<String, String> redacted() {
        Map<String, String> shown = new TreeMap<>();
        written.forEach((key, text) -> shown.put(key, shown(key, text)));
        return shown;
    }

    private static String shown(String key, String text) {
        return SecretKeys.isSecret(key) && !Placeholders.isOne(text) ? REDACTED : text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KafkaProperties that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return redacted().toString();
    }
}
