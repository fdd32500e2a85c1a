package io.fanin.processor.parquet;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.processor.parquet.ParquetField.Element;
import io.fanin.records.duckdb.DuckDbException;
import io.fanin.records.duckdb.DuckDbRow;
import io.fanin.records.duckdb.Sql;
import io.fanin.records.objects.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** Reads footers with DuckDB's table functions for Parquet metadata, which read nothing else of a file. */
final class Footers {

    private final FileQuestions database;

    Footers(FileQuestions database) {
        this.database = database;
    }

    /**
     * The content of a footer.
     *
     * @param root the group of all columns
     */
    record Footer(long rows, ParquetField root) {}

    /**
     * Reads a footer.
     *
     * @param file the object, or a sparse copy with its footer
     * @throws io.fanin.records.objects.UnsoundObjectException when it cannot be read
     */
    Footer read(ObjectSummary object, Path file) throws IOException {
        String path = Sql.path(file);
        List<Long> rows = query(
                object,
                "SELECT num_rows FROM parquet_file_metadata(" + path + ")",
                row -> row.number(1).orElse(-1));
        Iterator<Element> elements = query(
                        object,
                        "SELECT name, type, repetition_type, num_children,"
                                + " coalesce(converted_type, regexp_extract(logical_type, '^[A-Za-z0-9]+')), precision, scale"
                                + " FROM parquet_schema(" + path + ") ORDER BY column_id",
                        Footers::element)
                .iterator();
        if (rows.size() != 1 || rows.getFirst() < 0) {
            throw FooterTail.bad(object, "has a footer without a number of rows");
        }
        try {
            ParquetField root = ParquetField.tree(elements);
            if (elements.hasNext()) {
                throw new NoSuchElementException("columns beside the root");
            }
            return new Footer(rows.getFirst(), root);
        } catch (NoSuchElementException | ArithmeticException e) {
            throw FooterTail.bad(object, "has a footer whose columns are no tree (" + e.getMessage() + ")");
        }
    }

    /**
     * Queries a file's footer.
     *
     * @throws io.fanin.records.objects.UnsoundObjectException when that cannot be read
     */
    <T> List<T> query(ObjectSummary object, String sql, Function<DuckDbRow, T> row) throws IOException {
        try {
            return database.query(sql, row);
        } catch (DuckDbException e) {
            if (e.kind() != DuckDbException.Kind.OTHER) {
                throw e;
            }
            throw FooterTail.bad(object, "has a footer that cannot be read (" + Printable.prose(e.getMessage()) + ")");
        }
    }

    private static Element element(DuckDbRow row) {
        ParquetField field = new ParquetField(
                row.text(1).orElse(""),
                row.text(2),
                row.text(5).filter(annotation -> !annotation.isEmpty()),
                row.number(6),
                row.number(7),
                row.text(3).filter("REPEATED"::equals).isPresent(),
                List.of());
        return new Element(field, row.number(4));
    }
}
