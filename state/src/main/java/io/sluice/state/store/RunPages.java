package io.sluice.state.store;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.codec.PagePayloads;
import io.sluice.state.model.Manifest;
import io.sluice.state.model.Page;
import io.sluice.state.model.PageKind;
import io.sluice.state.model.PageVersion;

/**
 * The newest pages of a run of the trainer, besides rows and blocks: what the next manifest makes a
 * view of. Says too which pages count; {@link ServedModel} tells the rules. Not thread-safe.
 */
final class RunPages {

    private Page schema; // null before any, as all the others
    private Page head;
    private Page tower;
    private Page memoryHead;
    private Page ranker;
    private int epoch; // 0 before any schema page
    private PageVersion closedAt; // by the last manifest of this run; null before it

    /** Goes on with the pages that a store holds. */
    void restore(StoredView stored) {
        schema = stored.schema();
        head = stored.head();
        tower = stored.tower();
        memoryHead = stored.memory();
        ranker = stored.ranker();
        epoch = schema == null ? 0 : schema.version().epoch();
        closedAt = stored.whole() && stored.manifest() != null ? stored.manifest().version() : null;
    }

    /** Whether a page is neither left over from another run nor a repetition. */
    boolean counts(Page page) {
        if (page.isTombstone()) {
            return page.kind() == PageKind.ROW;
        }
        if (page.kind() == PageKind.SCHEMA) {
            return true;
        }
        boolean stray = epoch > 0 && page.version().epoch() != epoch;
        boolean repeated = closedAt != null && page.version().compareTo(closedAt) < 0;
        return !stray && !repeated;
    }

    /**
     * Opens a run.
     *
     * @return whether it begins a model from nothing
     */
    boolean begin(Page page) throws CorruptStateException {
        PagePayloads.readSchema(page.payload());
        schema = page;
        epoch = page.version().epoch();
        closedAt = null;
        boolean fromNothing = page.version().sequence() == 0;
        if (fromNothing) {
            head = null;
            tower = null;
            memoryHead = null;
            ranker = null;
        }
        return fromNothing;
    }

    /** Takes a page of the run, after a look at all that can be checked before the manifest. */
    void put(Page page) throws CorruptStateException {
        switch (page.kind()) {
            case HEAD -> {
                PagePayloads.checkHead(page.payload());
                head = page;
            }
            case TOWER -> tower = page;
            case MEMORY_HEAD -> {
                PagePayloads.readMemoryConfig(page.payload());
                memoryHead = page;
            }
            case RANKER -> {
                PagePayloads.readRanker(page.payload());
                ranker = page;
            }
            default -> throw new IllegalStateException("unknown page " + page.kind());
        }
    }

    /** The view that a manifest makes of the pages; null while one that it needs has not come. */
    View view(Page page) throws CorruptStateException {
        if (schema == null || head == null) {
            // Compaction keeps a run's manifest while a newer run already replaced its schema.
            return null;
        }
        Manifest manifest = PagePayloads.readManifest(page);
        if (ranker != null && ranker.version().epoch() < manifest.lineage()) {
            ranker = null; // compaction kept it in favour of none
        }
        return View.of(schema, head, tower, ranker, manifest);
    }

    /** The head of the memory of a publication; null where it is not of the same version. */
    Page memoryHead(PageVersion version) {
        return memoryHead != null && memoryHead.version().equals(version) ? memoryHead : null;
    }

    /** The publication of a manifest is complete. */
    void close(Manifest manifest) {
        closedAt = manifest.version();
    }
}
