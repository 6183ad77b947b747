package io.sluice.planted.state.memory;

import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/** Everything that makes two runs of the same stream differ; once as a method reference. */
final class ReadsTheClock {
    private ReadsTheClock() {}

    static LongSupplier nanos() {
        return System::nanoTime;
    }

    static double anything() {
        return System.currentTimeMillis()
                + Math.random()
                + System.getenv().size()
                + Instant.now().toEpochMilli()
                + Clock.systemUTC().millis()
                + UUID.randomUUID().getLeastSignificantBits()
                + new Random().nextInt()
                + new SplittableRandom().nextInt()
                + ThreadLocalRandom.current().nextInt();
    }
}
