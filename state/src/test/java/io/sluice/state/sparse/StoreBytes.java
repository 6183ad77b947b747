package io.sluice.state.sparse;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A table as bytes, and back. */
final class StoreBytes {

    private StoreBytes() {}

    static byte[] of(EmbeddingTable table) {
        return pieces(table, 1)[0];
    }

    static byte[][] pieces(EmbeddingTable table, int groups) {
        ByteArrayOutputStream[] buffers = new ByteArrayOutputStream[groups];
        DataOutput[] outs = new DataOutput[groups];
        for (int group = 0; group < groups; group++) {
            buffers[group] = new ByteArrayOutputStream();
            outs[group] = new DataOutputStream(buffers[group]);
        }
        try {
            table.write(groups, outs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[][] pieces = new byte[groups][];
        for (int group = 0; group < groups; group++) {
            pieces[group] = buffers[group].toByteArray();
        }
        return pieces;
    }

    /** Reads the pieces in some order. */
    static void read(byte[][] pieces, EmbeddingTable table, long seed) {
        List<byte[]> shuffled = new ArrayList<>(List.of(pieces));
        Collections.shuffle(shuffled, new Random(seed));
        for (byte[] piece : shuffled) {
            try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(piece))) {
                table.read(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
