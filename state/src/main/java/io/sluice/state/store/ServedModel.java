package io.sluice.state.store;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.codec.PagePayloads;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.SlateValues;
import io.sluice.state.model.Manifest;
import io.sluice.state.model.Page;
import io.sluice.state.model.PageKind;
import io.sluice.state.rank.Candidates;
import io.sluice.state.rank.Deadline;
import io.sluice.state.rank.RankConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The view that pages add up to.
 *
 * <p>How pages fold:
 *
 * <ol>
 *   <li>Pages wait until a manifest closes their publication; readers then see all of it at once.
 *   <li>A schema page opens a run of the trainer. From then on only pages of its epoch count: what
 *       a run that is already replaced still sends is left out. Pages that stand before it in the
 *       stream stay valid, whatever their epoch: a run that was restored goes on with them.
 *   <li>A manifest before which no schema, no head or not the head's tower came closes nothing:
 *       compaction may have removed them in favour of newer ones that are still to come.
 *   <li>A page that is older than the last manifest of its run is a repetition and left out.
 *   <li>A schema page of sequence 0 begins a model from nothing: all rows before it in the stream
 *       are void.
 *   <li>A manifest of another lineage than the one before voids all rows of epochs before that
 *       lineage, wherever they stand: compaction may have removed the schema page that said so.
 *   <li>The ranker's page is void as rows are: a new model may not have one yet.
 *   <li>A tombstone removes its row. It has no version and counts where it stands.
 *   <li>Blocks of the memory of errors are void as rows are; {@link ServedMemory} says when there
 *       is a memory at all.
 * </ol>
 *
 * <p>So the view is the same whether the stream was read as it came, after compaction, with
 * repetitions, or with restarts in between. Scores equal those of the learner that made the pages
 * bit for bit: same encoder, same kernel, same order of additions.
 *
 * <p>Thread-safety: one thread applies; any number score and read. Readers are kept away only while
 * a staged publication becomes visible, not while it is written.
 */
public final class ServedModel implements AutoCloseable {

    /** Pages held in memory at most; larger publications go to the store in parts. */
    static final int MOST_WAITING = 50_000;

    private final ServedRows rows;
    private final ServedEntities entities; // null: requests carry their streaming values
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private View view; // guarded by lock
    private final ServedMemory memory = new ServedMemory(); // what it shows is guarded by lock
    private boolean closed; // guarded by lock
    private final ThreadLocal<Scoring> scoring;

    // -- the applying thread's own
    private final List<Page> waiting = new ArrayList<>();
    private final RunPages run = new RunPages();
    private boolean resetting;
    private int lineage; // whose rows the store holds; 0 before any manifest
    private StreamPosition position;
    private float[] checked = new float[0]; // scratch

    private final LongAdder leftOut = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /**
     * The view that a store holds; it goes on where the store ends. Streaming values are those that
     * a request carries, as a logged one does.
     */
    public ServedModel(ServedRows rows) throws IOException {
        this(rows, null);
    }

    /**
     * The view that a store holds; it goes on where the store ends.
     *
     * @param rows owned from now on
     * @param entities what streaming values are read from, as long as its schema is the model's;
     *     closed by its owner, behind this view
     */
    public ServedModel(ServedRows rows, ServedEntities entities) throws IOException {
        this.rows = rows;
        this.entities = entities;
        scoring = ThreadLocal.withInitial(() -> new Scoring(rows, entities));
        rewind();
        StoredView stored = rows.stored();
        if (stored.manifest() != null && stored.whole()) {
            view = run.view(stored.manifest());
            showMemory(view);
        }
    }

    private void showMemory(View shown) throws IOException {
        Manifest manifest = shown.manifest();
        memory.show(
                run.memoryHead(manifest.version()), shown.schema(), manifest.dimensions(), rows);
    }

    /**
     * Forgets pages that wait for their manifest, to go on reading from {@link #position}. Needed
     * after {@link #apply} failed with anything but a {@link CorruptStateException}; readers keep
     * the view they have.
     */
    public void rewind() throws IOException {
        StoredView stored = rows.stored();
        waiting.clear();
        run.restore(stored);
        memory.restart();
        resetting = false;
        lineage =
                stored.manifest() == null
                        ? 0
                        : PagePayloads.readManifest(stored.manifest()).lineage();
        position = stored.position();
    }

    /**
     * Folds a page.
     *
     * @param page the page
     * @param behind the position behind it
     * @return whether the page closed a publication, so that the view changed
     * @throws CorruptStateException when a page cannot be used; it is left out, counted, and
     *     folding may go on
     */
    public boolean apply(Page page, StreamPosition behind) throws IOException {
        if (position != null
                && position.stream().equals(behind.stream())
                && behind.next() <= position.next()) {
            return false;
        }
        if (!run.counts(page)) {
            leftOut.increment();
            return false;
        }
        try {
            return switch (page.kind()) {
                case ROW -> {
                    checkRow(page);
                    yield await(page, behind);
                }
                case SCHEMA -> {
                    beginRun(page);
                    yield await(page, behind);
                }
                case HEAD, TOWER, MEMORY_HEAD, RANKER -> {
                    run.put(page);
                    yield await(page, behind);
                }
                case MEMORY -> {
                    memory.await(page);
                    yield await(page, behind);
                }
                case MANIFEST -> close(page, behind);
            };
        } catch (CorruptStateException e) {
            refused.increment();
            throw e;
        }
    }

    /** Whether it fits the model shows only with the manifest; numbers it must hold in any case. */
    private void checkRow(Page page) throws CorruptStateException {
        if (!page.isTombstone()) {
            int floats = page.payload().length / Float.BYTES;
            if (checked.length < floats) {
                checked = new float[floats];
            }
            PagePayloads.readRow(page.payload(), checked, 0, floats - 1);
        }
    }

    private void beginRun(Page page) throws CorruptStateException {
        if (run.begin(page)) {
            memory.restart();
            waiting.clear();
            resetting = true;
        }
    }

    private boolean await(Page page, StreamPosition behind) throws IOException {
        waiting.add(page);
        if (waiting.size() >= MOST_WAITING) {
            stage(false, 0, behind);
        }
        return false;
    }

    private boolean close(Page page, StreamPosition behind) throws IOException {
        View next = run.view(page);
        if (next == null) {
            return await(page, behind);
        }
        Manifest manifest = next.manifest();
        boolean another = manifest.lineage() != lineage && manifest.lineage() > 1;
        int voidBelow = another ? manifest.lineage() : 0;
        if (another) {
            waiting.removeIf(each -> isVoid(each, voidBelow));
            memory.restart();
        }
        waiting.add(page);
        stage(true, voidBelow, behind);
        lock.writeLock().lock();
        try {
            rows.commit();
            view = next;
            showMemory(next);
        } finally {
            lock.writeLock().unlock();
        }
        run.close(manifest);
        lineage = manifest.lineage();
        position = behind;
        return true;
    }

    private static boolean isVoid(Page page, int below) {
        return page.kind() != PageKind.SCHEMA
                && !page.isTombstone()
                && page.version().epoch() < below;
    }

    private void stage(boolean closed, int voidBelow, StreamPosition behind) throws IOException {
        rows.stage(new PageBatch(List.copyOf(waiting), closed, resetting, voidBelow, behind));
        waiting.clear();
        resetting = false;
    }

    /** Forgets everything, on disk too: the stream will be read from its start. */
    public void clear() throws IOException {
        lock.writeLock().lock();
        try {
            view = null;
            rows.clear();
        } finally {
            lock.writeLock().unlock();
        }
        rewind();
    }

    /**
     * Scores the candidates of a request by themselves: no groups, nothing about the user's past.
     *
     * @throws java.io.UncheckedIOException when a store on disk cannot be read
     */
    public ScoredRequest score(RerankRequest request, Deadline deadline) {
        return score(request, RankConfig.of(RankConfig.Policy.AUTO), new Candidates(), deadline);
    }

    /**
     * Scores the candidates of a request, with what streaming features say at its time.
     *
     * <p>Without a view nothing is scored, but the values are read all the same: they are logged,
     * and the first model learns from them.
     *
     * @param config names the features that rules and exploration ask for
     * @param into takes all that is said of the candidates
     * @throws java.io.UncheckedIOException when a store on disk cannot be read
     */
    public ScoredRequest score(
            RerankRequest request, RankConfig config, Candidates into, Deadline deadline) {
        lock.readLock().lock();
        try {
            if (entities == null) {
                return scoreWith(request, config, into, deadline);
            }
            Lock records = entities.readLock();
            records.lock();
            try {
                return scoreWith(request, config, into, deadline);
            } finally {
                records.unlock();
            }
        } finally {
            lock.readLock().unlock();
        }
    }

    private ScoredRequest scoreWith(
            RerankRequest request, RankConfig config, Candidates into, Deadline deadline) {
        int items = request.items().size();
        into.reset(items, view == null ? 0 : view.manifest().dimensions());
        for (int i = 0; i < items; i++) {
            into.name(i, request.items().get(i).id());
        }
        if (view != null) {
            return scoring.get().score(view, memory.shown(), config, request, into, deadline);
        }
        return entities == null
                ? ScoredRequest.unscored(into, SlateValues.NONE)
                : scoring.get().readOnly(config, request, into, deadline);
    }

    /** The features of the view; null while there is none. */
    public FeatureSchema schema() {
        lock.readLock().lock();
        try {
            return view == null ? null : view.schema();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** The features of the view that a store holds; null when it holds none. */
    public static FeatureSchema schemaOf(ServedRows rows) throws IOException {
        Page schema = rows.stored().schema();
        return schema == null ? null : PagePayloads.readSchema(schema.payload());
    }

    /** What the view reflects; null while there is none. */
    public Manifest manifest() {
        lock.readLock().lock();
        try {
            return view == null ? null : view.manifest();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Where to go on reading after a restart; null for the start. For the applying thread. */
    public StreamPosition position() {
        return position;
    }

    /** The figures of the view as it is. */
    public ViewFigures figures() {
        // Under the lock, because a closed store must not be asked.
        lock.readLock().lock();
        try {
            long held = closed ? 0 : rows.rows();
            long bytes = closed ? 0 : rows.bytes();
            double hitRate = closed ? Double.NaN : rows.hitRate();
            Manifest manifest = view == null ? null : view.manifest();
            return new ViewFigures(manifest, held, bytes, hitRate, leftOut.sum(), refused.sum());
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * SHA-256 over manifest, schema, head and all rows, in hexadecimal. For the applying thread.
     */
    public String digest() throws IOException {
        return ViewDigest.of(rows.stored(), rows);
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            view = null;
            closed = true;
            rows.close();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
