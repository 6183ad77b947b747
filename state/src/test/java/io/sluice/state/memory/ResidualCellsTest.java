package io.sluice.state.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResidualCellsTest {

    private static final Fade[] FADES = {new Fade(1000), new Fade(4000), new Fade(8000)};
    private static final int SLOW = 2;
    private static final long NAME = 0x123456789abcdefL;
    private static final long NOW = 5000;
    private static final long LATER = 64; // a tick

    private static ResidualCells cells() {
        return new ResidualCells(64, FADES);
    }

    /** A name that stands in the bucket of {@link #NAME} under another tag. */
    private static long neighbour(int i) {
        return NAME + i;
    }

    private static int write(ResidualCells cells, long name, double evidence, long time) {
        int cell = cells.find(name);
        if (cell == ResidualCells.NONE) {
            cell = cells.claim(name, evidence, time);
        }
        if (cell != ResidualCells.NONE) {
            cells.add(cell, SLOW, 1, (float) evidence);
        }
        return cell;
    }

    @Test
    void whatIsSeenOftenStandsAndWhatIsSeenOncePassesThrough() {
        ResidualCells cells = cells();
        for (int often = 0; often < ResidualCells.WAYS - 1; often++) {
            write(cells, neighbour(often), 1000, NOW);
        }
        int passed = 0;
        for (int once = 100; once < 2100; once++) {
            passed += write(cells, neighbour(once), 1, NOW + once) == ResidualCells.NONE ? 0 : 1;
        }

        for (int often = 0; often < ResidualCells.WAYS - 1; often++) {
            int cell = cells.find(neighbour(often));
            assertThat(cell).isNotEqualTo(ResidualCells.NONE);
            assertThat(cells.curvature(cell, SLOW)).isEqualTo(1000);
        }
        // Of two that were seen once each stays as likely as the other.
        assertThat(passed).isBetween(850, 1150);
    }

    @Test
    void aCellThatGoesToAnotherNameBeginsEmpty() {
        ResidualCells cells = new ResidualCells(ResidualCells.WAYS, FADES);
        for (int i = 0; i < ResidualCells.WAYS; i++) {
            int cell = write(cells, neighbour(i), 1e-9, NOW);
            assertThat(cells.vote(cell, neighbour(i), i)).isTrue();
            cells.sign(cell, NOW);
        }

        int taken = cells.claim(neighbour(99), 1e9, NOW + LATER);

        assertThat(cells.find(neighbour(99))).isEqualTo(taken);
        assertThat(cells.residual(taken, SLOW)).isZero();
        assertThat(cells.curvature(taken, SLOW)).isZero();
        assertThat(cells.users(taken)).isZero();
        assertThat(cells.wasWrittenAt(taken, NOW)).isFalse();
        assertThat(cells.holds(taken, NOW)).isFalse();
        assertThat(cells.holds(taken, NOW + LATER)).isTrue();
    }

    @Test
    void aCellHoldsWhatIsWrittenAsLongAsItStands() {
        ResidualCells cells = new ResidualCells(ResidualCells.WAYS, FADES);
        int cell = write(cells, neighbour(1), 1, NOW);
        long day = 86_400_000;

        for (int days = 0; days < 4 * 365; days++) {
            assertThat(cells.holds(cell, NOW + days * day)).as("%d days later", days).isTrue();
        }
        assertThat(cells.holds(cell, NOW - day)).isFalse();
        assertThat(cells.holds(cell, NOW - 365 * day)).isFalse();
    }

    @Test
    void partsThatFillABucketTwiceKeepWhatHasMostEvidence() throws IOException {
        ResidualCells one = new ResidualCells(ResidualCells.WAYS, FADES);
        ResidualCells other = new ResidualCells(ResidualCells.WAYS, FADES);
        for (int i = 0; i < ResidualCells.WAYS; i++) {
            write(one, neighbour(i), i + 1, NOW);
            write(other, neighbour(i + 4), i + 5.5, NOW);
        }
        addTo(one, other);

        for (int i = 0; i < 12; i++) {
            int cell = one.find(neighbour(i));
            assertThat(cell == ResidualCells.NONE).as("name %d", i).isEqualTo(i < 4);
            if (i >= 4) {
                double ofOne = i < 8 ? i + 1 : 0;
                assertThat(one.curvature(cell, SLOW)).isEqualTo((float) (ofOne + i + 1.5));
            }
        }
    }

    @Test
    void oneUserHasOneVoteInARoundOfSixteen() {
        for (int seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            ResidualCells cells = cells();
            int cell = write(cells, NAME, 1, NOW);
            int ofOne = 0;
            int ofOthers = 0;
            for (int i = 0; i < 5_000; i++) {
                boolean own = random.nextInt(4) > 0;
                long voter = own ? 666 : random.nextInt(1_000);
                if (cells.vote(cell, NAME, voter)) {
                    ofOne += own ? 1 : 0;
                    ofOthers += own ? 0 : 1;
                }
            }

            assertThat(ofOne).isLessThanOrEqualTo(1 + ofOthers / (VotingRound.VOTES - 1));
            // 16 of 31 seats are taken by about 22 who come by chance.
            assertThat(ofOthers).isBetween(750, 1_000);
        }
    }

    @Test
    void aRoundRemembersThatEnoughUsersVoted() {
        ResidualCells cells = cells();
        int cell = write(cells, NAME, 1, NOW);
        int least = 0;
        for (int voter = 0; voter < 500; voter++) {
            boolean unused = cells.vote(cell, NAME, voter);
            assertThat(cells.users(cell)).isBetween(least, VotingRound.VOTES);
            least = cells.users(cell);
        }
        assertThat(least).isEqualTo(VotingRound.VOTES);
    }

    @Test
    void seatsOfTwoPartsAreTakenInBoth() throws IOException {
        ResidualCells one = cells();
        ResidualCells other = cells();
        int cell = write(one, NAME, 1, NOW);
        write(other, NAME, 1, NOW);
        assertThat(one.vote(cell, NAME, 17)).isTrue();
        assertThat(other.vote(other.find(NAME), NAME, 99)).isTrue();
        addTo(one, other);

        assertThat(one.vote(cell, NAME, 17)).isFalse();
        assertThat(one.vote(cell, NAME, 99)).isFalse();
        assertThat(one.users(cell)).isEqualTo(2);
    }

    private static void addTo(ResidualCells one, ResidualCells other) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        other.writeHead(out);
        other.write(1, new DataOutput[] {out});
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        one.readHead(in);
        one.read(in);
    }
}
