package io.fanin.records.parquet;

import io.fanin.model.failure.FailureCode;
import io.fanin.records.objects.ObjectDefectException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.InvalidParquetMetadataException;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/**
 * A footer whose structure was checked before it was parsed, and whose columns are a tree of limited depth.
 *
 * @param root the group of all columns
 */
public record ParquetFooter(FileMetaData metadata, ParquetField root) {

    /** Maximum depth, since readers descend recursively. */
    private static final int MAX_DEEP = 64;

    /** Bytes behind a footer: its length, and PAR1. */
    static final int TRAILER_LENGTH = 8;

    /** Reads the footer of a local copy of an object. */
    public static ParquetFooter read(String key, Path file) throws IOException {
        try (LocalBytes bytes = LocalBytes.open(key, file)) {
            return read(key, bytes);
        }
    }

    static ParquetFooter read(String key, LocalBytes file) throws IOException {
        long begin = begin(file);
        return parse(key, file.read(begin, (int) (file.size() - TRAILER_LENGTH - begin)));
    }

    /** Where the footer of a file that ends with {@code PAR1} begins. */
    static long begin(LocalBytes file) throws IOException {
        long room = file.size() - TRAILER_LENGTH;
        int length = room < 0
                ? -1
                : ByteBuffer.wrap(file.read(room, TRAILER_LENGTH))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getInt();
        if (length <= 0 || length > Math.min(room, ParquetHeaders.MAX_FOOTER)) {
            throw unreadable(file.key(), "its length is given as " + length + " bytes", null);
        }
        return room - length;
    }

    /** Reads a footer; one that cannot be read is a {@link FailureCode#BAD_PARQUET}. */
    public static ParquetFooter parse(String key, byte[] bytes) {
        try {
            FileMetaData metadata =
                    Util.readFileMetaData(new ByteArrayInputStream(bytes, 0, CompactStruct.length(bytes)));
            return new ParquetFooter(metadata, root(metadata.getSchema().iterator()));
        } catch (BufferUnderflowException e) {
            throw unreadable(key, "it ends in the middle of a structure", null);
        } catch (NoSuchElementException e) {
            throw unreadable(key, "its columns do not form a tree", null);
        } catch (MalformedStructException | InvalidParquetMetadataException | IOException e) {
            throw unreadable(key, MalformedStructException.why(e), null);
        }
    }

    /**
     * Holds what it says of rows, row groups and columns against each other, and of places against the object.
     *
     * @param size of the object
     * @param length of this footer
     * @param bytes of the object, read only where the footer does not tell of all of them
     * @throws ObjectDefectException {@link FailureCode#CORRUPT} where they disagree
     */
    public void requireAgreement(String key, long size, int length, ByteRanges bytes) throws IOException {
        long dataEnd = size - TRAILER_LENGTH - length;
        new FooterCounts(key, this, dataEnd).check();
        new FileBegin(key, this, dataEnd, bytes).requireFirst();
    }

    /** The error for an object whose footer cannot be read. */
    public static ObjectDefectException unreadable(String key, String why, Throwable cause) {
        return ObjectDefectException.ofObject(
                key,
                FailureCode.BAD_PARQUET,
                " is not sound Parquet: it has a footer that cannot be read (" + why + "); write it again",
                cause);
    }

    /** Builds the tree of a footer's flat list, which has each element before its children. */
    private static ParquetField root(Iterator<SchemaElement> elements) {
        SchemaElement element = elements.next();
        ParquetField root =
                new ParquetField(element, "", FieldLevels.ROOT, children(element, "", FieldLevels.ROOT, elements, 1));
        if (elements.hasNext()) {
            throw new MalformedStructException("columns beside the root");
        }
        return root;
    }

    private static List<ParquetField> children(
            SchemaElement group, String path, FieldLevels levels, Iterator<SchemaElement> elements, int depth) {
        if (depth > MAX_DEEP) {
            throw new MalformedStructException("columns more than " + MAX_DEEP + " deep");
        }
        List<ParquetField> children = new ArrayList<>();
        for (int i = 0; i < group.getNum_children(); i++) {
            SchemaElement child = elements.next();
            String own = path.isEmpty() ? child.getName() : path + "." + child.getName();
            FieldLevels ownLevels = levels.child(child);
            boolean isGroup = child.getNum_children() > 0;
            if (!isGroup) {
                requireTyped(own, child);
            }
            children.add(new ParquetField(
                    child, own, ownLevels, isGroup ? children(child, own, ownLevels, elements, depth + 1) : List.of()));
        }
        return List.copyOf(children);
    }

    private static void requireTyped(String path, SchemaElement leaf) {
        if (!leaf.isSetType() && leaf.isSetNum_children() && leaf.getNum_children() == 0) {
            throw new MalformedStructException("'" + path + "' is a group without fields, which readers do not take");
        }
        if (!leaf.isSetType() || leaf.getNum_children() < 0) {
            throw new MalformedStructException("'" + path + "' has no type");
        }
        if (leaf.getType() == Type.FIXED_LEN_BYTE_ARRAY && (!leaf.isSetType_length() || leaf.getType_length() < 0)) {
            throw new MalformedStructException("'" + path + "' has no length");
        }
    }
}
