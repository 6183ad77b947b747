package io.sluice.state.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.feature.stream.EntityPage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntityPageCodecTest {

    private static final EntityPage PAGE =
            new EntityPage(
                    0x1122334455667788L,
                    200,
                    0x8123456789abcdefL,
                    new long[] {1_700_000_000_001L, Double.doubleToRawLongBits(2.5), -1});

    /** entity-page-v2.bin is {@code EntityPageCodec.value(PAGE)}, written once by version 2. */
    @Test
    void readsAndStillWritesTheBytesOfVersionTwo() throws IOException {
        byte[] golden = golden("entity-page-v2.bin");

        assertThat(EntityPageCodec.value(PAGE)).isEqualTo(golden);
        assertThat(HexFormat.of().formatHex(EntityPageCodec.key(PAGE)))
                .isEqualTo("c88123456789abcdef");
        assertEqual(EntityPageCodec.decode(EntityPageCodec.key(PAGE), golden), PAGE);
    }

    @Test
    void readsTheBytesOfVersionOne() throws IOException {
        byte[] golden = golden("entity-page-v1.bin");

        assertEqual(EntityPageCodec.decode(EntityPageCodec.key(PAGE), golden), PAGE);
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = EntityPageCodecTest.class.getResourceAsStream("/golden/" + name)) {
            return in.readAllBytes();
        }
    }

    @Test
    void aRecordUnderAnotherKeyIsRefused() {
        byte[] value = EntityPageCodec.value(PAGE);
        byte[] key = EntityPageCodec.key(PAGE);

        for (int bit = 0; bit < key.length * 8; bit++) {
            byte[] flipped = key.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused(flipped, value);
        }
    }

    @Test
    void pagesComeBackAsTheyWere() throws IOException {
        long seed = Long.getLong("sluice.seed", 1);
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            long[] record = random.longs(1 + random.nextInt(200)).toArray();
            EntityPage page =
                    new EntityPage(
                            random.nextLong(), random.nextInt(256), random.nextLong(), record);

            EntityPage back =
                    EntityPageCodec.decode(EntityPageCodec.key(page), EntityPageCodec.value(page));

            assertEqual(back, page);
        }
    }

    private static void assertEqual(EntityPage found, EntityPage expected) {
        assertThat(found).usingRecursiveComparison().isEqualTo(expected);
    }

    @Test
    void aNullValueIsATombstone() throws IOException {
        EntityPage tombstone = new EntityPage(0, 200, PAGE.key(), null);

        assertThat(EntityPageCodec.value(tombstone)).isNull();
        EntityPage back = EntityPageCodec.decode(EntityPageCodec.key(PAGE), null);
        assertThat(back.isTombstone()).isTrue();
        assertEqual(back, tombstone);
    }

    @Test
    void everyTruncationAndEveryFlippedBitIsRefused() {
        byte[] key = EntityPageCodec.key(PAGE);
        byte[] value = EntityPageCodec.value(PAGE);

        for (int length = 0; length < value.length; length++) {
            assertRefused(key, Arrays.copyOf(value, length));
        }
        for (int bit = 0; bit < value.length * 8; bit++) {
            byte[] flipped = value.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused(key, flipped);
        }
        for (int length = 0; length < key.length; length++) {
            assertRefused(Arrays.copyOf(key, length), value);
        }
        assertRefused(Arrays.copyOf(key, key.length + 1), value);
        assertRefused(null, value);
    }

    @Test
    void wholeWordsAndAtLeastTheTimeOfTheLastFactAreExpected() {
        Framing framing = new Framing("entity page", 0x534c4531, 2);
        byte[] key = EntityPageCodec.key(PAGE);

        for (int length : new int[] {0, 7, 8, 15, 17, 23}) {
            assertRefused(key, framing.wrap(key, new byte[length]));
        }
    }

    private static void assertRefused(byte[] key, byte[] value) {
        assertThatThrownBy(() -> EntityPageCodec.decode(key, value))
                .isInstanceOf(CorruptStateException.class);
    }
}
