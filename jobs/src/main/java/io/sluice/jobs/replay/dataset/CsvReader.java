package io.sluice.jobs.replay.dataset;

import io.sluice.state.event.Reason;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads the rows of a CSV file by RFC 4180, one at a time.
 *
 * <p>A row with an opening quote may go on in the following lines. One that never closes must not
 * swallow the rest of the file: it is rejected alone, and reading goes on with the next line. Rows
 * without any quote, nearly all of them, are split at the commas; the others are read by
 * commons-csv.
 */
final class CsvReader implements Closeable {

    /** A quoted field with more line ends than this counts as a quote that was left open. */
    private static final int MAX_LINES = 64;

    private final String name;
    private final LineReader lines;
    private final String[] header;
    private RawLine line;

    /** Opens a table and reads its header. */
    CsvReader(String name, InputStream in, int maxRowBytes) throws IOException {
        this.name = name;
        lines = new LineReader(in, maxRowBytes);
        header = readHeader();
    }

    private String[] readHeader() throws IOException {
        line = lines.next();
        if (line == null) {
            throw new IllegalArgumentException(name + " must begin with a header, found nothing");
        }
        try {
            String[] names = split(line.text());
            for (int i = 0; i < names.length; i++) {
                names[i] = names[i].strip();
            }
            return names;
        } catch (RejectedRow e) {
            throw new IllegalArgumentException(
                    "%s must begin with a header: %s".formatted(name, e.getMessage()), e);
        }
    }

    String name() {
        return name;
    }

    /** The names of the columns. */
    String[] header() {
        return header.clone();
    }

    /** Goes to the next row that is not blank; false at the end. */
    boolean next() throws IOException {
        do {
            line = lines.next();
        } while (line != null && line.isBlank());
        return line != null;
    }

    /** The first line of the row. */
    RawLine line() {
        return line;
    }

    /** The fields of the row, one for each column. To be called once for each row. */
    String[] fields() throws RejectedRow, IOException {
        String text = line.text();
        if (isOpen(text)) {
            return joined(text);
        }
        return checked(split(text));
    }

    private String[] joined(String first) throws RejectedRow, IOException {
        List<RawLine> more = new ArrayList<>();
        StringBuilder text = new StringBuilder(first);
        try {
            boolean open = true;
            while (open && more.size() < MAX_LINES) {
                RawLine next = lines.next();
                if (next == null) {
                    break;
                }
                more.add(next);
                String tail = next.text();
                text.append('\n').append(tail);
                open ^= isOpen(tail);
            }
            if (open) {
                throw new RejectedRow(
                        Reason.WRONG_TYPE,
                        "a quote is opened and not closed; double a quote inside of a field");
            }
            String[] fields = checked(split(text.toString()));
            line = new RawLine(line.number(), bytes(more), false);
            return fields;
        } catch (RejectedRow e) {
            lines.giveBack(more);
            throw e;
        }
    }

    private byte[] bytes(List<RawLine> more) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(line.bytes());
        for (RawLine each : more) {
            all.write('\n');
            all.writeBytes(each.bytes());
        }
        return all.toByteArray();
    }

    private static boolean isOpen(String text) {
        boolean open = false;
        for (int at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) {
            open = !open;
        }
        return open;
    }

    private String[] checked(String[] fields) throws RejectedRow {
        if (fields.length != header.length) {
            throw new RejectedRow(
                    fields.length < header.length ? Reason.MISSING_FIELD : Reason.WRONG_TYPE,
                    "the row has %d fields, expected %d as in the header"
                            .formatted(fields.length, header.length));
        }
        return fields;
    }

    private static String[] split(String text) throws RejectedRow {
        return text.indexOf('"') >= 0 ? splitQuoted(text) : splitPlain(text);
    }

    private static String[] splitPlain(String text) {
        int count = 1;
        for (int at = text.indexOf(','); at >= 0; at = text.indexOf(',', at + 1)) {
            count++;
        }
        String[] fields = new String[count];
        int from = 0;
        for (int i = 0; i < count; i++) {
            int comma = text.indexOf(',', from);
            fields[i] = text.substring(from, comma < 0 ? text.length() : comma);
            from = comma + 1;
        }
        return fields;
    }

    private static String[] splitQuoted(String text) throws RejectedRow {
        try (CSVParser parser = CSVParser.parse(text, CSVFormat.RFC4180)) {
            List<CSVRecord> records = parser.getRecords();
            if (records.size() == 1) {
                return records.get(0).values();
            }
            throw new RejectedRow(
                    Reason.WRONG_TYPE, "a quote stands inside of a field without being doubled");
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            throw new RejectedRow(Reason.WRONG_TYPE, "the row is not CSV: " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
