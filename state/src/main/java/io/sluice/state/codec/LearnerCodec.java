package io.sluice.state.codec;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.drift.DriftMonitor;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.memory.ErrorMemory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The learner's state as bytes, one piece for each key group.
 *
 * <p>Body of a piece, version 5: the learner's head (with shares of dimensions, where the model has
 * them, not before version 5), the scale and curves of its numbers (neither in version 1) and the
 * head of its memory of errors (not before version 3; int voices, -1 without a memory, then mode
 * and bytes), the same in each piece; the ranker and its held slates of the group (not before
 * version 3); the assumptions of the group (not before version 3, without sums before version 4);
 * the detectors of drift of the group (not before version 3; long shape, then bytes); then the
 * rows, held predictions and cells of memory of the group, each in the order of their keys. A
 * memory is left out where the learner has none, and begins empty where the state has none; so do
 * detectors of another shape: they have to learn the stream's loss anew. Rows stand one by one at
 * full width, or, under a byte budget, in whole shards, or as a baseline's arrays; which, shows in
 * their first int. Masks stand behind the rows, tower and weights of examples behind those of the
 * first group; whether there are any, shows in the model's head. Equal learners give equal bytes
 * whatever their history; any subset of the pieces restores the part of the learner that belongs to
 * those groups. Rows of full width can be read into a learner with a budget.
 */
public final class LearnerCodec {

    private static final Framing FRAMING = new Framing("learner state", 0x534c4c31, 5);

    /** The first version with the scale of the numbers. */
    private static final int SCALED = 2;

    /** The first version with a memory and the ranker. */
    private static final int REMEMBERING = 3;

    /** The first version whose assumptions have sums. */
    private static final int SUMMED = 4;

    private static final int NO_MEMORY = -1;

    private LearnerCodec() {}

    /** Writes all groups; element g holds group g. */
    public static byte[][] write(OnlineLearner learner, int groups) {
        ByteArrayOutputStream[] buffers = new ByteArrayOutputStream[groups];
        DataOutputStream[] outs = new DataOutputStream[groups];
        try {
            for (int group = 0; group < groups; group++) {
                buffers[group] = new ByteArrayOutputStream();
                outs[group] = new DataOutputStream(buffers[group]);
                learner.writeHead(outs[group]);
                learner.scaling().write(outs[group]);
                learner.curves().write(outs[group]);
                writeMemory(learner, outs[group]);
            }
            learner.writeRanker(groups, outs);
            writeDrift(learner.drift(), groups, outs);
            learner.writeGroups(groups, outs);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        byte[][] pieces = new byte[groups][];
        for (int group = 0; group < groups; group++) {
            pieces[group] = FRAMING.wrap(buffers[group].toByteArray());
        }
        return pieces;
    }

    private static void writeMemory(OnlineLearner learner, DataOutputStream out)
            throws IOException {
        ErrorMemory memory = learner.memory();
        if (memory == null) {
            out.writeInt(NO_MEMORY);
            return;
        }
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        memory.writeHead(new DataOutputStream(head));
        out.writeInt(memory.voices());
        out.writeByte(learner.memoryConfig().mode().code());
        Fields.writeBytes(head.toByteArray(), out);
    }

    /** How many voices the state's memory has. */
    private static int readMemory(OnlineLearner learner, DataInputStream in) throws IOException {
        int voices = in.readInt();
        ErrorMemory memory = learner.memory();
        if (voices == NO_MEMORY) {
            forget(memory);
            return NO_MEMORY;
        }
        int mode = in.readByte();
        byte[] head = Fields.readBytes(in);
        if (voices < 0 || head == null) {
            throw new CorruptStateException(
                    "learner state: found a memory of %d voices and %s head"
                            .formatted(voices, head == null ? "no" : "a"));
        }
        int expected = learner.memoryConfig().mode().code();
        if (memory != null && mode != expected) {
            throw new CorruptStateException(
                    "learner state: found a memory of mode %d, expected %d; set memory.mode back, or to none for one run"
                            .formatted(mode, expected));
        }
        if (memory != null) {
            memory.readHead(new DataInputStream(new ByteArrayInputStream(head)));
        }
        return voices;
    }

    private static void writeDrift(DriftMonitor drift, int groups, DataOutputStream[] outs)
            throws IOException {
        ByteArrayOutputStream[] buffers = new ByteArrayOutputStream[groups];
        Arrays.setAll(buffers, group -> new ByteArrayOutputStream());
        drift.write(
                groups,
                Arrays.stream(buffers).map(DataOutputStream::new).toArray(DataOutput[]::new));
        for (int group = 0; group < groups; group++) {
            outs[group].writeLong(drift.shape());
            Fields.writeBytes(buffers[group].toByteArray(), outs[group]);
        }
    }

    private static void readDrift(DriftMonitor drift, DataInputStream in) throws IOException {
        long shape = in.readLong();
        byte[] bytes = Fields.readBytes(in);
        if (bytes == null) {
            throw new CorruptStateException("learner state: found no detectors of drift");
        }
        DataInputStream detectors = new DataInputStream(new ByteArrayInputStream(bytes));
        while (shape == drift.shape() && detectors.available() > 0) {
            drift.read(detectors);
        }
    }

    /** What a memory before this one has published must not be served. */
    private static void forget(ErrorMemory memory) {
        if (memory != null) {
            memory.markAllChanged(true);
        }
    }

    /** Adds one group's piece to a learner; the head of the last piece read stays. */
    public static void read(byte[] piece, OnlineLearner learner) throws IOException {
        Framing.Body body = FRAMING.unwrap(piece);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(body.bytes()));
        learner.readHead(in);
        if (body.version() >= SCALED) {
            learner.scaling().read(in);
            learner.curves().read(in);
        }
        int voices = NO_MEMORY;
        if (body.version() >= REMEMBERING) {
            voices = readMemory(learner, in);
            learner.readRanker(voices, body.version() >= SUMMED, in);
            readDrift(learner.drift(), in);
        } else {
            forget(learner.memory());
        }
        learner.readGroup(voices, in);
        boolean leftOut = voices >= 0 && learner.memory() == null;
        if (in.available() > 0 && !leftOut) {
            throw new CorruptStateException(
                    "learner state: found %d bytes behind the end".formatted(in.available()));
        }
    }

    /** SHA-256, in hexadecimal, of the learner's whole state. */
    public static String digest(OnlineLearner learner) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(write(learner, 1)[0]);
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
