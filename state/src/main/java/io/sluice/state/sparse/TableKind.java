package io.sluice.state.sparse;

/**
 * Which table holds the rows of a model. All but the first are baselines: known ways to live within
 * a budget, over the same model, to be measured against. A baseline is for replay and comparison;
 * it is not published. The code is part of the checkpoint format: never renumber.
 */
public enum TableKind {
    /** Rows that earn their place; without a budget a table that grows. */
    OWN(0),
    /** The hashing trick: ids share as many rows as fit. */
    HASHING(1),
    /** A row for every id; when there is no place, the one that is used least goes. */
    LFU(2),
    /** As LFU, for ids that were seen several times. */
    FREQUENCY(3),
    /** Quotient and remainder of a hash each name a row; their product speaks. */
    QUOTIENT(4),
    /** Important ids have rows of their own, the others share. */
    CAFE(5),
    /** FTRL-proximal with L1, for ids that were seen several times. */
    FTRL(6);

    private final int code;

    TableKind(int code) {
        this.code = code;
    }

    /** The kind's number in bytes. */
    public int code() {
        return code;
    }

    /** Whether it is a baseline. */
    public boolean isBaseline() {
        return this != OWN;
    }

    /** Whether the table takes steps itself, see {@link SteppingTable}. */
    public boolean stepsItself() {
        return this == QUOTIENT || this == FTRL;
    }
}
