package io.sluice.state.rank;

import io.sluice.state.event.Pin;
import io.sluice.state.event.RerankRequest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who takes part in a request: excluded, pinned to a place, free, or last for want of a score.
 *
 * <p>What is excluded does not come back, even when it is pinned too. Places that are named take
 * precedence over ids that just come first, the request's over the configuration's. What the user
 * has had already is excluded, unless nothing else is left. Scratch; not thread-safe.
 */
final class Roles {

    private static final int FREE = -1;
    private static final int OUT = -2;

    private int[] places = {}; // from 0 when pinned, or one of the above
    private int[] pinnedAt = {}; // by place; −1 for none
    private int left;
    private int pins;

    /** Deals the roles; adds what can't be kept to {@code unsatisfied}. */
    void deal(
            RerankRequest request,
            Candidates candidates,
            RankConfig config,
            List<String> unsatisfied) {
        int n = candidates.size();
        if (places.length < n) {
            places = new int[n];
            pinnedAt = new int[n];
        }
        Arrays.fill(places, 0, n, FREE);
        Arrays.fill(pinnedAt, 0, n, -1);
        left = n;
        pins = 0;
        exclude(request, candidates, config);
        hideSeen(request, candidates, config, unsatisfied);
        pin(request, candidates, config, unsatisfied);
    }

    private void exclude(RerankRequest request, Candidates candidates, RankConfig config) {
        if (request.exclude().isEmpty() && config.exclude().isEmpty()) {
            return;
        }
        Set<String> excluded = new HashSet<>(request.exclude());
        excluded.addAll(config.exclude());
        for (int i = 0; i < candidates.size(); i++) {
            if (excluded.contains(candidates.id(i))) {
                places[i] = OUT;
                left--;
            }
        }
    }

    private void hideSeen(
            RerankRequest request,
            Candidates candidates,
            RankConfig config,
            List<String> unsatisfied) {
        boolean known = config.seen().isPresent();
        boolean asked = request.rules().unseen();
        if (asked && !known && request.rules().seen().isEmpty()) {
            // Whoever asks must hear that nobody knows.
            unsatisfied.add("unseen");
        }
        if (!known && request.rules().seen().isEmpty()) {
            return;
        }
        Set<String> seen = new HashSet<>(request.rules().seen());
        int remaining = 0;
        for (int i = 0; i < candidates.size(); i++) {
            boolean had = candidates.isSeen(i) || seen.contains(candidates.id(i));
            remaining += places[i] == FREE && !had ? 1 : 0;
        }
        if (remaining == 0) {
            unsatisfied.add("unseen");
            return;
        }
        for (int i = 0; i < candidates.size(); i++) {
            boolean had = candidates.isSeen(i) || seen.contains(candidates.id(i));
            if (places[i] == FREE && had) {
                places[i] = OUT;
                left--;
            }
        }
    }

    private void pin(
            RerankRequest request,
            Candidates candidates,
            RankConfig config,
            List<String> unsatisfied) {
        if (request.rules().places().isEmpty()
                && request.pinned().isEmpty()
                && config.pinned().isEmpty()) {
            return;
        }
        Map<String, Integer> byId = new HashMap<>();
        for (int i = 0; i < candidates.size(); i++) {
            byId.putIfAbsent(candidates.id(i), i);
        }
        for (Pin pin : request.rules().places()) {
            Integer i = byId.get(pin.item());
            int place = pin.place() - 1;
            boolean possible =
                    i != null && places[i] == FREE && place < left && pinnedAt[place] < 0;
            if (possible) {
                put(i, place);
            } else {
                unsatisfied.add("places." + pin.item());
            }
        }
        for (String id : request.pinned()) {
            if (!putFirst(byId.get(id))) {
                unsatisfied.add("pinned." + id);
            }
        }
        for (String id : config.pinned()) {
            boolean unused = putFirst(byId.get(id));
        }
    }

    /** Puts an item at the first place that is free; says whether it stands at a fixed one. */
    private boolean putFirst(Integer i) {
        if (i == null || places[i] == OUT) {
            return false;
        }
        if (places[i] == FREE) {
            int place = 0;
            while (pinnedAt[place] >= 0) {
                place++;
            }
            put(i, place);
        }
        return true;
    }

    private void put(int i, int place) {
        places[i] = place;
        pinnedAt[place] = i;
        pins++;
    }

    /** How many come back, pinned ones among them. */
    int size() {
        return left;
    }

    /** How many have a place of their own. */
    int pins() {
        return pins;
    }

    /** How many of the pinned ones stand among the first places. */
    int pinsWithin(int first) {
        int count = 0;
        for (int place = 0; place < Math.min(first, left); place++) {
            count += pinnedAt[place] >= 0 ? 1 : 0;
        }
        return count;
    }

    /** Which candidate is pinned at a place; −1 for none. */
    int pinnedAt(int place) {
        return pinnedAt[place];
    }

    boolean isFree(int i) {
        return places[i] == FREE;
    }

    boolean isPinned(int i) {
        return places[i] >= 0;
    }

    /** The place of a pinned one, from 0. */
    int place(int i) {
        return places[i];
    }
}
