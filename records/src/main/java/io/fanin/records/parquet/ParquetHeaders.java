package io.fanin.records.parquet;

import io.fanin.model.failure.FailureCode;
import io.fanin.records.objects.ObjectDefectException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.RowGroup;

/**
 * Checks the headers of a foreign Parquet object against each other. DuckDB trusts the sizes in them, and a wrong one
 * makes it write outside its memory, which may end the process. Of the content of pages, stored checksums are verified,
 * and what {@link PageContents} names.
 */
public final class ParquetHeaders {

    /** Maximum bytes of a footer: readers lack the memory for longer ones. */
    public static final int MAX_FOOTER = 16 << 20;

    static final byte[] MAGIC = {'P', 'A', 'R', '1'};

    private ParquetHeaders() {}

    /** Checks the first and the last bytes. */
    public static void requireParquet(String key, Path file) throws IOException {
        try (LocalBytes bytes = LocalBytes.open(key, file)) {
            int length = MAGIC.length;
            if (bytes.size() < 2L * length
                    || !Arrays.equals(bytes.read(0, length), MAGIC)
                    || !Arrays.equals(bytes.read(bytes.size() - length, length), MAGIC)) {
                throw ObjectDefectException.ofObject(
                        key,
                        FailureCode.BAD_PARQUET,
                        " is not Parquet: it does not begin and end with PAR1; write it again");
            }
        }
    }

    /**
     * Checks a copy, and takes statistics out of its footer that the database would misread.
     *
     * @param inTime is called for each header; throws to end the work
     * @return the footer as it was
     */
    public static ParquetFooter prepare(String key, Path copy, Runnable inTime) throws IOException {
        ParquetFooter footer = check(key, copy, inTime);
        UnorderedStatistics.remove(key, copy, footer.metadata());
        return footer;
    }

    /**
     * Checks the footer, the headers of all pages, and the pages with a checksum. They are read as often as the footer
     * names their places: in a small file, that may be billions of times.
     *
     * @param key the object's, for people
     * @param file a copy of it
     * @param inTime is called for each header and block; throws to end the work
     * @return the footer
     * @throws ObjectDefectException {@link FailureCode#CORRUPT}, {@link FailureCode#BAD_PARQUET}
     */
    static ParquetFooter check(String key, Path file, Runnable inTime) throws IOException {
        try (LocalBytes bytes = LocalBytes.open(key, file)) {
            ParquetFooter footer = ParquetFooter.read(key, bytes);
            long dataEnd = ParquetFooter.begin(bytes);
            HeaderStructs structs = new HeaderStructs(bytes, inTime);
            List<ParquetField> leaves = footer.root().leaves().toList();
            FooterCounts counts = new FooterCounts(key, footer, dataEnd);
            counts.check();
            new FileBegin(key, footer, dataEnd, bytes).requireFirst();
            List<RowGroup> groups = footer.metadata().getRow_groups();
            for (int i = 0; i < groups.size(); i++) {
                pages(structs, dataEnd, leaves, groups.get(i), counts.group(i));
            }
            return footer;
        }
    }

    private static void pages(
            HeaderStructs structs, long dataEnd, List<ParquetField> leaves, RowGroup group, HeaderPlace place)
            throws IOException {
        ListShapes shapes = new ListShapes();
        for (int i = 0; i < leaves.size(); i++) {
            ParquetField leaf = leaves.get(i);
            new ColumnPages(structs, dataEnd, leaf, place.column(leaf), shapes)
                    .check(group.getColumns().get(i).getMeta_data(), group.getNum_rows());
        }
    }
}
