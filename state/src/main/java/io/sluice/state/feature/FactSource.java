package io.sluice.state.feature;

import io.sluice.state.check.Checks;
import java.io.Serializable;
import java.util.Locale;

/**
 * Which facts of the stream a feature is computed from.
 *
 * @param type what happened
 * @param kind of the feedback for {@link Type#FEEDBACK}, otherwise empty
 */
public record FactSource(Type type, String kind) implements Serializable {

    /** What can happen. */
    public enum Type {
        /** An item was shown. */
        IMPRESSIONS,
        /** An example's label became known: a click, or a window that closed without one. */
        OUTCOMES,
        /** An outcome with label 1. */
        POSITIVES,
        /** A labelled event arrived, whether it is learnt or only behaviour. */
        INTERACTIONS,
        /** A user did something of one kind with a shown item. */
        FEEDBACK
    }

    /** All outcomes. */
    public static final FactSource OUTCOMES = new FactSource(Type.OUTCOMES, "");

    public FactSource {
        Checks.notNull("type", type);
        Checks.that(
                (type == Type.FEEDBACK) != kind.isBlank(),
                "of",
                "feedback.<kind>, or another source without a kind",
                '"' + word(type) + "." + kind + '"');
    }

    /** Reads {@code outcomes} or {@code feedback.click}; null when it is neither. */
    public static FactSource parse(String text) {
        for (Type type : Type.values()) {
            String word = word(type);
            if (type != Type.FEEDBACK && text.equals(word)) {
                return new FactSource(type, "");
            }
            if (type == Type.FEEDBACK
                    && text.startsWith(word + ".")
                    && !text.substring(word.length() + 1).isBlank()) {
                return new FactSource(type, text.substring(word.length() + 1));
            }
        }
        return null;
    }

    /** Whether its facts may have the label 0. */
    public boolean hasLabels() {
        return type == Type.OUTCOMES || type == Type.INTERACTIONS;
    }

    private static String word(Type type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return type == Type.FEEDBACK ? word(type) + "." + kind : word(type);
    }
}
