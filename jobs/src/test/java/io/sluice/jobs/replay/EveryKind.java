package io.sluice.jobs.replay;

/** Streaming features of every kind and source, over the columns of {@link GeneratedData}. */
public final class EveryKind {

    /** For {@code --set} or {@code ConfigLoader.set}. */
    public static final String STREAMING =
            "streaming=["
                    + "{name: s_count, kind: count, scope: [item], halfLifeMs: 600000},"
                    + "{name: s_shown, kind: count, scope: [item], of: impressions},"
                    + "{name: s_clicks, kind: count, scope: [user, item], of: feedback.click},"
                    + "{name: s_behaviour, kind: count, scope: [user], of: interactions},"
                    + "{name: s_window, kind: window, scope: [user], windowMs: 60000},"
                    + "{name: s_rate, kind: rate, scope: [item], halfLifeMs: 900000},"
                    + "{name: s_ctr, kind: rate, scope: [user], of: positives, per: impressions},"
                    + "{name: s_recency, kind: recency, scope: [user], of: positives},"
                    + "{name: s_flag, kind: flag, scope: [user, item], expiryMs: 120000},"
                    + "{name: s_last, kind: last, scope: [user], field: item, of: positives, size: 5},"
                    + "{name: s_overlap, kind: overlap, scope: [user], field: tags, size: 4},"
                    + "{name: s_mean, kind: mean, scope: [item], field: value, of: interactions},"
                    + "{name: s_distance, kind: distance, scope: [user], field: weight},"
                    + "{name: s_trend, kind: trend, scope: [tags], halfLifeMs: 300000},"
                    + "{name: s_share, kind: share, scope: [item], of: positives},"
                    + "{name: s_together, kind: together, scope: [item], of: positives, size: 4},"
                    + "{name: s_beside, kind: beside, scope: [item], of: positives, size: 3},"
                    + "{name: s_session, kind: count, scope: [user], sessionGapMs: 30000},"
                    + "{name: s_all, kind: rate, scope: [], halfLifeMs: 600000}]";

    private EveryKind() {}
}
