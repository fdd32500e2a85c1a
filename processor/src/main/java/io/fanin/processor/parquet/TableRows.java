package io.fanin.processor.parquet;

import io.fanin.model.table.Column;
import io.fanin.model.type.HiveType;
import io.fanin.model.type.HiveTypeParser;
import io.fanin.records.duckdb.Sql;
import io.fanin.records.duckdb.SqlTypes;
import io.fanin.records.parquet.ParquetField;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.format.Type;

/**
 * The rows of a Parquet file on the function's disk, as readers of the table see them.
 *
 * @param relation in SQL
 */
record TableRows(Path file, String relation) {

    /** The rows of a file that was written with the table's types. */
    static TableRows ofOwn(Path file) {
        return new TableRows(file, read(file, true));
    }

    /**
     * The rows of a file from another writer. Narrower values are cast to the table's types, missing columns are null,
     * and columns of unsupported types, such as {@code binary}, keep their bytes. A column that the table lacks, or
     * whose type in the table cannot hold it, stays as it is in the file.
     *
     * @param root of the file's columns
     */
    static TableRows ofForeign(Path file, List<Column> columns, ParquetField root) {
        boolean keepsBytes = columns.stream().anyMatch(column -> isOfBytes(column, root))
                && columns.stream().noneMatch(column -> hasBytesInside(column, root));
        List<String> replaced = new ArrayList<>();
        List<String> added = new ArrayList<>();
        for (Column column : withoutRepetitions(columns)) {
            HiveTypeParser.find(column.type())
                    .ifPresent(type -> root.child(column.name())
                            .ifPresentOrElse(
                                    field -> value(type, field, keepsBytes)
                                            .ifPresent(value ->
                                                    replaced.add(value + " AS " + Sql.identifier(field.name()))),
                                    () -> added.add(", CAST(NULL AS %s) AS %s"
                                            .formatted(SqlTypes.of(type), Sql.identifier(column.name())))));
        }
        return new TableRows(
                file,
                "(SELECT *%s%s FROM %s)"
                        .formatted(
                                replaced.isEmpty() ? "" : " REPLACE (" + String.join(", ", replaced) + ")",
                                String.join("", added),
                                read(file, !keepsBytes)));
    }

    /** The columns without repeated names: Glue allows two columns of one name, of which readers use the first. */
    private static Collection<Column> withoutRepetitions(List<Column> columns) {
        Map<String, Column> first = new LinkedHashMap<>();
        columns.forEach(column -> first.putIfAbsent(column.name().toLowerCase(Locale.ROOT), column));
        return first.values();
    }

    /**
     * The relation that reads the file. Other writers leave NaN out of a footer's statistics, from which the database
     * would take the greatest number.
     */
    private static String read(Path file, boolean textsOfBytes) {
        return "read_parquet(%s, binary_as_string = %s, can_have_nan = true)".formatted(Sql.path(file), textsOfBytes);
    }

    /** A column cast to the table's type; absent if it stays as it is in the file. */
    private static Optional<String> value(HiveType type, ParquetField field, boolean keepsBytes) {
        String name = Sql.identifier(field.name());
        boolean stays = TypeAgreement.disagreement("", type, field).isPresent()
                || field.hasUtcNanoseconds()
                || hasElementsOfOneField(field);
        if (stays) {
            return Optional.empty();
        }
        return Optional.of(
                keepsBytes && isBytes(field)
                        ? "decode(" + name + ")"
                        : "CAST(" + name + " AS " + SqlTypes.of(type) + ")");
    }

    /**
     * Whether there is a list, as parquet-avro writes it, whose repeated group is the element and has one field: the
     * database reads that field instead of the group.
     */
    private static boolean hasElementsOfOneField(ParquetField field) {
        boolean isOne = field.isAnnotated("LIST", "ListType")
                && field.children().size() == 1
                && field.children().getFirst().children().size() == 1
                && !TypeAgreement.isWrapper(field.children().getFirst(), field);
        return isOne || field.children().stream().anyMatch(TableRows::hasElementsOfOneField);
    }

    private static boolean isOfBytes(Column column, ParquetField root) {
        return HiveTypeParser.find(column.type()).isEmpty()
                && root.child(column.name()).filter(TableRows::isBytes).isPresent();
    }

    /**
     * Whether a column contains nested strings that the file does not mark as text. The database's option to read bytes
     * as text applies to all columns.
     */
    private static boolean hasBytesInside(Column column, ParquetField root) {
        return HiveTypeParser.find(column.type()).isPresent()
                && root.child(column.name()).stream()
                        .flatMap(field -> field.children().stream())
                        .anyMatch(TableRows::hasBytes);
    }

    private static boolean hasBytes(ParquetField field) {
        return isBytes(field) || field.children().stream().anyMatch(TableRows::hasBytes);
    }

    private static boolean isBytes(ParquetField field) {
        return field.is(Type.BYTE_ARRAY) && field.annotation().isEmpty();
    }
}
