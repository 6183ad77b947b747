package io.sluice.state.event;

/**
 * How many of a group are to stand among the first places.
 *
 * @param group value of the group feature, never blank
 * @param least at least so many
 * @param most at most so many; {@link Integer#MAX_VALUE} for any number
 */
public record Quota(String group, int least, int most) {

    public Quota {
        EventChecks.id("quotas", group);
        if (least < 0 || most < least) {
            throw new IllegalArgumentException(
                    "quotas must have 0 <= least <= most, found %d and %d for '%s'"
                            .formatted(least, most, group));
        }
    }
}
