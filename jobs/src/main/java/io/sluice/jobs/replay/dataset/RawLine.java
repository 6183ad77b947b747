package io.sluice.jobs.replay.dataset;

import io.sluice.state.event.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * One line of a file as it stands there, without its end.
 *
 * @param number 1-based
 * @param bytes the line; only its beginning when it is too long
 * @param tooLong whether it is longer than the limit
 */
@SuppressWarnings("ArrayRecordComponent") // carried through, never compared
record RawLine(long number, byte[] bytes, boolean tooLong) {

    private static final char REPLACEMENT = '\uFFFD';

    boolean isBlank() {
        for (byte each : bytes) {
            if (each != ' ' && each != '\t') {
                return false;
            }
        }
        return true;
    }

    /** The line as text; refuses what is not UTF-8 instead of guessing. */
    String text() throws RejectedRow {
        if (tooLong) {
            throw new RejectedRow(
                    Reason.TOO_LARGE,
                    "the row has more than %d bytes; see limits.recordBytes"
                            .formatted(bytes.length));
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        // Decoding strictly is slow, so only lines that show a replacement are looked at twice.
        if (text.indexOf(REPLACEMENT) >= 0 && !isValid()) {
            throw new RejectedRow(Reason.INVALID_UTF8, "the row is not valid UTF-8");
        }
        return text;
    }

    private boolean isValid() {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
