package io.sluice.state.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An immutable, name-ordered bag of attribute values: each a text or a finite number.
 *
 * <p>A name may occur several times (a film has several genres); its values then stand next to each
 * other in the order in which they were put. Two bags with the same values are equal whatever order
 * the names were put in, so the same event gives the same bytes wherever it was built.
 *
 * <p>Look-up is a binary search over the names: O(log n) for the n ≤ ~20 attributes of real events.
 *
 * <p>A bag that is used again and again can remember what was derived from its values, as a text
 * remembers its hash: see {@link #remembering}. That is no part of the value. Thread-safe.
 */
public final class Attributes {

    /** The bag without values. */
    public static final Attributes EMPTY = builder().build();

    private final String[] names;
    private final String[] texts;
    private final double[] numbers;
    private final AtomicReference<Object> derived; // null: nothing is remembered

    private Attributes(
            String[] names, String[] texts, double[] numbers, AtomicReference<Object> derived) {
        this.names = names;
        this.texts = texts;
        this.numbers = numbers;
        this.derived = derived;
    }

    /** Starts an empty bag. */
    public static Builder builder() {
        return new Builder();
    }

    /** The same values, with a place for what is derived from them. */
    public Attributes remembering() {
        return new Attributes(names, texts, numbers, new AtomicReference<>());
    }

    /** Whether {@link #remember} keeps anything. */
    public boolean remembers() {
        return derived != null;
    }

    /** What was remembered last; null before, and where nothing is. */
    public Object remembered() {
        return derived == null ? null : derived.get();
    }

    /**
     * Remembers what was derived from these values.
     *
     * @param immutable whoever asks finds out what it is, and whether it is of use
     */
    public void remember(Object immutable) {
        if (derived != null) {
            derived.set(immutable);
        }
    }

    /** How many values there are, repeated names counted each time. */
    public int size() {
        return names.length;
    }

    /** The name of value {@code i}. */
    public String name(int i) {
        return names[i];
    }

    /** Whether value {@code i} is a number. */
    public boolean isNumber(int i) {
        return texts[i] == null;
    }

    /** The text of value {@code i}; null when it is a number. */
    public String text(int i) {
        return texts[i];
    }

    /** The number of value {@code i}; NaN when it is a text. */
    public double number(int i) {
        return numbers[i];
    }

    /** Value {@code i} as a number, also one given as text; NaN for any other text. */
    public double asNumber(int i) {
        if (isNumber(i)) {
            return numbers[i];
        }
        try {
            double parsed = Double.parseDouble(texts[i]);
            return Double.isFinite(parsed) ? parsed : Double.NaN;
        } catch (NumberFormatException notANumber) {
            return Double.NaN;
        }
    }

    /** Value {@code i} as a text; 25 and "25" are the same, whatever way the producer wrote it. */
    public String asText(int i) {
        if (!isNumber(i)) {
            return texts[i];
        }
        double number = numbers[i];
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    /** The index of the first value with this name, or -1. */
    public int first(String name) {
        int low = 0;
        int high = names.length - 1;
        int found = -1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = names[middle].compareTo(name);
            if (order >= 0) {
                if (order == 0) {
                    found = middle;
                }
                high = middle - 1;
            } else {
                low = middle + 1;
            }
        }
        return found;
    }

    /**
     * These values and, for names that are not among them, those of another bag; O(n + m).
     *
     * @param base whose values are overridden by name
     */
    public Attributes over(Attributes base) {
        if (base.size() == 0) {
            return this;
        }
        if (size() == 0) {
            return base;
        }
        Builder merged = builder();
        int own = 0;
        for (int i = 0; i < base.size(); i++) {
            String name = base.names[i];
            while (own < size() && names[own].compareTo(name) < 0) {
                merged.add(this, own++);
            }
            if (own == size() || !names[own].equals(name)) {
                merged.add(base, i);
            }
        }
        while (own < size()) {
            merged.add(this, own++);
        }
        return merged.build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Attributes that
                && Arrays.equals(names, that.names)
                && Arrays.equals(texts, that.texts)
                && Arrays.equals(numbers, that.numbers);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(names) + Arrays.hashCode(texts))
                + Arrays.hashCode(numbers);
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("{");
        for (int i = 0; i < names.length; i++) {
            out.append(i == 0 ? "" : ", ").append(names[i]).append('=');
            out.append(isNumber(i) ? Double.toString(numbers[i]) : texts[i]);
        }
        return out.append('}').toString();
    }

    /** Collects values; reusable after {@link #build()} only for a superset of the same values. */
    public static final class Builder {

        private record Value(String name, String text, double number) {}

        private final List<Value> values = new ArrayList<>();

        private Builder() {}

        /** Adds a text; neither name nor text may be null, the name not blank. */
        public Builder put(String name, String text) {
            if (text == null) {
                throw new IllegalArgumentException("attribute '" + name + "' has no value");
            }
            values.add(new Value(checkName(name), text, Double.NaN));
            return this;
        }

        /** Adds a finite number; -0.0 is stored as 0.0 so that equal numbers have equal bytes. */
        public Builder put(String name, double number) {
            if (!Double.isFinite(number)) {
                throw new IllegalArgumentException(
                        "attribute '" + name + "' must be a finite number, found " + number);
            }
            values.add(new Value(checkName(name), null, number + 0.0));
            return this;
        }

        /** Adds every value of another bag. */
        public Builder putAll(Attributes other) {
            for (int i = 0; i < other.size(); i++) {
                add(other, i);
            }
            return this;
        }

        private void add(Attributes other, int i) {
            values.add(new Value(other.names[i], other.texts[i], other.numbers[i]));
        }

        /** The bag of all that was put. */
        public Attributes build() {
            Value[] sorted = values.toArray(new Value[0]);
            if (!isSorted(sorted)) {
                Arrays.sort(sorted, Comparator.comparing(Value::name));
            }
            String[] names = new String[sorted.length];
            String[] texts = new String[sorted.length];
            double[] numbers = new double[sorted.length];
            for (int i = 0; i < sorted.length; i++) {
                names[i] = sorted[i].name;
                texts[i] = sorted[i].text;
                numbers[i] = sorted[i].number;
            }
            return new Attributes(names, texts, numbers, null);
        }

        private static boolean isSorted(Value[] values) {
            for (int i = 1; i < values.length; i++) {
                if (values[i - 1].name.compareTo(values[i].name) > 0) {
                    return false;
                }
            }
            return true;
        }

        private static String checkName(String name) {
            if (name == null || name.isBlank()) {
                throw new IllegalArgumentException("an attribute has a blank name");
            }
            return name;
        }
    }
}
