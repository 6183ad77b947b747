package io.sluice.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.jobs.replay.dataset.EventReader;
import io.sluice.jobs.replay.dataset.SideTable;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Interaction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SampledNegativesTest {

    private static final int PER_POSITIVE = 4;

    @Test
    void negativesFollowTheirPositiveWithItsUserAndMoment() throws IOException {
        Interaction positive = null;
        int behind = 0;

        for (Interaction event : all(1)) {
            if (event.label() == 1) {
                positive = event;
                behind = 0;
            } else {
                behind++;
                assertThat(event.user()).isEqualTo(positive.user());
                assertThat(event.timestamp()).isEqualTo(positive.timestamp());
                assertThat(event.item()).isNotEqualTo(positive.item());
                assertThat(event.value()).isNaN();
            }
            assertThat(behind).isLessThanOrEqualTo(PER_POSITIVE);
        }
    }

    @Test
    void onlyItemsSeenSoFarAreDrawnAndEachAsOften() throws IOException {
        Set<String> seen = new HashSet<>();
        Map<String, Integer> drawn = new HashMap<>();

        for (Interaction event : all(1)) {
            if (event.label() == 1) {
                seen.add(event.item());
            } else {
                assertThat(seen).contains(event.item());
                drawn.merge(event.item(), 1, Integer::sum);
            }
        }

        // 20,000 draws over 10 items, all seen within the first ten events: 2,000 each, and five
        // standard deviations of the binomial are 212.
        assertThat(drawn.values()).hasSize(10).allMatch(count -> Math.abs(count - 1800) < 250);
    }

    @Test
    void requestsStayUniqueAndTheSameSeedDrawsTheSame() throws IOException {
        List<Interaction> once = all(7);

        assertThat(once.stream().map(Interaction::request).distinct()).hasSameSizeAs(once);
        assertThat(all(7)).isEqualTo(once);
        assertThat(all(8)).isNotEqualTo(once);
    }

    private static List<Interaction> all(long seed) throws IOException {
        List<Interaction> events = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            events.add(
                    new Interaction(
                            "r" + i,
                            i,
                            "u" + i % 7,
                            "i" + i % 10,
                            1,
                            2,
                            Attributes.EMPTY,
                            Attributes.EMPTY));
        }
        List<Interaction> out = new ArrayList<>();
        try (SampledNegatives reader =
                new SampledNegatives(
                        EventReader.of(events.iterator()), PER_POSITIVE, seed, SideTable.NONE)) {
            for (Interaction next = reader.next(); next != null; next = reader.next()) {
                out.add(next);
            }
        }
        return out;
    }
}
