package io.sluice.state.store;

import io.sluice.state.model.Page;
import io.sluice.state.model.PageKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A stream of pages up to its last manifest, as compaction would leave it: the newest page of each
 * key, in the order in which these came, and none of what was removed. {@link ServedModel} makes
 * the same view of it. Not thread-safe.
 */
public final class NewestPages {

    private final Map<Key, Page> closed = new LinkedHashMap<>();
    private final List<Page> open = new ArrayList<>();

    private record Key(PageKind kind, long id) {}

    /** Takes the next page of the stream. */
    public void add(Page page) {
        open.add(page);
        if (page.kind() == PageKind.MANIFEST) {
            open.forEach(this::close);
            open.clear();
        }
    }

    private void close(Page page) {
        Key key = new Key(page.kind(), page.id());
        closed.remove(key); // or it would keep its place
        if (!page.isTombstone()) {
            closed.put(key, page);
        }
    }

    /** What there is; empty before any manifest. */
    public List<Page> pages() {
        return List.copyOf(closed.values());
    }
}
