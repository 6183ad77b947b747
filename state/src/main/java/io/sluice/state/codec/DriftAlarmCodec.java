package io.sluice.state.codec;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.drift.DetectorKind;
import io.sluice.state.drift.DriftAlarm;
import io.sluice.state.drift.DriftChange;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Alarms of drift between the learner and their topic: the fields in order. */
public final class DriftAlarmCodec implements StateCodec<DriftAlarm> {

    @Override
    public String name() {
        return "drift-alarm";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(DriftAlarm alarm, DataOutput out) throws IOException {
        DriftChange change = alarm.change();
        Fields.writeText(change.field(), out);
        out.writeLong(change.key());
        out.writeDouble(change.from());
        out.writeDouble(change.to());
        out.writeByte(alarm.detector().code());
        out.writeLong(alarm.sequence());
        out.writeLong(alarm.time());
        Fields.writeText(alarm.request(), out);
        Fields.writeText(alarm.item(), out);
    }

    @Override
    public DriftAlarm read(int version, DataInput in) throws IOException {
        DriftChange change =
                new DriftChange(
                        Fields.readText(in), in.readLong(), in.readDouble(), in.readDouble());
        int code = in.readByte();
        DetectorKind detector = DetectorKind.ofCode(code);
        if (detector == null) {
            throw new CorruptStateException("drift alarm: found detector %d".formatted(code));
        }
        return new DriftAlarm(
                change,
                detector,
                in.readLong(),
                in.readLong(),
                Fields.readText(in),
                Fields.readText(in));
    }
}
