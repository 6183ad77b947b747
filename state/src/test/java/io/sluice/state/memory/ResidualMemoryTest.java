package io.sluice.state.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import io.sluice.state.kernel.Activations;
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

    private static final long START = 1_700_000_000_000L;
    private static final long HOUR = 3_600_000;
    private static final int DIMENSIONS = 4;
    private static final int USER_FAST = 0;
    private static final int USER_MIDDLE = 1;
    private static final int USER_SLOW = 2;
    private static final int ITEM_FAST = 3;
    private static final int ITEM_MIDDLE = 4;
    private static final int ITEM_SLOW = 5;

    private static final FeatureSchema SCHEMA =
            new FeatureSchema(
                    List.of(
                            FeatureSpec.of("user", Source.USER, "", Kind.ID),
                            FeatureSpec.of("item", Source.ITEM, "", Kind.ID)));
    private static final MemoryConfig CONFIG =
            MemoryConfig.DEFAULT.with(MemoryMode.RESIDUAL).withCells(1 << 12);

    /** One label of a user for an item. */
    private record Write(long user, long item, long time, float label, double logit) {}

    /** What a write leaves under the key of its user. */
    private record Residual(long user, long time, double residual, double curvature) {}

    @Test
    void saysWhatTheSumOverAllErrorsSaysThatOtherKeysHaveNotCorrected() {
        ResidualMemory memory = new ResidualMemory(CONFIG, SCHEMA, DIMENSIONS);
        List<Residual> errors = new ArrayList<>();
        double most = 0;
        for (Write write : writes(new Random(1), 400)) {
            MemoryReading shown =
                    read(memory, write.user(), write.item(), write.time(), write.logit());
            double ofItem = 0;
            for (int voice = ITEM_FAST; voice <= ITEM_SLOW; voice++) {
                ofItem += memory.weight(voice, shown) * shown.correction(voice);
            }
            double p = Activations.sigmoid(write.logit() + ofItem);
            errors.add(new Residual(write.user(), write.time(), write.label() - p, p * (1 - p)));
            most = Math.max(most, Math.abs(ofItem));
            write(memory, write, shown);
        }
        long now = errors.get(errors.size() - 1).time() + 1_000;

        assertThat(most).isGreaterThan(0.01);
        for (long user = 1; user <= 9; user++) {
            MemoryReading reading = read(memory, user, 1001, now, 0.4);
            assertThat(reading.correction(USER_SLOW)).isNotZero();
            assertSays(reading, USER_FAST, twin(errors, user, now, CONFIG.fastHalfLifeMs()));
            assertSays(reading, USER_MIDDLE, twin(errors, user, now, CONFIG.middleHalfLifeMs()));
            assertSays(reading, USER_SLOW, twin(errors, user, now, CONFIG.slowHalfLifeMs()));
        }
    }

    private static void assertSays(MemoryReading reading, int voice, double expected) {
        assertThat(reading.correction(voice)).isCloseTo((float) expected, within(1e-5f));
    }

    /** G / (H + n₀) of a user, summed up anew with weights as of now. */
    private static double twin(List<Residual> errors, long user, long now, long halfLifeMs) {
        double residuals = 0;
        double curvature = 0;
        for (Residual error : errors) {
            if (error.user() == user) {
                double weight = Math.pow(2, -(now - error.time()) / (double) halfLifeMs);
                residuals += weight * error.residual();
                curvature += weight * error.curvature();
            }
        }
        double d = residuals / (curvature + CONFIG.prior());
        return Math.max(-CONFIG.limit(), Math.min(CONFIG.limit(), d));
    }

    @Test
    void theOrderOfWritesDoesNotMatterForTheSums() {
        List<Write> writes = writes(new Random(2), 300);
        List<Write> shuffled = new ArrayList<>(writes);
        Collections.shuffle(shuffled, new Random(3));
        ResidualMemory one = after(writes);
        ResidualMemory other = after(shuffled);

        for (long user = 1; user <= 9; user++) {
            MemoryReading a = read(one, user, 1001, START + 30 * HOUR, 0);
            MemoryReading b = read(other, user, 1001, START + 30 * HOUR, 0);
            assertThat(a.correction(USER_FAST)).isCloseTo(b.correction(USER_FAST), within(1e-5f));
        }
    }

    @Test
    void partsAddUpToTheWhole() throws IOException {
        List<Write> writes = writes(new Random(4), 300);
        ResidualMemory whole = after(writes);
        ResidualMemory merged = new ResidualMemory(CONFIG, SCHEMA, DIMENSIONS);
        for (ResidualMemory part :
                List.of(after(writes.subList(0, 150)), after(writes.subList(150, 300)))) {
            merged.readHead(input(head(part)));
            merged.readCells(input(cells(part, 1)[0]));
        }

        for (long user = 1; user <= 9; user++) {
            MemoryReading a = read(whole, user, 1001, START + 30 * HOUR, 0);
            MemoryReading b = read(merged, user, 1001, START + 30 * HOUR, 0);
            assertThat(a.correction(USER_FAST)).isCloseTo(b.correction(USER_FAST), within(1e-5f));
            assertThat(a.evidence(USER_FAST)).isCloseTo(b.evidence(USER_FAST), within(1e-4f));
        }
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

    private static List<Write> writes(Random random, int count) {
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int user = 1 + random.nextInt(9);
            writes.add(
                    new Write(
                            user,
                            1000 + random.nextInt(10),
                            START + i * 240_000L,
                            random.nextInt(10) < user ? 1 : 0,
                            random.nextGaussian()));
        }
        return writes;
    }

    private static ResidualMemory after(List<Write> writes) {
        ResidualMemory memory = new ResidualMemory(CONFIG, SCHEMA, DIMENSIONS);
        writes.forEach(write -> write(memory, write));
        return memory;
    }

    private static void write(ResidualMemory memory, Write write) {
        MemoryReading shown = read(memory, write.user(), write.item(), write.time(), write.logit());
        write(memory, write, shown);
    }

    private static void write(ResidualMemory memory, Write write, MemoryReading shown) {
        FeatureVector x = vector(write.user(), write.item());
        memory.write(x, null, 0, write.time(), write.label(), 1, shown);
    }

    private static MemoryReading read(
            ResidualMemory memory, long user, long item, long time, double logit) {
        MemoryReading reading = new MemoryReading();
        reading.begin(memory.voices(), logit, Activations.sigmoid(logit));
        memory.read(vector(user, item), null, time, reading);
        return reading;
    }

    @Test
    void whatCandidatesShareIsReadWithEachOfThem() {
        ResidualMemory memory = after(writes(new Random(13), 300));
        long now = START + 30 * HOUR;
        SharedReading shared = new SharedReading();
        MemoryReading beside = new MemoryReading(shared);

        for (long user = 1; user <= 9; user++) {
            memory.share(with(new FeatureVector(), user, 1), shared);
            beside.begin(memory.voices(), 0.3, Activations.sigmoid(0.3));
            memory.read(with(new FeatureVector(), 1001, 2), null, now, beside);
            double whole = read(memory, user, 1001, now, 0.3).probability();
            assertThat(beside.probability()).isEqualTo(whole);
        }
    }

    @Test
    void whoAsksForManyBeforeHeReadsTheFirstReadsTheSame() {
        ResidualMemory memory = after(writes(new Random(14), 300));
        long now = START + 30 * HOUR;
        MemoryReading[] asked = new MemoryReading[9];
        for (int i = 0; i < asked.length; i++) {
            asked[i] = new MemoryReading();
            memory.ask(vector(i, 1001), asked[i]);
        }

        for (int i = 0; i < asked.length; i++) {
            asked[i].begin(memory.voices(), 0.3, Activations.sigmoid(0.3));
            memory.read(vector(i, 1001), null, now, asked[i]);
            double whole = read(memory, i, 1001, now, 0.3).probability();
            assertThat(asked[i].probability()).isEqualTo(whole);
        }
        // The next one has not been asked for.
        asked[1].begin(memory.voices(), 0.3, Activations.sigmoid(0.3));
        memory.read(vector(2, 1002), null, now, asked[1]);
        assertThat(asked[1].probability()).isEqualTo(read(memory, 2, 1002, now, 0.3).probability());
    }

    private static double logit(double p) {
        return Math.log(p / (1 - p));
    }

    private static FeatureVector vector(long user, long item) {
        return with(with(new FeatureVector(), user, 1), item, 2);
    }

    private static FeatureVector with(FeatureVector x, long key, int field) {
        x.add(key, 1, field);
        return x;
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
