package io.sluice.state.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AttributesOverTest {

    @Test
    void everyNameHasAllValuesOfTheBagThatWins() {
        long seed = Long.getLong("sluice.seed", 1);
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            Attributes own = any(random);
            Attributes base = any(random);

            Attributes merged = own.over(base);

            Attributes.Builder expected = Attributes.builder();
            for (String name : names(own, base)) {
                Attributes from = own.first(name) >= 0 ? own : base;
                for (int i = 0; i < from.size(); i++) {
                    if (from.name(i).equals(name)) {
                        expected.put(name, from.text(i));
                    }
                }
            }
            assertThat(merged).as("seed " + seed).isEqualTo(expected.build());
        }
    }

    private static Set<String> names(Attributes... bags) {
        Set<String> names = new TreeSet<>();
        for (Attributes bag : bags) {
            for (int i = 0; i < bag.size(); i++) {
                names.add(bag.name(i));
            }
        }
        return names;
    }

    private static Attributes any(Random random) {
        Attributes.Builder bag = Attributes.builder();
        for (int left = random.nextInt(7); left > 0; left--) {
            bag.put("n" + random.nextInt(5), "v" + random.nextInt(100));
        }
        return bag.build();
    }
}
