package io.sluice.jobs.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChatAnswerTest {

    private static final List<String> NAMES =
            List.of("Toy Story", "Toy Story 2", "Heat (1995)", "Alien");

    @Test
    void theNameIsFoundWhateverStandsAroundIt() {
        assertThat(index("Alien")).isEqualTo(3);
        assertThat(index("  \"alien\".\n")).isEqualTo(3);
        assertThat(index("<think>Toy Story? No.</think>\nHeat (1995)")).isEqualTo(2);
        assertThat(index("I compared them.\n\n**Answer: Heat (1995)**")).isEqualTo(2);
        assertThat(index("<answer>Alien</answer> or rather <ANSWER> Toy Story </ANSWER>")).isZero();
        assertThat(index("2. Toy Story 2")).isEqualTo(1);
        assertThat(index("Toy Story 2 is the least likely one")).isEqualTo(1);
        assertThat(index("Toy Story is the least likely one")).isZero();
        assertThat(index("3")).isEqualTo(2);
        assertThat(index("<answer>#4</answer>")).isEqualTo(3);
    }

    @Test
    void whatNamesNoOneOrSeveralIsNoAnswer() {
        assertThat(index("")).isEqualTo(-1);
        assertThat(index("\n\n")).isEqualTo(-1);
        assertThat(index("Terminator")).isEqualTo(-1);
        assertThat(index("Alien or Heat (1995)")).isEqualTo(-1);
        assertThat(index("5")).isEqualTo(-1);
        assertThat(index("0")).isEqualTo(-1);
        assertThat(index("Aliens")).isEqualTo(-1);
        assertThat(index("<answer></answer>")).isEqualTo(-1);
        assertThat(index("<answer>Alien")).isEqualTo(3); // cut off, but clear
    }

    private static int index(String content) {
        return ChatAnswer.index(content, NAMES);
    }
}
