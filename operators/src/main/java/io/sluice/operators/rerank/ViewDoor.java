package io.sluice.operators.rerank;

import java.io.IOException;
import java.io.Serializable;

/** Where a task finds the view that it answers from. Travels with the job. */
public interface ViewDoor extends Serializable {

    /**
     * Opens the view and waits until it is current, or for as long as is worth waiting.
     *
     * @throws IOException when it cannot be opened
     * @throws InterruptedException when the task is cancelled
     */
    OpenView open() throws IOException, InterruptedException;

    /** A view as one task has it; the tasks of a process may share what is behind it. */
    interface OpenView extends AutoCloseable {

        /** What answers. */
        RequestAnswerer answerer();

        /** The event time that the view reflects; {@link Long#MIN_VALUE} while it has none. */
        long eventTime();

        /** Records of its topics not read yet; −1 while that is not known. */
        long lagRecords();

        @Override
        void close();
    }
}
