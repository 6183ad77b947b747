package io.sluice.jobs.bench;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.state.event.Feedback;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fifty requests a second, and a click on every second one's first item, until interrupted. */
final class OtherTraffic implements Runnable {

    private static final double RATE = 50;
    private static final Pattern FIRST_ITEM =
            Pattern.compile("\"items\":\\[\\{\"id\":\"([^\"]+)\"");

    private final URI server;
    private final SluiceConfig config;
    private final EventTopics topics;

    OtherTraffic(URI server, SluiceConfig config, EventTopics topics) {
        this.server = server;
        this.config = config;
        this.topics = topics;
    }

    @Override
    public void run() {
        Schedule schedule = Schedule.perSecond(RATE);
        try (HttpWire wire = new HttpWire(server)) {
            for (long n = 0; !Thread.currentThread().isInterrupted(); n++) {
                schedule.await(n);
                HttpWire.Reply reply = wire.post(BenchWorld.request("other", n));
                Matcher first =
                        FIRST_ITEM.matcher(new String(reply.body(), StandardCharsets.UTF_8));
                if (n % 2 == 0 && first.find()) {
                    topics.send(
                            config.topics().feedback(),
                            new Feedback(
                                    "other" + n,
                                    System.currentTimeMillis(),
                                    "",
                                    first.group(1),
                                    "click",
                                    Double.NaN));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("the other traffic was cut off", e);
        }
    }
}
