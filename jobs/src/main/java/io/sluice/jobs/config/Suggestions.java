package io.sluice.jobs.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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

    /** Letters to add, remove, replace or swap with their neighbour; cases alike. O(length²). */
    private static int distance(String written, String word) {
        String a = written.toLowerCase(Locale.ROOT);
        String b = word.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                int moved = 1 + Math.min(cost[i - 1][j], cost[i][j - 1]);
                cost[i][j] = Math.min(replaced, moved);
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
