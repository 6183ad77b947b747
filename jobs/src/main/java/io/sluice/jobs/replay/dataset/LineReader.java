package io.sluice.jobs.replay.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Splits a stream of bytes into lines, whatever their length: of a line beyond the limit only the
 * beginning is kept. Lines can be given back. A byte order mark at the start is skipped.
 */
final class LineReader implements Closeable {

    private final InputStream in;
    private final int maxBytes;
    private final Deque<RawLine> givenBack = new ArrayDeque<>();

    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int end;
    private byte[] line = new byte[256];
    private int length;
    private long number;

    LineReader(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /** The next line; null at the end of the file. */
    RawLine next() throws IOException {
        if (!givenBack.isEmpty()) {
            return givenBack.removeFirst();
        }
        length = 0;
        boolean tooLong = false;
        while (true) {
            if (position == end && !fill()) {
                if (length == 0) {
                    return null;
                }
                break;
            }
            int stop = endOfLine();
            tooLong |= !append(stop);
            boolean found = stop < end;
            position = found ? stop + 1 : stop;
            if (found) {
                break;
            }
        }
        number++;
        return new RawLine(number, content(), tooLong);
    }

    /** Gives lines back, to be read again in the same order. */
    void giveBack(List<RawLine> lines) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            givenBack.addFirst(lines.get(i));
        }
    }

    private boolean fill() throws IOException {
        position = 0;
        end = Math.max(0, in.readNBytes(buffer, 0, buffer.length));
        return end > 0;
    }

    private int endOfLine() {
        int at = position;
        while (at < end && buffer[at] != '\n') {
            at++;
        }
        return at;
    }

    /** Takes the bytes up to {@code stop}, as far as the limit allows. */
    private boolean append(int stop) {
        int wanted = stop - position;
        int taken = Math.min(wanted, maxBytes - length);
        if (length + taken > line.length) {
            line = Arrays.copyOf(line, Math.max(length + taken, 2 * line.length));
        }
        System.arraycopy(buffer, position, line, length, taken);
        length += taken;
        return taken == wanted;
    }

    private byte[] content() {
        int from = number == 1 && startsWithByteOrderMark() ? 3 : 0;
        int to = length > from && line[length - 1] == '\r' ? length - 1 : length;
        return Arrays.copyOfRange(line, from, to);
    }

    private boolean startsWithByteOrderMark() {
        return length >= 3
                && line[0] == (byte) 0xEF
                && line[1] == (byte) 0xBB
                && line[2] == (byte) 0xBF;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
