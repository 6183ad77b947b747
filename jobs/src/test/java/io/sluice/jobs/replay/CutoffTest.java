package io.sluice.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.jobs.replay.dataset.EventReader;
import io.sluice.jobs.replay.dataset.ExampleKind;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class CutoffTest {

    @Test
    void letsThroughWhatHappenedBeforeAndCountsWhatDidNot() throws IOException {
        Cutoff cutoff = new Cutoff(3);

        assertThat(read(cutoff, ExampleKind.SLATES, 1L, 2L, 2L, 3L, 4L))
                .containsExactly(1L, 2L, 2L);
        assertThat(read(cutoff, ExampleKind.INTERACTIONS, 3L)).isEmpty();

        assertThat(cutoff.held(ExampleKind.SLATES)).isEqualTo(2);
        assertThat(cutoff.held(ExampleKind.INTERACTIONS)).isEqualTo(1);
    }

    private static List<Long> read(Cutoff cutoff, ExampleKind file, Long... times)
            throws IOException {
        Queue<Long> left = new ArrayDeque<>(List.of(times));
        EventReader<Long> all =
                new EventReader<>() {
                    @Override
                    public Long next() {
                        return left.poll();
                    }

                    @Override
                    public long rows() {
                        return (long) times.length - left.size();
                    }

                    @Override
                    public void close() {}
                };
        List<Long> read = new ArrayList<>();
        try (EventReader<Long> reader = cutoff.apply(all, file, time -> time)) {
            for (Long time = reader.next(); time != null; time = reader.next()) {
                read.add(time);
            }
            assertThat(reader.rows()).isEqualTo(times.length);
        }
        return read;
    }
}
