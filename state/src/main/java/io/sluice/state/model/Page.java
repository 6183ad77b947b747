package io.sluice.state.model;

/**
 * The smallest part of a model that is published: always the whole value, never a difference.
 *
 * <p>Absolute values make repeated delivery harmless, and let a compacted topic be the start of a
 * new server.
 *
 * @param kind what it holds
 * @param id which one of its kind; a row's key, 0 for the others
 * @param version when it was made
 * @param payload the content; null when the page is removed
 */
@SuppressWarnings("ArrayRecordComponent") // carried through, compared by its bytes where needed
public record Page(PageKind kind, long id, PageVersion version, byte[] payload) {

    /** Whether this page takes another one away. */
    public boolean isTombstone() {
        return payload == null;
    }
}
