package io.sluice.state.codec;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.learner.OnlineLearner;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The learner's state as bytes, one piece for each key group.
 *
 * <p>Body of a piece, version 2: the learner's head and the scale and curves of its numbers (the
 * same in each piece; neither scale nor curves in version 1), then the rows and held predictions of
 * the group, each in the order of their keys. Rows stand one by one at full width, or, under a byte
 * budget, in whole shards; which, shows in their first int. Equal learners give equal bytes
 * whatever their history; any subset of the pieces restores the part of the learner that belongs to
 * those groups. Rows of full width can be read into a learner with a budget. Since version 3 the
 * ranker and its held slates stand behind.
 */
public final class LearnerCodec {

    private static final Framing FRAMING = new Framing("learner state", 0x534c4c31, 3);

    /** The first version with the scale of the numbers. */
    private static final int SCALED = 2;

    /** The first version with the ranker. */
    private static final int RANKED = 3;

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
            }
            learner.writeGroups(groups, outs);
            learner.writeRanker(groups, outs);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        byte[][] pieces = new byte[groups][];
        for (int group = 0; group < groups; group++) {
            pieces[group] = FRAMING.wrap(buffers[group].toByteArray());
        }
        return pieces;
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
        learner.readGroup(in);
        if (body.version() >= RANKED) {
            learner.readRanker(in);
        }
        if (in.available() > 0) {
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
