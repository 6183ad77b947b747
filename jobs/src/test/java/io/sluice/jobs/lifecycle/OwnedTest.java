package io.sluice.jobs.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnedTest {

    private final List<String> closed = new ArrayList<>();
    private final Owned owned = new Owned("the server");

    @Test
    void closesInReverseOrderAndOnce() {
        owned.own(() -> closed.add("store"));
        owned.own(() -> closed.add("reader"));

        owned.close();
        owned.close();

        assertThat(closed).containsExactly("reader", "store");
    }

    @Test
    void closesTheOthersWhenSomeFail() {
        IOException first = new IOException("disk");
        IOException second = new IOException("net");
        owned.own(() -> closed.add("store"));
        owned.own(
                () -> {
                    throw second;
                });
        owned.own(
                () -> {
                    throw first;
                });

        assertThatIllegalStateException()
                .isThrownBy(owned::close)
                .withMessage("the server did not close cleanly")
                .withCause(first)
                .satisfies(e -> assertThat(e.getSuppressed()).containsExactly(second));
        assertThat(closed).containsExactly("store");
        assertThatNoException().isThrownBy(owned::close);
    }

    @Test
    void remembersAnInterruption() {
        owned.own(
                () -> {
                    throw new InterruptedException();
                });

        assertThatIllegalStateException().isThrownBy(owned::close);

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void addsToTheFaultThatItEndsBy() {
        IOException fault = new IOException("port taken");
        owned.own(
                () -> {
                    throw new IOException("disk");
                });

        owned.closeAfter(fault);

        assertThat(fault.getSuppressed()).singleElement().isInstanceOf(IllegalStateException.class);
    }
}
