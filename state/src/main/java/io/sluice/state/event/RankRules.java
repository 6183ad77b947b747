package io.sluice.state.event;

import java.util.List;

/**
 * What the order of one request has to keep to, whatever the scores are.
 *
 * @param places items with places of their own; each item and each place once
 * @param quotas by group, each group once
 * @param within how many first places quotas speak of; 0 as configured
 * @param unseen whether what the user has had already must not come back
 * @param seen ids that the user has had already, beside what is known of it
 */
public record RankRules(
        List<Pin> places, List<Quota> quotas, int within, boolean unseen, List<String> seen) {

    /** No rules. */
    public static final RankRules NONE = new RankRules(List.of(), List.of(), 0, false, List.of());

    public RankRules {
        places = List.copyOf(places);
        quotas = List.copyOf(quotas);
        seen = List.copyOf(seen);
        if (within < 0) {
            throw new IllegalArgumentException("within must not be negative, found " + within);
        }
    }
}
