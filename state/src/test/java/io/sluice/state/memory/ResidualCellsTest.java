package io.sluice.state.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ResidualCellsTest {

    private static final Fade[] FADES = {new Fade(1000), new Fade(8000)};
    private static final int CELL = 3;

    private static ResidualCells cells() {
        return new ResidualCells(new int[] {64}, 64, FADES);
    }

    private static void vote(ResidualCells cells, int times, long halves) {
        for (int i = 0; i < times; i++) {
            assertThat(cells.vote(0, CELL, 17, 0, halves, 7)).isTrue();
        }
    }

    @Test
    void votesOfTwoPartsAddUp() throws IOException {
        ResidualCells one = cells();
        ResidualCells other = cells();
        vote(one, 2, 40);
        vote(other, 3, 40);
        addTo(one, other);

        // Five of seven are taken, whoever took them.
        vote(one, 2, 40);
        assertThat(one.vote(0, CELL, 17, 0, 40, 7)).isFalse();
    }

    @Test
    void aKeyOfFewCellsCountsVotesAsOneOfManyDoes() {
        ResidualCells cells = new ResidualCells(new int[] {4, 64}, 64, FADES);
        int taken = 0;
        for (int voter = 0; voter < 256; voter++) {
            taken += cells.vote(0, cells.cellAt(0, CELL), voter, 0, 40, 1) ? 1 : 0;
        }

        // 256 voters on 256 counters: 1 − 1/e of them are the first on theirs.
        assertThat(taken).isBetween(140, 190);
        assertThat(ResidualCells.bytes(new int[] {4, 64}, 64))
                .isEqualTo(68 * 24 + 2 * 256 * 4 + 68 / 4 / 8);
    }

    @Test
    void olderVotesCountHalfForEachHalfLife() throws IOException {
        for (boolean olderFirst : new boolean[] {true, false}) {
            ResidualCells one = cells();
            ResidualCells other = cells();
            vote(one, olderFirst ? 6 : 1, olderFirst ? 39 : 40);
            vote(other, olderFirst ? 1 : 6, olderFirst ? 40 : 39);
            addTo(one, other);

            vote(one, 3, 40);
            assertThat(one.vote(0, CELL, 17, 0, 40, 7)).as("6/2 + 1 + 3 are seven").isFalse();
        }
    }

    private static void addTo(ResidualCells one, ResidualCells other) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        other.writeHead(out);
        other.write(1, new DataOutput[] {out});
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        one.readHead(in);
        one.read(k -> true, in);
    }
}
