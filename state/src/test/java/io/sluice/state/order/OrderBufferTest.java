package io.sluice.state.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.learner.LearnerEvent;
import io.sluice.state.learner.LearnerEventOrder;
import io.sluice.state.learner.RandomStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OrderBufferTest {

    @Test
    void eventsComeOutInTheSameOrderHoweverTheyArrived() {
        long seed = Long.getLong("sluice.seed", 1);
        List<LearnerEvent> events = RandomStream.events(3, 200);
        List<LearnerEvent> expected = new ArrayList<>(events);
        expected.sort(LearnerEventOrder.INSTANCE);
        List<LearnerEvent> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, new Random(seed));

        OrderBuffer buffer = new OrderBuffer();
        shuffled.forEach(buffer::add);

        assertThat(drain(buffer, Long.MAX_VALUE)).as("seed %d", seed).isEqualTo(expected);
        assertThat(buffer.size()).isZero();
    }

    @Test
    void nothingLeavesBeforeTheWatermarkHasReachedIt() {
        OrderBuffer buffer = new OrderBuffer();
        List<LearnerEvent> events = RandomStream.events(4, 50);
        events.forEach(buffer::add);
        long middle = events.get(25).time();

        List<LearnerEvent> released = drain(buffer, middle);

        assertThat(released).isNotEmpty().allMatch(event -> event.time() <= middle);
        assertThat(buffer.sorted()).allMatch(entry -> entry.event().time() > middle);
        assertThat(released.size() + buffer.size()).isEqualTo(events.size());
    }

    @Test
    void aRestoredBufferGoesOnAsTheOldOneWouldHave() {
        List<LearnerEvent> events = RandomStream.events(5, 60);
        OrderBuffer whole = new OrderBuffer();
        OrderBuffer first = new OrderBuffer();
        events.subList(0, 30).forEach(whole::add);
        events.subList(0, 30).forEach(first::add);

        OrderBuffer second = new OrderBuffer();
        List<OrderBuffer.Entry> entries = new ArrayList<>(first.sorted());
        Collections.shuffle(entries, new Random(1));
        entries.forEach(second::restore);
        events.subList(30, 60).forEach(whole::add);
        events.subList(30, 60).forEach(second::add);

        assertThat(second.sorted()).isEqualTo(whole.sorted());
    }

    private static List<LearnerEvent> drain(OrderBuffer buffer, long watermark) {
        List<LearnerEvent> out = new ArrayList<>();
        for (LearnerEvent e = buffer.poll(watermark); e != null; e = buffer.poll(watermark)) {
            out.add(e);
        }
        return out;
    }
}
