package io.sluice.jobs.config;

import io.sluice.state.check.InvalidValueException;
import io.sluice.state.drift.DriftConfig;
import io.sluice.state.drift.DriftMonitor;
import io.sluice.state.mask.SparsityConfig;
import io.sluice.state.memory.KeyPlan;
import io.sluice.state.memory.Memories;
import io.sluice.state.memory.MemoryConfig;
import io.sluice.state.memory.MemoryMode;
import io.sluice.state.model.FactorizationMachine;
import io.sluice.state.model.ModelConfig;
import io.sluice.state.sparse.MemoryBudget;
import io.sluice.state.sparse.StoreConfig;

/** The parts of the learner fit each other, and its budget. */
final class ModelChecks extends CrossChecks {

    ModelChecks(SluiceConfig config, Problems problems) {
        super(config, problems);
    }

    @Override
    void check() {
        rowsExpireAtSweeps();
        baselinesHaveABudget();
        sparsityFits();
        memoryFits();
        driftFits();
        rowsKeepTheLeast();
    }

    private void rowsExpireAtSweeps() {
        StoreConfig store = config().model().store();
        require(
                store.expireEvents() == 0 || store.expireEvents() >= store.sweepEvents(),
                "model.store.expireEvents",
                store.expireEvents(),
                "0 or at least model.store.sweepEvents (" + store.sweepEvents() + ")",
                "rows are looked at no more often than that",
                "model.store.sweepEvents");
        require(
                store.moveFloor() <= store.moveShare(),
                "model.store.moveFloor",
                store.moveFloor(),
                "at most model.store.moveShare (" + store.moveShare() + ")",
                "the share falls from the one to the other",
                "model.store.moveShare");
    }

    private void baselinesHaveABudget() {
        require(
                !config().model().table().isBaseline() || config().model().memory().isLimited(),
                "model.memory",
                "none",
                "a size, where model.table is a baseline",
                "for instance 64MiB",
                "model.table");
    }

    private void sparsityFits() {
        ModelConfig model = config().model();
        SparsityConfig sparsity = model.sparsity();
        require(
                sparsity.floor() <= sparsity.share(),
                "model.sparsity.floor",
                sparsity.floor(),
                "at most model.sparsity.share (" + sparsity.share() + ")",
                "the share falls from the one to the other",
                "model.sparsity.share");
        boolean limited = model.memory().isLimited();
        require(
                !limited || !sparsity.masksEmbeddings(),
                "model.sparsity.density",
                sparsity.density(),
                "1 where model.memory is a limit",
                "rows there have widths that move, which saves bytes; masks do not",
                "model.memory",
                "model.sparsity.method");
        boolean stepsAreWhole = !sparsity.masksEmbeddings() && model.focus().gradientShare() == 1;
        require(
                !model.evenDimensions() || stepsAreWhole,
                "model.evenDimensions",
                true,
                "false beside masks and where model.focus.gradientShare is below 1",
                "shares of dimensions are those of whole gradients",
                "model.sparsity.density",
                "model.sparsity.method",
                "model.focus.gradientShare");
    }

    /** Keys of the memory are made of declared features, and it leaves bytes for rows. */
    private void memoryFits() {
        MemoryConfig memory = config().memory();
        require(
                memory.fastHalfLifeMs() <= memory.middleHalfLifeMs(),
                "memory.fastHalfLifeMs",
                memory.fastHalfLifeMs(),
                "at most memory.middleHalfLifeMs (" + memory.middleHalfLifeMs() + ")",
                "",
                "memory.middleHalfLifeMs");
        require(
                memory.middleHalfLifeMs() <= memory.slowHalfLifeMs(),
                "memory.middleHalfLifeMs",
                memory.middleHalfLifeMs(),
                "at most memory.slowHalfLifeMs (" + memory.slowHalfLifeMs() + ")",
                "",
                "memory.slowHalfLifeMs");
        if (problems().touches("memory.keys", "features", "streaming")) {
            return;
        }
        try {
            KeyPlan.of(memory.keys(), config().schema());
        } catch (InvalidValueException fault) {
            problems().add(fault.field(), fault.found(), fault.expected(), "");
            return;
        }
        memoryFitsInto(config().model().memory());
    }

    /** A memory, as small as it can be made, leaves at least as much to the model as it takes. */
    private void memoryFitsInto(MemoryBudget budget) {
        long bytes = bytesOfMemory();
        boolean published = config().memory().mode() == MemoryMode.RELOOP2;
        require(
                !budget.isLimited() || bytes <= budget.bytes() / 2,
                published ? "memory.reloop2.bits" : "memory.cells",
                "a memory of %d bytes".formatted(bytes),
                "at most half of model.memory (%d bytes)".formatted(budget.bytes()),
                published
                        ? "fewer arrays or bits, or a larger budget"
                        : "fewer cells, keys or memory.lsh.bits, or a larger budget",
                "memory.reloop2.arrays",
                "memory.lsh.bits",
                "memory.mode",
                "model.memory");
    }

    private long bytesOfMemory() {
        return Memories.bytes(
                config().sizedMemory(), config().schema(), config().model().dimensions());
    }

    /** Segments are made of a declared feature, and detectors leave bytes for rows. */
    private void driftFits() {
        DriftConfig drift = config().drift();
        long detectors = DriftMonitor.bytes(drift);
        MemoryBudget budget = config().model().memory();
        require(
                !budget.isLimited() || detectors <= budget.bytes() / 4,
                "drift.segments",
                "%d bytes of detectors".formatted(detectors),
                "at most a quarter of model.memory (%d bytes)".formatted(budget.bytes()),
                "fewer segments, or page-hinkley, whose detectors are small",
                "model.memory",
                "drift.detector",
                "drift.segment");
        if (!drift.hasSegments() || problems().touches("drift.segment", "features", "streaming")) {
            return;
        }
        try {
            int unused = DriftMonitor.field(drift.segment(), config().schema());
        } catch (InvalidValueException fault) {
            problems().add(fault.field(), fault.found(), fault.expected(), "");
        }
    }

    /** Whatever stands beside rows leaves them the least that they can do with. */
    private void rowsKeepTheLeast() {
        ModelConfig model = config().model();
        MemoryBudget budget = model.memory();
        if (!budget.isLimited()
                || problems().touches("model", "memory", "drift", "features", "streaming")) {
            return;
        }
        long ofModel = FactorizationMachine.bytesBesideRows(model, config().schema().fields());
        long ofMemory = bytesOfMemory();
        long ofDetectors = DriftMonitor.bytes(config().drift());
        require(
                ofModel + ofMemory + ofDetectors <= budget.bytes() - MemoryBudget.LEAST,
                "model.memory",
                budget.bytes() + " bytes",
                "64KiB for rows, %d bytes for tower and streaks, %d for the memory of errors and %d for detectors of drift"
                        .formatted(ofModel, ofMemory, ofDetectors),
                "make it larger, or model.tower or memory smaller");
    }
}
