package io.sluice.state.store;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.codec.PagePayloads;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.memory.ErrorMemory;
import io.sluice.state.memory.Memories;
import io.sluice.state.memory.MemoryConfig;
import io.sluice.state.model.Page;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The memory of errors of a served model: the class that the trainer writes, filled by pages.
 *
 * <p>There is a memory where the newest head of one has the version of the manifest; a trainer
 * without memory publishes none. Blocks of another shape than the head says are leftovers of an
 * older memory and passed over. {@link ServedModel} keeps readers away while it changes.
 */
final class ServedMemory {

    private final Map<Long, Page> waiting = new TreeMap<>();
    private boolean anew = true;
    private MemoryConfig config;
    private ErrorMemory memory; // null: none

    /** What is shown; null when there is none. */
    ErrorMemory shown() {
        return memory;
    }

    /** Takes a block that is to be shown with the next publication. */
    void await(Page block) {
        waiting.put(block.id(), block);
    }

    /** All blocks have to be read from the store: what waits is not all that changes. */
    void restart() {
        waiting.clear();
        anew = true;
    }

    /**
     * Shows what belongs to a publication.
     *
     * @param head of the memory, of that publication; null when it has none
     * @param dimensions of the model
     * @param rows hold all blocks of that publication
     */
    void show(Page head, FeatureSchema schema, int dimensions, ServedRows rows) throws IOException {
        if (head == null) {
            config = null;
            memory = null;
            restart();
            return;
        }
        MemoryConfig published = PagePayloads.readMemoryConfig(head.payload());
        if (anew || !published.equals(config)) {
            memory = Memories.of(published, schema, dimensions);
            config = published;
            rows.scanBlocks(this::put);
        } else {
            for (Page block : waiting.values()) {
                put(block.id(), block.payload());
            }
        }
        waiting.clear();
        anew = false;
        PagePayloads.readMemoryHead(head.payload(), memory);
    }

    private void put(long id, byte[] payload) throws IOException {
        try {
            memory.putBlock(id, payload);
        } catch (CorruptStateException leftover) {
            // Damage shows in the checksum of its page; what is left is another memory's.
        }
    }
}
