package io.sluice.jobs.connect;

import java.util.List;

/** The topics are not as they have to be, or Kafka can't be asked; the message lists all faults. */
public final class TopicsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    TopicsException(List<String> faults) {
        super(String.join("\n", faults));
    }

    TopicsException(String fault, Throwable cause) {
        super(fault, cause);
    }
}
