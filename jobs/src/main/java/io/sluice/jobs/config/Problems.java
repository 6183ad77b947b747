package io.sluice.jobs.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects faults and knows in which line of which source each key stands. Not thread-safe. */
final class Problems {

    private final List<ConfigProblem> problems = new ArrayList<>();
    private final Set<String> fields = new HashSet<>();
    private final Map<String, String> places = new HashMap<>();

    /** Remembers where a key stands; the last word wins, as in the merged configuration. */
    void place(String path, String place) {
        places.put(path, place);
    }

    /** Adds a fault at a key. */
    void add(String path, String found, String expected, String remedy) {
        addAt(placeOf(path), path, found, expected, remedy);
    }

    /** Adds a fault at a place that is not the key's last one. */
    void addAt(String place, String path, String found, String expected, String remedy) {
        problems.add(new ConfigProblem(path, found, expected, remedy, place));
        fields.add(path);
    }

    /** Whether any of these keys has a fault already, so that it holds a stand-in. */
    boolean touches(String... paths) {
        for (String path : paths) {
            for (String field : fields) {
                if (field.equals(path)
                        || field.startsWith(path + ".")
                        || field.startsWith(path + "[")
                        || path.startsWith(field + ".")) {
                    return true;
                }
            }
        }
        return false;
    }

    int count() {
        return problems.size();
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    List<ConfigProblem> all() {
        return List.copyOf(problems);
    }

    /** The place of the key, or of the nearest part around it that has one. */
    private String placeOf(String path) {
        String at = path;
        while (!at.isEmpty()) {
            String place = places.get(at);
            if (place != null) {
                return place;
            }
            at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))));
        }
        return "";
    }
}
