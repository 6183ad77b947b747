package io.sluice.operators.evaluate;

import io.sluice.operators.serde.CodecTypeInfo;
import io.sluice.state.check.CorruptStateException;
import io.sluice.state.codec.ScoredCodec;
import io.sluice.state.codec.StateCodec;
import io.sluice.state.evaluate.ScoreWindow;
import io.sluice.state.evaluate.Summary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Score records between operators: a tag byte, then the fields in order.
 *
 * <p>Version 2 adds the arm of a window, which in version 1 is what was served, and the model's own
 * prediction of an example.
 */
public final class ScoreRecordCodec implements StateCodec<ScoreRecord> {

    /** Score records as a Flink type. */
    public static final CodecTypeInfo<ScoreRecord> TYPE =
            new CodecTypeInfo<>(ScoreRecord.class, ScoreRecordCodec.class, true);

    private static final int WINDOW = 1;
    private static final int ONE = 2;

    private static final ScoredCodec SCORED = new ScoredCodec();

    @Override
    public String name() {
        return "score-record";
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public void write(ScoreRecord score, DataOutput out) throws IOException {
        if (score instanceof ScoreRecord.Window window) {
            out.writeByte(WINDOW);
            out.writeBoolean(window.arm() == ScoreRecord.Arm.BASE);
            writeWindow(window.window(), out);
        } else if (score instanceof ScoreRecord.One one) {
            out.writeByte(ONE);
            SCORED.write(one.scored(), out);
        }
    }

    private static void writeWindow(ScoreWindow window, DataOutput out) throws IOException {
        out.writeLong(window.number());
        out.writeLong(window.firstSequence());
        out.writeLong(window.lastSequence());
        out.writeLong(window.fromTime());
        out.writeLong(window.toTime());
        out.writeLong(window.summary().examples());
        out.writeDouble(window.summary().logloss());
        out.writeDouble(window.summary().auc());
        out.writeDouble(window.summary().normalizedEntropy());
        out.writeDouble(window.summary().calibration());
    }

    @Override
    public ScoreRecord read(int version, DataInput in) throws IOException {
        int tag = in.readByte();
        return switch (tag) {
            case WINDOW -> new ScoreRecord.Window(readArm(version, in), readWindow(in));
            case ONE -> new ScoreRecord.One(SCORED.read(version, in));
            default ->
                    throw new CorruptStateException(
                            "score record: found tag %d, expected 1 or 2".formatted(tag));
        };
    }

    private static ScoreRecord.Arm readArm(int version, DataInput in) throws IOException {
        boolean base = version > 1 && in.readBoolean();
        return base ? ScoreRecord.Arm.BASE : ScoreRecord.Arm.DEFAULT;
    }

    private static ScoreWindow readWindow(DataInput in) throws IOException {
        return new ScoreWindow(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                new Summary(
                        in.readLong(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble()));
    }
}
