package io.sluice.state.codec;

import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.memory.ErrorMemory;
import io.sluice.state.model.Manifest;
import io.sluice.state.model.OnlineModel;
import io.sluice.state.model.Page;
import io.sluice.state.model.PageKind;
import io.sluice.state.model.PageVersion;
import io.sluice.state.model.TrainerRun;
import io.sluice.state.rank.RankerHead;
import io.sluice.state.sparse.EmbeddingTable;
import java.util.function.Consumer;

/**
 * Turns what changed in a learner into pages: rows, tower, head, memory, and the manifest that
 * closes them.
 *
 * <p>The first publication of each run carries the schema too, with the version at which the run
 * began: sequence 0 tells that a model begins from nothing and what was published before is void.
 * So does each manifest's lineage, which is still there when a later run has replaced that schema
 * page. A run that begins a lineage with a model that has rows publishes them all. After a restore
 * the replayed events change the same rows, so publishing what changed since the checkpoint
 * overwrites whatever a dead run had published beyond it.
 *
 * <p>A model that cannot name the rows that went since the last publication begins a lineage of its
 * own, see {@link #run}: so they are void for whoever reads the topic, whenever. Not thread-safe.
 */
public final class LearnerPages {

    private final OnlineLearner learner;
    private TrainerRun run;
    private final PageVersion start;
    private boolean schemaSent;
    private RankerHead rankerSent;

    /**
     * A publisher.
     *
     * @param learner whose pages they are
     * @param run that publishes
     */
    public LearnerPages(OnlineLearner learner, TrainerRun run) {
        this.learner = learner;
        this.run = run;
        start = new PageVersion(run.epoch(), learner.examples());
        if (run.beginsLineage()) {
            learner.model().markAllChanged();
            sendWholeMemory();
        }
    }

    private void sendWholeMemory() {
        if (learner.memory() != null) {
            learner.memory().markAllChanged(false);
        }
    }

    /**
     * Hands out every page that changed since the last call.
     *
     * @param nowMs the clock, epoch milliseconds, to be written into the manifest
     * @param digest of the learner at the end of a bounded run; empty otherwise
     */
    public void publish(long nowMs, String digest, Consumer<Page> out) {
        OnlineModel model = learner.model();
        if (!schemaSent) {
            sendSchema(start, out);
            schemaSent = true;
        }
        model.drainChangedRows(new Rows(out));
        PageVersion version = version();
        if (model.tower() != null) {
            byte[] tower = PagePayloads.tower(model.tower());
            out.accept(new Page(PageKind.TOWER, 0, version, tower));
        }
        out.accept(new Page(PageKind.HEAD, 0, version, head()));
        if (learner.memory() != null) {
            publishMemory(version, out);
        }
        sendRanker(version, out);
        byte[] manifest = PagePayloads.manifest(manifest(version, nowMs, digest));
        out.accept(new Page(PageKind.MANIFEST, 0, version, manifest));
    }

    private void publishMemory(PageVersion version, Consumer<Page> out) {
        ErrorMemory memory = learner.memory();
        memory.drainChanged(
                (id, payload) -> out.accept(new Page(PageKind.MEMORY, id, version, payload)));
        byte[] head = PagePayloads.memoryHead(learner.memoryConfig(), memory);
        out.accept(new Page(PageKind.MEMORY_HEAD, 0, version, head));
    }

    /** The run that publishes; another one after each publication that began a lineage. */
    public TrainerRun run() {
        return run;
    }

    private PageVersion version() {
        return new PageVersion(run.epoch(), learner.examples());
    }

    /**
     * The ranker's page, when it changed; also at the start of a restored run, whose predecessor
     * may have published a later one. Before the first slate there is none, and candidates are
     * sorted.
     */
    private void sendRanker(PageVersion version, Consumer<Page> out) {
        RankerHead head = learner.ranker().head();
        boolean wanted = learner.ranker().slates() > 0 || start.sequence() > 0;
        if (wanted && !head.equals(rankerSent)) {
            out.accept(new Page(PageKind.RANKER, 0, version, PagePayloads.ranker(head)));
            rankerSent = head;
        }
    }

    private byte[] head() {
        OnlineModel model = learner.model();
        return PagePayloads.head(
                model.bias(), learner.scaling(), learner.curves(), model.tower() != null);
    }

    private void sendSchema(PageVersion version, Consumer<Page> out) {
        byte[] schema = PagePayloads.schema(learner.schema());
        out.accept(new Page(PageKind.SCHEMA, 0, version, schema));
    }

    /** Turns rows into pages. */
    private final class Rows implements EmbeddingTable.Sink {

        private PageVersion version = version();
        private final Consumer<Page> out;

        Rows(Consumer<Page> out) {
            this.out = out;
        }

        @Override
        public void restarted() {
            run = run.anew();
            version = version();
            sendWholeMemory();
            sendSchema(new PageVersion(run.epoch(), 0), out);
        }

        @Override
        public void removed(long key) {
            out.accept(new Page(PageKind.ROW, key, version, null));
        }

        @Override
        public void changed(long key, float[] values, int from, int width) {
            byte[] row = PagePayloads.row(values, from, width);
            out.accept(new Page(PageKind.ROW, key, version, row));
        }
    }

    private Manifest manifest(PageVersion version, long nowMs, String digest) {
        return new Manifest(
                version,
                run.lineage(),
                learner.eventTime(),
                learner.examples(),
                learner.model().dimensions(),
                learner.schema().fingerprint(),
                nowMs,
                learner.model().rows(),
                learner.bytes(),
                digest);
    }
}
