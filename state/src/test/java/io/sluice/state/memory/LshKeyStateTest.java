package io.sluice.state.memory;

import static io.sluice.state.memory.CodedMemories.CHECK;
import static io.sluice.state.memory.CodedMemories.CODE_FAST;
import static io.sluice.state.memory.CodedMemories.ITEMS;
import static io.sluice.state.memory.CodedMemories.MINUTE;
import static io.sluice.state.memory.CodedMemories.memory;
import static io.sluice.state.memory.CodedMemories.pieces;
import static io.sluice.state.memory.CodedMemories.publish;
import static io.sluice.state.memory.MemoryWrites.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.memory.CodedMemories.Model;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pieces and pages of a memory with codes. */
class LshKeyStateTest {

    private final CodedMemories coded = new CodedMemories();
    private final Model model = coded.model;
    private final MemoryReading reading = coded.reading;

    @Test
    void piecesAddUpToTheWholeAndGoOnAlike() throws IOException {
        ResidualMemory whole = memory();
        Random random = new Random(9);
        for (int step = 0; step < 12; step++) {
            coded.feed(whole, 10 + step, 1 + random.nextInt(CHECK));
            if (step == 6) {
                model.turn();
            }
            ResidualMemory restored = memory();
            byte[][] pieces = pieces(whole, 5);
            for (int i : new int[] {3, 1, 4, 0, 2}) {
                CodedMemories.readPiece(restored, pieces[i]);
            }

            assertThat(pieces(restored, 3)).isDeepEqualTo(pieces(whole, 3));
            coded.feed(restored, 99, 2 * CHECK);
            ResidualMemory twin = memory();
            for (byte[] piece : pieces) {
                CodedMemories.readPiece(twin, piece);
            }
            coded.feed(twin, 99, 2 * CHECK);
            assertThat(pieces(restored, 1)).isDeepEqualTo(pieces(twin, 1));
        }
    }

    @Test
    void ofPiecesOfDifferentVersionsTheLatestStays() throws IOException {
        ResidualMemory older = memory();
        coded.feed(older, 30, 2 * CHECK);
        ResidualMemory newer = memory();
        coded.feed(newer, 31, 2 * CHECK);
        model.turn();
        coded.feed(newer, 32, 2 * CHECK);
        assertThat(newer.voice(CODE_FAST)).contains("version 2");

        for (boolean newerFirst : new boolean[] {true, false}) {
            ResidualMemory merged = memory();
            CodedMemories.readPiece(merged, pieces(newerFirst ? newer : older, 1)[0]);
            CodedMemories.readPiece(merged, pieces(newerFirst ? older : newer, 1)[0]);

            assertThat(merged.voice(CODE_FAST)).isEqualTo(newer.voice(CODE_FAST));
            for (long item = 1; item <= ITEMS; item++) {
                MemoryReading expected = new MemoryReading();
                coded.read(newer, 999, item, START + 900 * MINUTE, expected);
                coded.read(merged, 999, item, START + 900 * MINUTE);
                for (int v = CODE_FAST; v < merged.voices(); v++) {
                    assertThat(reading.correction(v)).isEqualTo(expected.correction(v));
                }
            }
        }
    }

    @Test
    void aServedMemoryReadsWhatItsTrainerReadsThroughVersions() throws IOException {
        ResidualMemory trainer = memory();
        ResidualMemory served = memory();
        for (int round = 0; round < 30; round++) {
            coded.feed(trainer, 40 + round, CHECK / 4 + 1);
            if (round % 7 == 6) {
                model.turn();
            }
            publish(trainer, served);

            coded.sameReadings(served, trainer, START + 700 * MINUTE, 0);
            assertThat(served.voice(CODE_FAST)).isEqualTo(trainer.voice(CODE_FAST));
        }
        assertThat(trainer.voice(CODE_FAST)).isNotEqualTo("lsh, version 1, fast");
    }
}
