package io.sluice.state.join;

import io.sluice.state.event.DeadLetter;

/** Where the join says what it found; all calls come from within a call of {@link RequestJoin}. */
public interface JoinListener {

    /** Something was found out. */
    void found(JoinOutput output);

    /** A record is set aside. */
    void rejected(DeadLetter letter);

    /** A feedback was right but changes nothing any more: its slot has a label already. */
    void absorbed(Absorbed how);

    /** {@link RequestJoin#passed} is to be called when the watermark has reached this time. */
    void wake(long time);

    /** The call that was asked for at this time is not needed any more. */
    void cancel(long time);

    /** Why a feedback changes nothing. */
    enum Absorbed {
        /** Another kind had made the slot a positive before. */
        ALREADY_POSITIVE,
        /** A positive after an explicit negative: the negative has been learnt. */
        POSITIVE_AFTER_NEGATIVE,
        /** A second explicit negative of another kind. */
        ALREADY_NEGATIVE
    }
}
