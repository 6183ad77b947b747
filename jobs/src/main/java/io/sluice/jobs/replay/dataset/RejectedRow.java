package io.sluice.jobs.replay.dataset;

import io.sluice.state.event.Reason;

/** A row can't be used; says why. Without a stack trace: bad rows may come by the million. */
final class RejectedRow extends Exception {

    private static final long serialVersionUID = 1;

    private final Reason reason;

    RejectedRow(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
