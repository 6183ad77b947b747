package io.sluice.state.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.check.CorruptStateException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class MemoryClockTest {

    @Test
    void runsFasterForAWhileAndNeverBack() {
        MemoryClock clock = new MemoryClock();
        clock.hasten(1000, 4, 100);

        assertThat(clock.at(1000)).isEqualTo(1000);
        assertThat(clock.at(1050)).isEqualTo(1050 + 3 * 50);
        assertThat(clock.at(1100)).isEqualTo(1100 + 3 * 100);
        assertThat(clock.at(5000)).isEqualTo(5000 + 3 * 100);

        clock.hasten(2000, 2, 10);
        assertThat(clock.at(2000)).isEqualTo(2300);
        assertThat(clock.at(2010)).isEqualTo(2320);
        assertThat(clock.at(9000)).isEqualTo(9310);
    }

    @Test
    void aDriftDuringAnotherProlongsIt() {
        MemoryClock clock = new MemoryClock();
        clock.hasten(1000, 4, 100);
        long before = clock.at(1050);

        clock.hasten(1050, 4, 100);

        assertThat(clock.at(1050)).isEqualTo(before);
        assertThat(clock.at(2000)).isEqualTo(2000 + 3 * 150);
    }

    @Test
    void comesBackFromItsBytesAndRefusesDamage() throws IOException {
        MemoryClock clock = new MemoryClock();
        clock.hasten(1000, 4, 100);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        clock.write(new DataOutputStream(bytes));

        MemoryClock back = new MemoryClock();
        back.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        byte[] damaged = bytes.toByteArray();
        damaged[damaged.length - 1] = 0;

        assertThat(back.at(1234)).isEqualTo(clock.at(1234));
        assertThatThrownBy(() -> back.read(new DataInputStream(new ByteArrayInputStream(damaged))))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("at 0 times the speed");
    }
}
