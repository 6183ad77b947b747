package io.sluice.state.store;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.codec.PageCodec;
import io.sluice.state.file.WholeFile;
import io.sluice.state.model.Page;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A published version of a model as one file, to be kept and looked at later.
 *
 * <pre>
 *   int magic, int format version, int number of pages
 *   each page: int length and bytes of its key, int length and bytes of its value, as {@link
 *              PageCodec} writes them, with a checksum over both
 * </pre>
 */
public final class ModelFile {

    private static final int MAGIC = 0x534c4d50;
    private static final int VERSION = 1;

    private ModelFile() {}

    /**
     * Writes a file, whole or not at all.
     *
     * @param pages in the order of their stream, with a whole publication and no tombstone among
     *     them, see {@link NewestPages}
     * @throws IOException when it cannot be written, with its name; what was written is gone
     */
    public static void write(Path file, List<Page> pages) throws IOException {
        WholeFile.write(file, out -> write(pages, new DataOutputStream(out)));
    }

    private static void write(List<Page> pages, DataOutputStream out) throws IOException {
        out.writeInt(MAGIC);
        out.writeInt(VERSION);
        out.writeInt(pages.size());
        for (Page page : pages) {
            write(PageCodec.key(page.kind(), page.id()), out);
            write(PageCodec.value(page), out);
        }
        out.flush();
    }

    /**
     * The model of a file, on the heap.
     *
     * @throws CorruptStateException when it is no such file, is damaged, or holds no publication
     */
    public static ServedModel open(Path file) throws IOException {
        ServedModel model = new ServedModel(new HeapServedRows());
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            read(in, model);
        } catch (EOFException e) {
            throw new CorruptStateException(file + ": it ends before its last page");
        } catch (CorruptStateException e) {
            throw new CorruptStateException(file + ": " + e.getMessage());
        }
        if (model.manifest() == null) {
            throw new CorruptStateException(file + ": it holds no publication");
        }
        return model;
    }

    private static void read(DataInputStream in, ServedModel model) throws IOException {
        int magic = in.readInt();
        if (magic != MAGIC) {
            throw new CorruptStateException(
                    "found magic %08x, expected %08x of a model file".formatted(magic, MAGIC));
        }
        int version = in.readInt();
        if (version < 1 || version > VERSION) {
            throw new CorruptStateException(
                    "found format version %d, this build reads 1 to %d"
                            .formatted(version, VERSION));
        }
        int pages = in.readInt();
        for (int i = 0; i < pages; i++) {
            byte[] key = bytes(in);
            Page page = PageCodec.decode(key, bytes(in));
            boolean unused = model.apply(page, new StreamPosition("file", i + 1));
        }
        if (in.read() >= 0) {
            throw new CorruptStateException("found more than its %d pages".formatted(pages));
        }
    }

    private static void write(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** Asks for no more memory than there are bytes, whatever length a damaged file names. */
    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes = length < 0 ? new byte[0] : in.readNBytes(length);
        if (bytes.length != length) {
            throw new EOFException();
        }
        return bytes;
    }
}
