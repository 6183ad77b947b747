package io.sluice.state.model;

import io.sluice.state.check.Checks;
import io.sluice.state.check.CorruptStateException;
import io.sluice.state.sparse.MaskedEmbeddingTable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a {@link FactorizationMachine} has where it is switched on: made by its settings, counted
 * and written. The rows of the masks' table are written by the machine, as any rows.
 *
 * @param tower null: none
 * @param focus null: all examples weigh the same
 * @param masks the table of rows, if it has masks; else null
 * @param shares null: a row's sum is that of each of its dimensions
 */
record MachineParts(
        TowerTerm tower, ExampleFocus focus, MaskedEmbeddingTable masks, DimensionShares shares) {

    // Part of the checkpoint's format.
    private static final int MASKS = 1;
    private static final int TOWER = 2;
    private static final int FOCUS = 4;
    private static final int SIZE = 8;
    private static final int SHARES = 16;
    private static final int KNOWN = 31;

    /**
     * The parts that are switched on.
     *
     * @param fields how many fields vectors have, for the tower
     */
    static MachineParts of(ModelConfig config, int fields) {
        return new MachineParts(
                TowerTerm.of(config, fields), focus(config), masks(config), shares(config));
    }

    private static MaskedEmbeddingTable masks(ModelConfig config) {
        if (!config.sparsity().masksEmbeddings()) {
            return null;
        }
        Checks.that(
                !config.memory().isLimited(),
                "model.sparsity.density",
                "1 where model.memory is a limit",
                Double.toString(config.sparsity().density()));
        return new MaskedEmbeddingTable(
                config.dimensions(),
                config.sparsity(),
                config.seed(),
                (float) config.initialAccumulator(),
                RowLayout.initializer(config));
    }

    private static ExampleFocus focus(ModelConfig config) {
        return config.focus().weighsExamples() ? new ExampleFocus(config.focus()) : null;
    }

    /**
     * None where steps are not of whole gradients, or not taken by the machine, or where rows need
     * the bytes more.
     */
    private static DimensionShares shares(ModelConfig config) {
        boolean fit =
                !config.sparsity().masksEmbeddings()
                        && config.focus().gradientShare() == 1
                        && !config.table().stepsItself()
                        && config.memory().spares(DimensionShares.bytes(config.dimensions()));
        return config.evenDimensions() && fit
                ? new DimensionShares(config.dimensions(), (float) config.initialAccumulator())
                : null;
    }

    /** Bytes of what there would be besides rows, but for shares, which rows spare. */
    static long bytesBesideRows(ModelConfig config, int fields) {
        return new MachineParts(TowerTerm.of(config, fields), focus(config), null, null).bytes();
    }

    /** Bytes besides rows. */
    long bytes() {
        return (tower == null ? 0 : tower.bytes())
                + (focus == null ? 0 : focus.bytes())
                + (shares == null ? 0 : shares.bytes());
    }

    /**
     * Int dimensions; where there are parts, minus the dimensions instead, and behind them a byte
     * that says which parts, and the shares of dimensions.
     */
    void writeHead(int dimensions, DataOutput out) throws IOException {
        int parts = bits();
        out.writeInt(parts == 0 ? dimensions : -dimensions);
        if (parts != 0) {
            out.writeByte(parts);
        }
        if (shares != null) {
            shares.write(out);
        }
    }

    private int bits() {
        return (masks == null ? 0 : MASKS)
                | (tower == null ? 0 : TOWER)
                | (focus == null ? 0 : FOCUS)
                | (focus == null || !focus.knowsSize() ? 0 : SIZE)
                | (shares == null ? 0 : SHARES);
    }

    /**
     * Checks that what {@link #writeHead} wrote is of the same dimensions and parts, but for shares
     * of dimensions: they begin anew where there are none, and those that are not wanted are passed
     * over.
     */
    void readHead(int expected, DataInput in) throws IOException {
        int written = in.readInt();
        int dimensions = Math.abs(written);
        if (dimensions != expected) {
            throw new CorruptStateException(
                    "model state: found %d dimensions, expected %d; set model.dimensions to %d or start without the old state"
                            .formatted(dimensions, expected, dimensions));
        }
        int found = written < 0 ? in.readByte() : 0;
        if ((found & ~KNOWN) != 0) {
            throw new CorruptStateException(
                    "model state: found parts %d, expected 0 to %d".formatted(found, KNOWN));
        }
        checkPart("masks", MASKS, found, "model.sparsity");
        checkPart("a tower", TOWER, found, "model.tower");
        checkPart("weights of examples", FOCUS, found, "model.focus");
        checkPart("the size of gradients", SIZE, found, "model.focus.gradientVariance");
        readShares((found & SHARES) != 0, dimensions, in);
    }

    private void readShares(boolean written, int dimensions, DataInput in) throws IOException {
        if (!written) {
            if (shares != null) {
                shares.clear();
            }
        } else if (shares == null) {
            DimensionShares.skip(dimensions, in);
        } else {
            shares.read(in);
        }
    }

    private void checkPart(String name, int part, int found, String key)
            throws CorruptStateException {
        boolean has = (found & part) != 0;
        if (has != ((bits() & part) != 0)) {
            throw new CorruptStateException(
                    "model state: found a model %s %s, expected one %s; set %s as it was or start without the old state"
                            .formatted(
                                    has ? "with" : "without", name, has ? "without" : "with", key));
        }
    }

    /** Writes tower and weights of examples, where there are any, behind the first group's rows. */
    void write(int groups, DataOutput[] outs) throws IOException {
        for (int group = 0; group < groups && (tower != null || focus != null); group++) {
            outs[group].writeBoolean(group == 0);
        }
        if (tower != null) {
            tower.network().write(outs[0]);
        }
        if (focus != null) {
            focus.write(outs[0]);
        }
    }

    /** Replaces them by what {@link #write} wrote, if this is the group that has them. */
    void read(DataInput in) throws IOException {
        if ((tower == null && focus == null) || !in.readBoolean()) {
            return;
        }
        if (tower != null) {
            tower.network().read(in);
        }
        if (focus != null) {
            focus.read(in);
        }
    }
}
