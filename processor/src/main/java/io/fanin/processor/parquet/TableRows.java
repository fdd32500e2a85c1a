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
     * The rows of a file of somebody else's: values of narrower types have the table's, columns that it lacks are null,
     * and a column of a type that is not supported here, such as {@code binary}, keeps its bytes. What the table does
     * not have, or has with a type that cannot hold the file's, is as the file has it.
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

    /** Glue keeps two columns of one name, of which the first is read. */
    private static Collection<Column> withoutRepetitions(List<Column> columns) {
        Map<String, Column> first = new LinkedHashMap<>();
        columns.forEach(column -> first.putIfAbsent(column.name().toLowerCase(Locale.ROOT), column));
        return first.values();
    }

    /**
     * Other writers leave NaN out of a footer's statistics, in which the database would look for the greatest number.
     */
    private static String read(Path file, boolean textsOfBytes) {
        return "read_parquet(%s, binary_as_string = %s, can_have_nan = true)".formatted(Sql.path(file), textsOfBytes);
    }

    /** A column with the table's type; empty if it stays as the file has it. */
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
     * database reads the field in its place.
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
     * Whether texts that the file does not mark as such are inside a column: what reads bytes as texts reads all of
     * them.
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
