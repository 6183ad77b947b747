package io.sluice.state.rank;

import io.sluice.state.event.Quota;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.feature.ItemGroup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The quotas of a request.
 *
 * @param places how many first places they speak of
 * @param free how many of those are not pinned
 * @param quotas which
 */
record QuotaWindow(int places, int free, List<Quota> quotas) {

    /**
     * Those that hold for a request.
     *
     * @param configured quotas by group that hold where the request names none for that group
     * @param within how many places they speak of where the request doesn't say
     */
    static QuotaWindow of(
            RerankRequest request, Roles roles, Map<String, Quota> configured, int within) {
        List<Quota> quotas = request.rules().quotas();
        if (!configured.isEmpty()) {
            Map<String, Quota> all = new LinkedHashMap<>(configured);
            quotas.forEach(quota -> all.put(quota.group(), quota));
            quotas = List.copyOf(all.values());
        }
        int asked = request.rules().within() == 0 ? within : request.rules().within();
        int shown = request.k() == 0 ? roles.size() : Math.min(request.k(), roles.size());
        int places = Math.min(asked, shown);
        return new QuotaWindow(places, places - roles.pinsWithin(places), quotas);
    }

    /** Least numbers are cut to what there is and what there is room for, the first come first. */
    void declareTo(QuotaState state) {
        state.window(free);
        int room = free;
        for (Quota quota : quotas) {
            long group = ItemGroup.named(quota.group());
            int pinned = state.pinned(group);
            int wanted = Math.min(quota.least(), state.available(group)) - pinned;
            int granted = Math.max(0, Math.min(room, wanted));
            room -= granted;
            state.declare(group, pinned + granted, quota.most());
        }
    }

    /** How many of {@code all} free places are shuffled by themselves at the front. */
    int split(int all) {
        return quotas.isEmpty() ? all : Math.min(free, all);
    }

    /**
     * Notes the quotas that were not met.
     *
     * @param shown candidates that are not pinned, as they will stand
     * @param unsatisfied where to note them
     */
    void check(Candidates candidates, Roles roles, int[] shown, List<String> unsatisfied) {
        for (Quota quota : quotas) {
            long group = ItemGroup.named(quota.group());
            int count = 0;
            int next = 0;
            for (int place = 0; place < places; place++) {
                int pinned = roles.pinnedAt(place);
                int i = pinned >= 0 ? pinned : shown[next++];
                count += candidates.group(i) == group ? 1 : 0;
            }
            if (count < quota.least()) {
                unsatisfied.add("quotas." + quota.group() + ".least");
            }
            if (count > quota.most()) {
                unsatisfied.add("quotas." + quota.group() + ".most");
            }
        }
    }
}
