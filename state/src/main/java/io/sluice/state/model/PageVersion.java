package io.sluice.state.model;

/**
 * When a page was made, in the trainer's own count.
 *
 * @param epoch number of the trainer's run, see {@link TrainerRun}
 * @param sequence examples learnt when the page was made
 */
public record PageVersion(int epoch, long sequence) implements Comparable<PageVersion> {

    @Override
    public int compareTo(PageVersion other) {
        int order = Integer.compare(epoch, other.epoch);
        return order != 0 ? order : Long.compare(sequence, other.sequence);
    }

    @Override
    public String toString() {
        return epoch + "." + sequence;
    }
}
