package io.sluice.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.jobs.replay.dataset.DeadLetterBox;
import io.sluice.jobs.replay.dataset.EventReader;
import io.sluice.operators.encode.EncodeFunction;
import io.sluice.state.codec.LearnerCodec;
import io.sluice.state.event.DeadLetter;
import io.sluice.state.event.Feedback;
import io.sluice.state.event.Impression;
import io.sluice.state.event.Interaction;
import io.sluice.state.event.ShownItem;
import io.sluice.state.event.SourceRecord;
import io.sluice.state.join.AttributionConfig;
import io.sluice.state.join.JoinListener;
import io.sluice.state.join.JoinOutput;
import io.sluice.state.join.PendingRequest;
import io.sluice.state.join.RequestJoin;
import io.sluice.state.learner.Assumption;
import io.sluice.state.learner.Example;
import io.sluice.state.learner.Exposure;
import io.sluice.state.learner.LearnerEvent;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.learner.OpenWindow;
import io.sluice.state.learner.Scored;
import io.sluice.state.order.OrderBuffer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.apache.flink.api.common.functions.DefaultOpenContext;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A replay of labels that come as late as the data's {@code _delay} says. */
class KnownDelaysTest {

    private static final long WINDOW_MS = 60_000;
    private static final long START = 1_700_000_000_000L;

    @TempDir private Path folder;

    /** The job's join and encoder, fed with an impression and a click for each row. */
    @ParameterizedTest
    @EnumSource
    void aReplayLearnsWhatTheTrainingJobWouldLearn(OpenWindow.Rule rule) throws IOException {
        write(800, "");
        ReplayConfig config = config(rule, WINDOW_MS, 0);
        ReplaySettings settings = config.settings(Long.MAX_VALUE);
        OnlineLearner replayed = learner(settings);
        List<Scored> scored = new ArrayList<>();
        Judged judged = new Judged(false, Optional.empty(), scored::add);
        Lane lane = new Lane(settings.model(), judged, replayed);
        try (EventReader<Interaction> events = events(config)) {
            new InteractionReplay(
                            List.of(lane), settings.features(), settings.labels(), new Stopwatch())
                    .run(
                            events,
                            Long.MAX_VALUE,
                            new Progress(new PrintWriter(Writer.nullWriter()), "", 0));
        }

        OnlineLearner trained = learner(settings);
        OrderBuffer buffer = joined(config);
        for (LearnerEvent e = buffer.poll(Long.MAX_VALUE);
                e != null;
                e = buffer.poll(Long.MAX_VALUE)) {
            if (e instanceof Exposure exposure) {
                trained.expose(exposure);
            } else if (e instanceof Assumption assumption) {
                trained.assume(assumption);
            } else if (e instanceof Example example) {
                trained.observe(example);
            }
        }

        assertThat(scored).hasSize(800);
        assertThat(LearnerCodec.digest(replayed)).isEqualTo(LearnerCodec.digest(trained));
    }

    @Test
    void delaysOfTheDataMakeADifferenceAndDrawnOnesGoBeforeThem() throws IOException {
        write(50, "");
        assertThat(config(OpenWindow.Rule.RETRACT, WINDOW_MS, 0).delays()).isPresent();
        assertThat(config(OpenWindow.Rule.RETRACT, WINDOW_MS, 1_000).delays()).isEmpty();
        assertThat(config(OpenWindow.Rule.RETRACT, 0, 0).delays()).isEmpty();
    }

    /** Each item is called after the delay of its row. */
    @Test
    void delaysStayWithTheirRowsWhateverIsRefusedOrSorted() throws IOException {
        Files.writeString(
                folder.resolve("interactions.csv"),
                """
                timestamp,user,item,label,_delay
                %1$d5,u1,i500,1,500
                %1$d6,u1,i1,1
                %1$d7,u1,"i2,1,2
                %1$d8,u1,i3,2,3

                %1$d9,"u
                1",i60000,1,60000
                %1$d1,u1,i0,1,0
                """
                        .formatted(START / 10));
        ReplayConfig config = config(OpenWindow.Rule.RETRACT, WINDOW_MS, 0);
        List<String> items = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        try (EventReader<Interaction> events = events(config)) {
            for (Interaction event = events.next(); event != null; event = events.next()) {
                int row = Integer.parseInt(event.request());
                items.add(event.item());
                expected.add("i" + config.delays().orElseThrow().of(row));
            }
        }

        assertThat(items).containsExactly("i0", "i500", "i60000").isEqualTo(expected);
    }

    @Test
    void whatIsNoDelayWithinTheWindowIsRefusedWithItsLine() throws IOException {
        for (String bad : List.of("60001", "-1", "1.5", "soon")) {
            write(3, START + 9_000_000 + ",u1,i1,1," + bad + "\n");
            assertThatThrownBy(() -> config(OpenWindow.Rule.RETRACT, WINDOW_MS, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("interactions.csv, line 5: _delay must be ")
                    .hasMessageContaining("'" + bad + "'");
        }
    }

    /** Rows of about one a second; a tenth of positives say nothing of their delay. */
    private void write(int rows, String last) throws IOException {
        Random random = new Random(5);
        StringBuilder out = new StringBuilder("timestamp,user,item,label,_delay\n");
        long time = START;
        for (int row = 0; row < rows; row++) {
            time += random.nextInt(2_000);
            int label = random.nextInt(3) == 0 ? 1 : 0;
            out.append(time).append(",u").append(random.nextInt(9));
            out.append(",i").append(random.nextInt(7)).append(',').append(label).append(',');
            if (label == 1 && random.nextInt(10) > 0) {
                out.append(random.nextInt((int) WINDOW_MS));
            }
            out.append('\n');
        }
        Files.writeString(folder.resolve("interactions.csv"), out + last);
    }

    private ReplayConfig config(OpenWindow.Rule rule, long windowMs, long meanMs)
            throws IOException {
        ReplayRequest request =
                new ReplayRequest(
                        Optional.empty(),
                        loader ->
                                loader.set("streaming=[]")
                                        .set("feedback.whileOpen=" + word(rule))
                                        .set("examples.delayMs=" + windowMs)
                                        .set("examples.positiveDelayMs=" + meanMs),
                        folder,
                        Optional.empty(),
                        Long.MAX_VALUE,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        "");
        return ReplayConfig.of(request, START + 10_000_000, note -> {});
    }

    private static String word(OpenWindow.Rule rule) {
        return switch (rule) {
            case AS_KNOWN -> "as-known";
            case WAIT -> "wait";
            case RETRACT -> "retract";
            case WEIGH -> "weigh";
        };
    }

    private static OnlineLearner learner(ReplaySettings settings) {
        return new OnlineLearner(settings.model(), settings.memory(), settings.features());
    }

    private static EventReader<Interaction> events(ReplayConfig config) throws IOException {
        return new EventSource(
                        config.data(), config.settings(Long.MAX_VALUE), DeadLetterBox.IGNORED)
                .interactions();
    }

    /** All that the learner of the job would get. */
    private OrderBuffer joined(ReplayConfig config) throws IOException {
        OpenWindow open = config.settings(Long.MAX_VALUE).labels().open();
        EncodeFunction encoder =
                new EncodeFunction(config.config().schema(), false, Optional.empty(), open);
        encoder.open(DefaultOpenContext.INSTANCE);
        RequestJoin join =
                new RequestJoin(
                        new AttributionConfig(
                                Map.of("click", new AttributionConfig.Kind(1, WINDOW_MS)),
                                0,
                                open.patience()));
        Found found = new Found();
        try (EventReader<Interaction> events = events(config)) {
            int row = 0;
            for (Interaction event = events.next(); event != null; event = events.next()) {
                found.run(join, event, config.delays().orElseThrow().of(row++));
            }
        }
        List<LearnerEvent> learnt = new ArrayList<>();
        for (JoinOutput output : found.outputs) {
            encoder.flatMap(output, new ListCollector<>(learnt));
        }
        OrderBuffer buffer = new OrderBuffer();
        learnt.forEach(buffer::add);
        return buffer;
    }

    private static final class Found implements JoinListener {

        private static final SourceRecord SOURCE =
                new SourceRecord("t", 0, 0, -1, null, new byte[] {1});

        private final List<JoinOutput> outputs = new ArrayList<>();
        private final TreeSet<Long> timers = new TreeSet<>();

        /** One request to its end. */
        void run(RequestJoin join, Interaction event, long delay) {
            PendingRequest state = new PendingRequest();
            ShownItem item =
                    new ShownItem(event.item(), 0, Double.NaN, Double.NaN, event.features());
            Impression shown =
                    new Impression(
                            event.request(),
                            event.timestamp(),
                            event.user(),
                            event.context(),
                            List.of(item),
                            "");
            join.impression(state, shown, SOURCE, Long.MIN_VALUE, this);
            if (event.label() == 1) {
                long known = event.timestamp() + (delay < 0 ? WINDOW_MS : delay);
                Feedback click =
                        new Feedback(
                                event.request(),
                                known,
                                event.user(),
                                event.item(),
                                "click",
                                Double.NaN);
                join.feedback(state, click, SOURCE, Long.MIN_VALUE, this);
            }
            while (!timers.isEmpty()) {
                boolean unused = join.passed(state, timers.pollFirst(), this);
            }
        }

        @Override
        public void found(JoinOutput output) {
            outputs.add(output);
        }

        @Override
        public void rejected(DeadLetter letter) {
            throw new AssertionError(letter.detail());
        }

        @Override
        public void absorbed(Absorbed how) {
            throw new AssertionError(how);
        }

        @Override
        public void wake(long time) {
            timers.add(time);
        }

        @Override
        public void cancel(long time) {
            timers.remove(time);
        }
    }
}
