package io.sluice.state.model;

/** What a page holds. The code is part of the format: never renumber. */
public enum PageKind {
    /** Closes a publication: which version, which event time. Id 0. */
    MANIFEST(0),
    /** The feature schema that the rows were made with. Id 0. */
    SCHEMA(1),
    /** The model's head: the bias. Id 0. */
    HEAD(2),
    /** One embedding row: w and v. The id is the row's key. */
    ROW(3),
    /** What the ranker has learnt of pools. Id 0. */
    RANKER(4),
    /** The network over the embeddings, as a whole: most of it moves with each example. Id 0. */
    TOWER(5),
    /** Settings, clock and gate of the memory of errors. Id 0. */
    MEMORY_HEAD(6),
    /** Neighbouring cells of the memory of errors. The id is the block's number. */
    MEMORY(7);

    private final int code;

    PageKind(int code) {
        this.code = code;
    }

    /** The kind's number in bytes. */
    public int code() {
        return code;
    }

    /** The kind with this number, or null. */
    public static PageKind ofCode(int code) {
        for (PageKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        return null;
    }
}
