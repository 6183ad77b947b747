package io.sluice.jobs.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Guesses which key somebody meant. */
final class Suggestions {

    private final List<String> known;

    /**
     * @param known paths of all keys there are
     */
    Suggestions(List<String> known) {
        this.known = List.copyOf(known);
    }

    /** What to do about an unknown key, given the keys that may stand in its place. */
    String remedy(String path, Collection<String> siblings) {
        String key = Paths.last(path);
        if (known.contains(path)) {
            return "write it nested, one level per '.'";
        }
        return nearest(key, siblings)
                .or(() -> elsewhere(key))
                .map(guess -> "did you mean '" + guess + "'?")
                .orElse("known here: " + String.join(", ", siblings));
    }

    /** The word that is nearest to what was written, if it is near. */
    static Optional<String> nearest(String written, Collection<String> words) {
        int near = Math.max(1, written.length() / 3);
        return words.stream()
                .filter(word -> distance(written, word) <= near)
                .min(Comparator.comparingInt(word -> distance(written, word)));
    }

    private Optional<String> elsewhere(String key) {
        return known.stream().filter(path -> Paths.last(path).equalsIgnoreCase(key)).findFirst();
    }

    /** Levenshtein's distance, upper and lower case alike. O(length²). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                char x = Character.toLowerCase(a.charAt(i - 1));
                char y = Character.toLowerCase(b.charAt(j - 1));
                int replaced = diagonal + (x == y ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
