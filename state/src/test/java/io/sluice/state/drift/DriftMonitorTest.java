package io.sluice.state.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DriftMonitorTest {

    private static final FeatureSchema SCHEMA =
            new FeatureSchema(
                    List.of(
                            FeatureSpec.of("user", Source.USER, "", Kind.ID),
                            FeatureSpec.of("item", Source.ITEM, "", Kind.ID),
                            FeatureSpec.of("genres", Source.FEATURES, "g", Kind.CATEGORIES)));
    private static final int GENRES = 3;

    private static DriftMonitor monitor(DetectorKind kind) {
        return new DriftMonitor(DriftConfig.DEFAULT.with(kind).watching("genres"), SCHEMA);
    }

    private static FeatureVector of(int... genres) {
        FeatureVector x = new FeatureVector();
        x.add(7, 1, 1);
        x.add(8, 1, 2);
        for (int genre : genres) {
            x.add(1000 + genre, 1, GENRES);
        }
        return x;
    }

    @ParameterizedTest
    @EnumSource(names = {"ADWIN", "PAGE_HINKLEY"})
    void namesTheSegmentThatChanged(DetectorKind kind) {
        DriftMonitor monitor = monitor(kind);
        Random random = new Random(4);
        List<DriftChange> changes = new ArrayList<>();
        for (int i = 0; i < 60_000; i++) {
            int genre = random.nextInt(8);
            double truth = genre == 5 && i >= 30_000 ? 0.7 : 0.2;
            List<DriftChange> found =
                    monitor.observe(of(genre), 0.2, random.nextDouble() < truth ? 1 : 0);
            assertThat(i < 30_000 ? found : List.of()).as("before the change").isEmpty();
            changes.addAll(found);
        }

        assertThat(changes).isNotEmpty();
        assertThat(changes)
                .filteredOn(change -> !change.field().isEmpty())
                .isNotEmpty()
                .allSatisfy(change -> assertThat(change.key()).isEqualTo(1005))
                .allSatisfy(change -> assertThat(change.field()).isEqualTo("genres"))
                .allSatisfy(change -> assertThat(change.to()).isGreaterThan(change.from()));
    }

    @Test
    void seesAnExampleOfSeveralValuesUnderEachOfThem() {
        DriftMonitor monitor = monitor(DetectorKind.PAGE_HINKLEY);
        for (int i = 0; i < 2_000; i++) {
            monitor.observe(of(1, 2), 0.1, 0);
        }
        List<DriftChange> changes = List.of();
        while (changes.isEmpty()) {
            changes = monitor.observe(of(1, 2), 0.1, 1);
        }

        assertThat(changes).extracting(DriftChange::field).containsExactly("", "genres", "genres");
        assertThat(changes).extracting(DriftChange::key).containsExactly(0L, 1001L, 1002L);
    }

    @Test
    void surpriseIsZeroOnAverageWhileTheModelIsRight() {
        for (double p : new double[] {0.02, 0.2, 0.5, 0.9}) {
            double mean = p * DriftMonitor.surprise(p, 1) + (1 - p) * DriftMonitor.surprise(p, 0);
            assertThat(mean).as("p = %s", p).isCloseTo(0, within(1e-12));
        }
        assertThat(DriftMonitor.surprise(0, 1)).isCloseTo(4, within(1e-5));
        assertThat(DriftMonitor.surprise(0.5, 1)).isEqualTo(0);
        // 0.1 is too low for a label rate of a half: KL divergence and more.
        assertThat((DriftMonitor.surprise(0.1, 1) + DriftMonitor.surprise(0.1, 0)) / 2)
                .isCloseTo(0.4 * Math.log(9), within(1e-12));
    }

    @Test
    void oneGreatSurpriseIsNoDrift() {
        DriftMonitor monitor = monitor(DetectorKind.PAGE_HINKLEY);
        for (int i = 0; i < 2_000; i++) {
            monitor.observe(of(1), 0.1, 0);
        }

        assertThat(monitor.observe(of(1), 0, 1)).isEmpty();
    }

    @Test
    void saysNothingWithoutDetector() {
        DriftMonitor monitor = new DriftMonitor(DriftConfig.NONE, SCHEMA);

        assertThat(monitor.observe(of(1), 0.1, 1)).isEmpty();
        assertThat(monitor.bytes()).isZero();
    }

    @Test
    void countsItsBytes() {
        assertThat(monitor(DetectorKind.ADWIN).bytes()).isEqualTo(65 * Adwin.BYTES);
        assertThat(monitor(DetectorKind.PAGE_HINKLEY).bytes()).isEqualTo(65 * 72);
    }

    @Test
    void refusesASegmentThatIsNotDeclared() {
        DriftConfig config = DriftConfig.DEFAULT.watching("colour");

        assertThatThrownBy(() -> new DriftMonitor(config, SCHEMA))
                .hasMessageContaining("drift.segment must be one of the first 255 declared")
                .hasMessageContaining("colour");
    }

    @ParameterizedTest
    @EnumSource(names = {"ADWIN", "PAGE_HINKLEY"})
    void goesOnInPartsAsIfItHadBeenWhole(DetectorKind kind) throws IOException {
        DriftMonitor whole = monitor(kind);
        DriftMonitor restored = monitor(kind);
        Random random = new Random(6);
        for (int i = 0; i < 20_000; i++) {
            FeatureVector x = of(random.nextInt(40));
            double label = random.nextDouble() < (i < 12_000 ? 0.2 : 0.5) ? 1 : 0;
            assertThat(restored.observe(x, 0.2, label)).isEqualTo(whole.observe(x, 0.2, label));
            if (i % 3_333 == 0) {
                byte[][] parts = write(restored, 5);
                restored = monitor(kind);
                for (int part = parts.length - 1; part >= 0; part--) {
                    read(restored, parts[part]);
                }
            }
        }

        assertThat(write(restored, 1)).isEqualTo(write(whole, 1));
    }

    @Test
    void refusesADetectorThatIsNotThere() {
        byte[] bytes = {0, 0, 0, 99};

        assertThatThrownBy(() -> read(monitor(DetectorKind.ADWIN), bytes))
                .isInstanceOf(CorruptStateException.class)
                .hasMessage("drift: found detector 99, expected fewer than 65");
    }

    private static byte[][] write(DriftMonitor monitor, int groups) throws IOException {
        ByteArrayOutputStream[] buffers = new ByteArrayOutputStream[groups];
        DataOutputStream[] outs = new DataOutputStream[groups];
        for (int i = 0; i < groups; i++) {
            buffers[i] = new ByteArrayOutputStream();
            outs[i] = new DataOutputStream(buffers[i]);
        }
        monitor.write(groups, outs);
        byte[][] parts = new byte[groups][];
        for (int i = 0; i < groups; i++) {
            parts[i] = buffers[i].toByteArray();
        }
        return parts;
    }

    private static void read(DriftMonitor monitor, byte[] part) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(part));
        while (in.available() > 0) {
            monitor.read(in);
        }
    }
}
