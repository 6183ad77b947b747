package io.sluice.operators.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.Interaction;
import io.sluice.state.feature.FactSource;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import io.sluice.state.feature.StreamingFeature;
import io.sluice.state.feature.StreamingKind;
import io.sluice.state.feature.stream.EntityMessage;
import io.sluice.state.feature.stream.EntityPage;
import io.sluice.state.feature.stream.FactRouter;
import io.sluice.state.feature.stream.Facts;
import io.sluice.state.feature.stream.StreamPlan;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events of users that never come again: what is kept follows how many are alive, not how many
 * there were. Profile {@code expiry} takes ten million of them.
 */
class EverNewEntitiesIT {

    private static final Logger LOG = LoggerFactory.getLogger(EverNewEntitiesIT.class);

    private static final int EVENTS = Integer.getInteger("sluice.it.entities");

    /** Users whose life is not over, at any time. */
    private static final int ALIVE = 10_000;

    private static final long STEP_MS = 100;
    private static final int ITEMS = 100;
    private static final long START = 1_000_000;

    /** Behind so many events comes a watermark, a publication and a count. */
    private static final int WATERMARK = 100;

    private static final int COUNT = EVENTS / 20;

    private static final FeatureSchema SCHEMA =
            new FeatureSchema(
                    List.of(
                            FeatureSpec.of("user", Source.USER, "", Kind.ID),
                            FeatureSpec.of("item", Source.ITEM, "", Kind.ID)),
                    List.of(
                            new StreamingFeature(
                                    "rate",
                                    StreamingKind.RATE,
                                    List.of("user"),
                                    FactSource.OUTCOMES,
                                    null,
                                    "",
                                    100_000,
                                    0,
                                    0,
                                    0,
                                    0,
                                    ALIVE * STEP_MS)));

    @TempDir private Path directory;

    @Test
    void whatIsKeptFollowsTheLivingNotTheDead() throws Exception {
        FactRouter router = new FactRouter(StreamPlan.of(SCHEMA));
        long pages = 0;
        long tombstones = 0;
        long mostEntities = 0;
        long mostBytes = 0;
        long bytesOfTheFirstHalf = 0;
        try (RecordHarness run = RecordHarness.in(directory, SCHEMA)) {
            for (int n = 0; n < EVENTS; n++) {
                Interaction event = event(n);
                router.route(
                        Facts.of(event, true),
                        0,
                        update -> send(run, new EntityMessage.Change(update.copy(), false)));
                if ((n + 1) % WATERMARK == 0) {
                    run.harness.processWatermark(event.timestamp());
                    run.harness.prepareSnapshotPreBarrier(1);
                    for (EntityPage page : run.pages()) {
                        pages++;
                        tombstones += page.isTombstone() ? 1 : 0;
                    }
                    run.harness.getOutput().clear();
                }
                if ((n + 1) % COUNT == 0) {
                    mostEntities = Math.max(mostEntities, run.entities());
                    mostBytes = Math.max(mostBytes, bytes(directory.toFile()));
                    bytesOfTheFirstHalf = n < EVENTS / 2 ? mostBytes : bytesOfTheFirstHalf;
                }
            }
            LOG.info(
                    String.format(
                            Locale.ROOT,
                            "%,d events: %,d pages, %,d of them tombstones; at most %,d entities, %,d timers at the end, %,d bytes on disk",
                            EVENTS,
                            pages,
                            tombstones,
                            mostEntities,
                            run.harness.numEventTimeTimers(),
                            mostBytes));

            // Those alive, what came since the watermark before, and the entity of all.
            assertThat(mostEntities).isBetween((long) ALIVE, ALIVE + WATERMARK + 2L);
            assertThat(tombstones).isBetween(EVENTS - mostEntities, (long) EVENTS - ALIVE);
            assertThat((long) run.harness.numEventTimeTimers()).isLessThanOrEqualTo(mostEntities);
            assertThat(mostBytes).isLessThan(Math.max(64L << 20, 2 * bytesOfTheFirstHalf));
        }
    }

    private static void send(RecordHarness run, EntityMessage message) {
        try {
            run.feed(message);
        } catch (Exception e) {
            throw new AssertionError("a message was refused", e);
        }
    }

    private static Interaction event(int n) {
        return new Interaction(
                "r" + n,
                START + n * STEP_MS,
                "u" + n,
                "i" + n % ITEMS,
                n % 2,
                Double.NaN,
                Attributes.EMPTY,
                Attributes.EMPTY);
    }

    /** Bytes of all files; RocksDB may remove any of them meanwhile, which then have none. */
    private static long bytes(File directory) {
        long bytes = 0;
        File[] files = directory.listFiles();
        for (File file : files == null ? new File[0] : files) {
            bytes += file.isDirectory() ? bytes(file) : file.length();
        }
        return bytes;
    }
}
