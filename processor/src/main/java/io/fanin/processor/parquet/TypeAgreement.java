package io.fanin.processor.parquet;

import io.fanin.model.type.HiveType;
import io.fanin.model.type.HiveType.Characters;
import io.fanin.model.type.HiveType.Decimal;
import io.fanin.model.type.HiveType.ListOf;
import io.fanin.model.type.HiveType.MapOf;
import io.fanin.model.type.HiveType.Scalar;
import io.fanin.model.type.HiveType.Struct;
import io.fanin.records.objects.Printable;
import io.fanin.records.parquet.ParquetField;
import java.util.Optional;
import org.apache.parquet.format.Type;

/**
 * Checks that Athena and Trino read a Parquet field as a column's type without loss. The column's type may be wider
 * than the file's (int32 in a bigint, float in a double, fewer digits in a decimal of the same scale), never narrower.
 * Lists are accepted in all forms of parquet-format's "LogicalTypes" but one: Trino shows NULL for a repeated group
 * without a list around it, as writers of Protocol Buffers leave it. Maps are accepted in those forms that DuckDB reads
 * too.
 */
final class TypeAgreement {

    private TypeAgreement() {}

    /** The first disagreement, for people, with the path from the column down to the field; empty if there is none. */
    static Optional<String> disagreement(String path, HiveType type, ParquetField field) {
        if (field.repeated() && !(type instanceof ListOf)) {
            return differs(path, type, field);
        }
        return switch (type) {
            case Scalar scalar -> holds(scalar, field) ? Optional.empty() : differs(path, type, field);
            case Characters text -> holds(Scalar.STRING, field) ? Optional.empty() : differs(path, type, field);
            case Decimal decimal -> holds(decimal, field) ? Optional.empty() : differs(path, type, field);
            case ListOf list ->
                element(field)
                        .map(element -> disagreement(path + ".element", list.element(), element))
                        .orElseGet(() -> differs(path, type, field));
            case MapOf map ->
                entry(field)
                        .map(entry -> disagreement(
                                        path + ".key",
                                        map.key(),
                                        entry.children().get(0))
                                .or(() -> disagreement(
                                        path + ".value",
                                        map.value(),
                                        entry.children().get(1))))
                        .orElseGet(() -> differs(path, type, field));
            case Struct struct -> isGroup(field) ? ofFields(path, struct, field) : differs(path, type, field);
        };
    }

    private static Optional<String> ofFields(String path, Struct struct, ParquetField group) {
        return group.sameNames(path).stream()
                .findFirst()
                .or(() -> struct.fields().stream()
                        .map(field -> group.child(field.name())
                                .map(child -> disagreement(path + "." + field.name(), field.type(), child))
                                .orElseGet(() -> Optional.of("%s is %s in the table, and not in the file"
                                        .formatted(name(path + "." + field.name()), text(field.type())))))
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    private static boolean isGroup(ParquetField field) {
        return !field.element().isSetType() && field.annotation().isEmpty();
    }

    private static boolean holds(Scalar type, ParquetField field) {
        boolean plain = field.annotation().isEmpty();
        boolean int32 = field.is(Type.INT32) && (plain || field.isAnnotated("INT_8", "INT_16", "INT_32"));
        return switch (type) {
            case STRING ->
                field.is(Type.BYTE_ARRAY)
                        && (plain || field.isAnnotated("UTF8", "ENUM", "JSON", "StringType", "EnumType", "JsonType"));
            case BOOLEAN -> field.is(Type.BOOLEAN);
            case TINYINT, SMALLINT, INT -> int32;
            case BIGINT -> int32 || (field.is(Type.INT64) && (plain || field.isAnnotated("INT_64")));
            case FLOAT -> field.is(Type.FLOAT) && plain;
            case DOUBLE -> (field.is(Type.DOUBLE) || field.is(Type.FLOAT)) && plain;
            case DATE -> field.is(Type.INT32) && field.isAnnotated("DATE", "DateType");
            case TIMESTAMP ->
                (field.is(Type.INT96) && plain)
                        || (field.is(Type.INT64)
                                && field.isAnnotated("TIMESTAMP_MILLIS", "TIMESTAMP_MICROS", "TimestampType"));
        };
    }

    private static boolean holds(Decimal type, ParquetField field) {
        return field.isAnnotated("DECIMAL", "DecimalType")
                && field.element().getScale() == type.scale()
                && field.element().isSetPrecision()
                && field.element().getPrecision() <= type.precision();
    }

    /** The element of a list; empty if the field is not a list. */
    private static Optional<ParquetField> element(ParquetField field) {
        if (field.repeated()) {
            return field.children().isEmpty() ? Optional.of(field.single()) : Optional.empty();
        }
        if (!field.isAnnotated("LIST", "ListType")
                || field.children().size() != 1
                || !field.children().getFirst().repeated()) {
            return Optional.empty();
        }
        ParquetField repeated = field.children().getFirst();
        return Optional.of(isWrapper(repeated, field) ? repeated.children().getFirst() : repeated.single());
    }

    /** Whether a list's repeated field only wraps its element, and is not the element. */
    static boolean isWrapper(ParquetField repeated, ParquetField list) {
        return !repeated.element().isSetType()
                && repeated.children().size() == 1
                && !repeated.name().equals("array")
                && !repeated.name().equals(list.name() + "_tuple");
    }

    /** The key and the value of a map; empty if the field is not a map. */
    private static Optional<ParquetField> entry(ParquetField field) {
        return field.isAnnotated("MAP", "MapType")
                ? field.children().stream()
                        .filter(ParquetField::repeated)
                        .filter(entry -> entry.children().size() == 2)
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<String> differs(String path, HiveType type, ParquetField field) {
        return Optional.of("%s is %s in the table, %s in the file".formatted(name(path), text(type), field.type()));
    }

    private static String name(String path) {
        return "'" + Printable.detail(path) + "'";
    }

    private static String text(HiveType type) {
        return Printable.detail(type.hive());
    }
}
