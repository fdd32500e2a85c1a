package io.fanin.records.parquet;

import io.fanin.records.objects.Defect;
import io.fanin.records.objects.Printable;
import io.fanin.records.objects.UnsoundObjectException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.InvalidParquetMetadataException;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/**
 * A footer whose structure was checked before it was parsed, and whose columns are a tree of limited depth.
 *
 * @param leaves in the order of the chunks of a row group
 * @param begin where it begins in the file
 */
record ParquetFooter(FileMetaData metadata, List<Leaf> leaves, long begin) {

    /** Maximum depth, since readers descend recursively. */
    private static final int MOST_DEEP = 64;

    private static final int TRAILER_LENGTH = 8;

    /**
     * Reads the footer of a file that ends with {@code PAR1}.
     *
     * @throws UnsoundObjectException {@link Defect#BAD_PARQUET}
     */
    static ParquetFooter read(LocalBytes file) throws IOException {
        long room = file.size() - TRAILER_LENGTH;
        int length = room < 0
                ? -1
                : ByteBuffer.wrap(file.read(room, TRAILER_LENGTH))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getInt();
        if (length <= 0 || length > Math.min(room, ParquetHeaders.MOST_FOOTER)) {
            throw bad(file, "%d bytes are said of it".formatted(length));
        }
        byte[] bytes = file.read(room - length, length);
        try {
            FileMetaData metadata =
                    Util.readFileMetaData(new ByteArrayInputStream(bytes, 0, CompactStruct.length(bytes)));
            return new ParquetFooter(metadata, new Leaves(metadata.getSchema()).all(), room - length);
        } catch (BufferUnderflowException e) {
            throw bad(file, "it ends in the middle of a structure");
        } catch (MalformedStructException | InvalidParquetMetadataException | IOException e) {
            throw bad(file, MalformedStructException.why(e));
        }
    }

    private static UnsoundObjectException bad(LocalBytes file, String why) {
        return new UnsoundObjectException(
                Defect.BAD_PARQUET,
                file.key(),
                "object %s is no sound Parquet: it has a footer that cannot be read (%s); write it again"
                        .formatted(Printable.key(file.key()), why));
    }

    /** The tree that a footer has as a flat list, each element before its children. */
    private static final class Leaves {

        private final List<SchemaElement> elements;
        private final List<Leaf> leaves = new ArrayList<>();
        private int next;

        Leaves(List<SchemaElement> elements) {
            this.elements = elements;
        }

        List<Leaf> all() {
            SchemaElement root = take();
            children(root, "", false, 1);
            if (next < elements.size()) {
                throw new MalformedStructException("columns beside the root");
            }
            return List.copyOf(leaves);
        }

        private void children(SchemaElement group, String path, boolean repeated, int depth) {
            if (depth > MOST_DEEP) {
                throw new MalformedStructException("columns more than " + MOST_DEEP + " deep");
            }
            for (int i = 0; i < group.getNum_children(); i++) {
                SchemaElement child = take();
                String name = path.isEmpty() ? child.getName() : path + "." + child.getName();
                boolean again = repeated || child.getRepetition_type() == FieldRepetitionType.REPEATED;
                if (child.getNum_children() > 0) {
                    children(child, name, again, depth + 1);
                } else {
                    leaves.add(leaf(new Leaf(name, again, child)));
                }
            }
        }

        private static Leaf leaf(Leaf leaf) {
            SchemaElement element = leaf.element();
            if (!element.isSetType() || element.getNum_children() < 0) {
                throw new MalformedStructException("'" + leaf.path() + "' has no type");
            }
            if (element.getType() == Type.FIXED_LEN_BYTE_ARRAY
                    && (!element.isSetType_length() || element.getType_length() < 0)) {
                throw new MalformedStructException("'" + leaf.path() + "' has no length");
            }
            return leaf;
        }

        private SchemaElement take() {
            if (next == elements.size()) {
                throw new MalformedStructException("columns that are no tree");
            }
            return elements.get(next++);
        }
    }
}
