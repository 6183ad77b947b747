package io.sluice.state.memory;

import static io.sluice.state.memory.MemoryWrites.CONFIG;
import static io.sluice.state.memory.MemoryWrites.DIMENSIONS;
import static io.sluice.state.memory.MemoryWrites.SCHEMA;
import static io.sluice.state.memory.MemoryWrites.START;
import static io.sluice.state.memory.MemoryWrites.after;
import static io.sluice.state.memory.MemoryWrites.afterUnread;
import static io.sluice.state.memory.MemoryWrites.read;
import static io.sluice.state.memory.MemoryWrites.vector;
import static io.sluice.state.memory.MemoryWrites.write;
import static io.sluice.state.memory.MemoryWrites.writes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.state.feature.FeatureVector;
import io.sluice.state.kernel.Activations;
import io.sluice.state.memory.MemoryWrites.Write;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResidualMemoryTest {

    private static final long HOUR = 3_600_000;
    private static final int USER_FAST = 0;
    private static final int USER_MIDDLE = 1;
    private static final int USER_SLOW = 2;
    private static final int ITEM_FAST = 3;
    private static final int ITEM_MIDDLE = 4;
    private static final int ITEM_SLOW = 5;

    @Test
    void theOrderOfWritesDoesNotMatterForTheSums() {
        List<Write> writes = writes(new Random(2), 300);
        List<Write> shuffled = new ArrayList<>(writes);
        Collections.shuffle(shuffled, new Random(3));

        assertUsersSayTheSame(afterUnread(writes), afterUnread(shuffled));
    }

    /** A few minutes after the last of 300 writes, so that users speak at all three speeds. */
    private static void assertUsersSayTheSame(ResidualMemory one, ResidualMemory other) {
        for (long user = 1; user <= 9; user++) {
            MemoryReading a = read(one, user, 1001, START + 20 * HOUR, 0);
            MemoryReading b = read(other, user, 1001, START + 20 * HOUR, 0);
            assertThat(a.correction(USER_SLOW)).isNotZero();
            for (int voice = USER_FAST; voice <= USER_SLOW; voice++) {
                assertThat(a.correction(voice)).isCloseTo(b.correction(voice), within(1e-5f));
                assertThat(a.evidence(voice)).isCloseTo(b.evidence(voice), within(1e-4f));
            }
        }
    }

    @Test
    void partsAddUpToTheWhole() throws IOException {
        List<Write> writes = writes(new Random(4), 300);
        ResidualMemory merged = new ResidualMemory(CONFIG, SCHEMA, DIMENSIONS);
        for (ResidualMemory part :
                List.of(
                        afterUnread(writes.subList(0, 150)),
                        afterUnread(writes.subList(150, 300)))) {
            merged.readHead(input(head(part)));
            merged.readCells(input(cells(part, 1)[0]));
        }

        assertUsersSayTheSame(afterUnread(writes), merged);
    }

    @Test
    void aNegativeThatConvertsLaterIsAsAPositiveFromTheStart() {
        for (long later : new long[] {0, HOUR, 500 * HOUR}) {
            ResidualMemory converted = after(writes(new Random(5), 100));
            ResidualMemory right = after(writes(new Random(5), 100));
            FeatureVector x = vector(3, 1003);
            long time = START + 40 * HOUR;
            MemoryReading shown = read(converted, 3, 1003, time, -1);
            long taken = converted.write(x, null, 0, time, 0, 1, shown);
            right.write(x, null, 0, time, 1, 1, read(right, 3, 1003, time, -1));
            // What comes between moves landmarks.
            write(converted, new Write(8, 1008, time + later, 1, 0));
            write(right, new Write(8, 1008, time + later, 1, 0));

            converted.correct(x, null, time, taken, 0, 1, 1);

            MemoryReading a = read(converted, 3, 1003, time + later + HOUR, 0);
            MemoryReading b = read(right, 3, 1003, time + later + HOUR, 0);
            for (int v = 0; v < a.voices(); v++) {
                assertThat(a.correction(v))
                        .as("voice %d", v)
                        .isCloseTo(b.correction(v), within(1e-6f));
                assertThat(a.evidence(v)).isEqualTo(b.evidence(v));
            }
        }
    }

    @Test
    void anItemIsSilentUntilEnoughUsersWroteAndAtTheVeryMoment() {
        ResidualMemory memory = new ResidualMemory(CONFIG, SCHEMA, DIMENSIONS);
        for (int user = 1; user <= 3; user++) {
            assertThat(read(memory, 9, 1001, START + 1, 0).correction(ITEM_SLOW)).isZero();
            for (int i = 0; i < 3; i++) {
                write(memory, new Write(user * 77L, 1001, START, 1, 0));
            }
        }

        assertThat(read(memory, 9, 1001, START + 1, 0).correction(ITEM_SLOW)).isPositive();
        assertThat(read(memory, 9, 1001, START, 0).correction(ITEM_SLOW)).isZero();
    }

    @Test
    void oneUserCannotMoveAnItemsScoreBeyondTheBound() {
        double most = 2 * CONFIG.limit();
        double errors = 2 + 200 / 15.0;
        double each = Math.min(most, (1 + CONFIG.limit() / 4) * errors / CONFIG.prior());
        for (int seed = 1; seed <= 10; seed++) {
            ResidualMemory honest = new ResidualMemory(CONFIG, SCHEMA, DIMENSIONS);
            ResidualMemory attacked = new ResidualMemory(CONFIG, SCHEMA, DIMENSIONS);
            Random random = new Random(seed);
            for (int i = 0; i < 200; i++) {
                Write write =
                        new Write(
                                10 + random.nextInt(50),
                                1001,
                                START + i * 60_000L,
                                random.nextInt(4) == 0 ? 1 : 0,
                                -1);
                write(honest, write);
                write(attacked, write);
            }
            long now = START + 200 * 60_000L;
            for (int i = 0; i < 20_000; i++) {
                write(attacked, new Write(666, 1001, now + i * 500L, 1, -6));
            }

            long end = now + 20_000 * 500L;
            MemoryReading a = read(honest, 9, 1001, end, -1);
            MemoryReading b = read(attacked, 9, 1001, end, -1);
            for (int voice : new int[] {ITEM_FAST, ITEM_MIDDLE, ITEM_SLOW}) {
                assertThat(Math.abs(b.correction(voice) - a.correction(voice)))
                        .isLessThanOrEqualTo((float) each);
            }
            assertThat(Math.abs(logit(b.probability()) - logit(a.probability())))
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(most);
        }
    }

    /** Where others write too, what one adds is small beside it however often he writes. */
    @Test
    void oneUserAmongOthersMovesAnItemByHisShareOfTheVotes() {
        int others = 2_000;
        double p = Activations.sigmoid(-1);
        double h = p * (1 - p);
        double most = (1 + CONFIG.limit() / 4) * (2 + others / 15.0);
        double bound = most / (others * h * 0.6 + CONFIG.prior());
        ResidualMemory honest = new ResidualMemory(CONFIG, SCHEMA, DIMENSIONS);
        ResidualMemory attacked = new ResidualMemory(CONFIG, SCHEMA, DIMENSIONS);
        Random random = new Random(13);
        for (int i = 0; i < others; i++) {
            float label = random.nextDouble() < p ? 1 : 0;
            Write write = new Write(10L + random.nextInt(500), 1001, START + i, label, -1);
            write(honest, write);
            write(attacked, write);
            for (int again = 0; again < 10; again++) {
                write(attacked, new Write(666, 1001, START + i, 1, -1));
            }
        }
        MemoryReading a = read(honest, 9, 1001, START + others, -1);
        MemoryReading b = read(attacked, 9, 1001, START + others, -1);

        assertThat(bound).isLessThan(0.75);
        for (int voice : new int[] {ITEM_FAST, ITEM_MIDDLE, ITEM_SLOW}) {
            double moved = b.correction(voice) - a.correction(voice);
            assertThat(Math.abs(moved)).isLessThanOrEqualTo(bound);
        }
    }

    /** A user of many categories, who fills cells with pairs of his own. */
    @Test
    void whoFillsAllCellsTakesNothingFromWhatHasMoreEvidence() {
        MemoryConfig small = CONFIG.withCells(64);
        ResidualMemory memory = new ResidualMemory(small, SCHEMA, DIMENSIONS);
        for (int user = 10; user < 60; user++) {
            write(memory, new Write(user, 1001, START + user * 1000L, 1, -1));
        }
        long end = START + HOUR;
        float before = read(memory, 9, 1001, end, -1).correction(ITEM_SLOW);
        for (int i = 0; i < 5_000; i++) {
            // Items that nobody else ever saw.
            write(memory, new Write(666, 1_000_000L + i, START + 60_000 + i, 1, -1));
        }

        float after = read(memory, 9, 1001, end, -1).correction(ITEM_SLOW);
        assertThat(before).isPositive();
        assertThat(after).isEqualTo(before);
    }

    @Test
    void nothingIsCorrectedWhereTheCellWasLostInBetween() {
        ResidualMemory memory = new ResidualMemory(CONFIG.withCells(64), SCHEMA, DIMENSIONS);
        FeatureVector x = vector(3, 1003);
        long taken = memory.write(x, null, 0, START, 0, 1, read(memory, 3, 1003, START, -1));
        Random random = new Random(12);
        for (int i = 0; i < 20_000; i++) {
            long user = 100L + random.nextInt(5_000);
            write(memory, new Write(user, 2_000L + random.nextInt(5_000), START + 1 + i, 0, 0));
        }
        long later = START + HOUR;
        write(memory, new Write(3, 1003, later, 0, 0));
        MemoryReading lost = read(memory, 3, 1003, later + 1, 0);

        memory.correct(x, null, START, taken, 0, 1, 1);

        MemoryReading still = read(memory, 3, 1003, later + 1, 0);
        for (int v = 0; v < still.voices(); v++) {
            assertThat(still.correction(v)).isEqualTo(lost.correction(v));
        }
    }

    @Test
    void aMemoryMadeOfBlocksReadsBitForBitWhatTheOneThatWroteThemReads() throws IOException {
        ResidualMemory trainer = new ResidualMemory(CONFIG, SCHEMA, DIMENSIONS);
        ResidualMemory server = new ResidualMemory(CONFIG, SCHEMA, DIMENSIONS);
        Random random = new Random(6);
        long now = START;
        for (int round = 0; round < 30; round++) {
            for (Write write : writes(random, 20)) {
                now += random.nextInt(20) * HOUR;
                write(trainer, new Write(write.user(), write.item(), now, write.label(), -1));
            }
            if (round == 10) {
                trainer.hasten(now, 8, HOUR);
            }
            CodedMemories.publish(trainer, server);

            for (long user = 1; user <= 9; user++) {
                for (long at : new long[] {now, now + 1, now + 17 * HOUR + 3}) {
                    MemoryReading a = read(trainer, user, 1000 + user, at, 0.1 * user);
                    MemoryReading b = read(server, user, 1000 + user, at, 0.1 * user);
                    assertThat(b.probability()).isEqualTo(a.probability());
                    for (int v = 0; v < a.voices(); v++) {
                        assertThat(b.correction(v)).isEqualTo(a.correction(v));
                        assertThat(b.evidence(v)).isEqualTo(a.evidence(v));
                    }
                }
            }
        }
    }

    @Test
    void whatIsOldIsForgottenFasterAfterADrift() {
        ResidualMemory steady = after(writes(new Random(7), 200));
        ResidualMemory hurried = after(writes(new Random(7), 200));
        long now = START + 20 * HOUR;
        hurried.hasten(now, 10, HOUR);

        MemoryReading a = read(steady, 3, 1003, now + HOUR, 0);
        MemoryReading b = read(hurried, 3, 1003, now + HOUR, 0);

        assertThat(b.evidence(USER_MIDDLE)).isLessThan(a.evidence(USER_MIDDLE) / 100);
    }

    @Test
    void bytesAreThoseThatItsSettingsAskFor() {
        ResidualMemory memory = new ResidualMemory(CONFIG, SCHEMA, DIMENSIONS);
        long before = memory.bytes();
        writes(new Random(8), 500).forEach(write -> write(memory, write));

        assertThat(memory.bytes()).isEqualTo(before);
        assertThat(before).isEqualTo(ResidualMemory.bytes(CONFIG, SCHEMA, DIMENSIONS));
    }

    private static double logit(double p) {
        return Math.log(p / (1 - p));
    }

    private static byte[] head(ResidualMemory memory) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        memory.writeHead(new DataOutputStream(out));
        return out.toByteArray();
    }

    private static byte[][] cells(ResidualMemory memory, int groups) throws IOException {
        ByteArrayOutputStream[] buffers = new ByteArrayOutputStream[groups];
        DataOutputStream[] outs = new DataOutputStream[groups];
        for (int i = 0; i < groups; i++) {
            buffers[i] = new ByteArrayOutputStream();
            outs[i] = new DataOutputStream(buffers[i]);
        }
        memory.writeCells(groups, outs);
        byte[][] pieces = new byte[groups][];
        for (int i = 0; i < groups; i++) {
            pieces[i] = buffers[i].toByteArray();
        }
        return pieces;
    }

    private static DataInputStream input(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }
}
