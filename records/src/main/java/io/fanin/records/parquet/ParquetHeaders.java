package io.fanin.records.parquet;

import io.fanin.records.objects.Defect;
import io.fanin.records.objects.UnsoundObjectException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.format.RowGroup;

/**
 * Holds the headers of a Parquet object that others wrote against each other. DuckDB takes sizes in them as they are, and one
 * that lies makes it write where it may not, which ends the process or worse. What is inside of pages is not looked at.
 */
public final class ParquetHeaders {

    /** Bytes of a footer. A longer one takes its readers more memory than they have for it. */
    public static final int MOST_FOOTER = 16 << 20;

    private ParquetHeaders() {}

    /**
     * Looks at the footer alone, which DuckDB may read then, and nothing else of the file.
     *
     * @param key the object's, for people
     * @param file a copy of it, or of its end
     * @throws UnsoundObjectException {@link Defect#BAD_PARQUET}
     */
    public static void checkFooter(String key, Path file) throws IOException {
        try (LocalBytes bytes = LocalBytes.open(key, file)) {
            ParquetFooter.read(bytes);
        }
    }

    /**
     * Looks at the footer and at the headers of all pages. Only headers are read.
     *
     * @param key the object's, for people
     * @param file a copy of it
     * @throws UnsoundObjectException {@link Defect#CORRUPT}, {@link Defect#BAD_PARQUET}
     */
    public static void check(String key, Path file) throws IOException {
        try (LocalBytes bytes = LocalBytes.open(key, file)) {
            ParquetFooter footer = ParquetFooter.read(bytes);
            List<RowGroup> groups = footer.metadata().getRow_groups();
            long rows = 0;
            for (int i = 0; i < groups.size(); i++) {
                rows += rows(bytes, footer, groups.get(i), i);
            }
            if (rows != footer.metadata().getNum_rows()) {
                throw new HeaderPlace(key, "its footer")
                        .corrupt("says %d rows, and its row groups %d"
                                .formatted(footer.metadata().getNum_rows(), rows));
            }
        }
    }

    private static long rows(LocalBytes bytes, ParquetFooter footer, RowGroup group, int number) throws IOException {
        HeaderPlace place = new HeaderPlace(bytes.key(), "row group " + number);
        int columns = footer.leaves().size();
        if (group.getColumnsSize() != columns || group.getNum_rows() < 0) {
            throw place.corrupt("has %d columns and %d rows, of %d columns"
                    .formatted(group.getColumnsSize(), group.getNum_rows(), columns));
        }
        for (int i = 0; i < columns; i++) {
            Leaf leaf = footer.leaves().get(i);
            new ColumnPages(bytes, footer.begin(), leaf, group.getNum_rows(), place.column(leaf))
                    .check(group.getColumns().get(i));
        }
        return group.getNum_rows();
    }
}
