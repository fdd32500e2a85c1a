package io.fanin.processor.avro;

import io.fanin.model.type.HiveType;
import io.fanin.model.type.HiveType.Characters;
import io.fanin.model.type.HiveType.Decimal;
import io.fanin.model.type.HiveType.ListOf;
import io.fanin.model.type.HiveType.MapOf;
import io.fanin.model.type.HiveType.Scalar;
import io.fanin.model.type.HiveType.Struct;
import io.fanin.processor.validate.FileColumns;
import io.fanin.records.objects.Printable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * The fields of an Avro file's records. Knows as which column types Trino reads them, given that it takes the types
 * from the table. A field may be a union of null and one type.
 */
final class AvroColumns implements FileColumns {

    private final Schema schema;
    private final Map<String, Schema.Field> byName;

    AvroColumns(Schema schema) {
        this.schema = schema;
        this.byName = byName(schema);
    }

    @Override
    public List<String> names() {
        return fields(schema).stream().map(Schema.Field::name).toList();
    }

    @Override
    public boolean has(String name) {
        return byName.containsKey(name);
    }

    @Override
    public Optional<String> disagreement(String name, HiveType type) {
        return ofField(name, new HiveType.Field(name, type), byName);
    }

    /** The fields of a record schema. A file with values of another type has no columns. */
    private static List<Schema.Field> fields(Schema record) {
        return record.getType() == Schema.Type.RECORD ? record.getFields() : List.of();
    }

    /** The first field of each name, ignoring case. */
    private static Map<String, Schema.Field> byName(Schema record) {
        Map<String, Schema.Field> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fields(record).forEach(field -> byName.putIfAbsent(field.name(), field));
        return byName;
    }

    private static Optional<String> disagreement(String path, HiveType type, Schema nullable) {
        Schema field = withoutNull(nullable);
        boolean holds = switch (type) {
            case Scalar scalar -> holds(scalar, field);
            case Characters text -> holds(Scalar.STRING, field);
            case Decimal decimal -> holds(decimal, field);
            case ListOf list -> field.getType() == Schema.Type.ARRAY;
            case MapOf map -> field.getType() == Schema.Type.MAP && map.key() == Scalar.STRING;
            case Struct struct -> field.getType() == Schema.Type.RECORD;
        };
        if (!holds) {
            return Optional.of("'%s' is %s in the table, %s in the file"
                    .formatted(Printable.detail(path), Printable.detail(type.hive()), text(field)));
        }
        return switch (type) {
            case Scalar scalar -> Optional.empty();
            case Characters text -> Optional.empty();
            case Decimal decimal -> Optional.empty();
            case ListOf list -> disagreement(path + ".element", list.element(), field.getElementType());
            case MapOf map -> disagreement(path + ".value", map.value(), field.getValueType());
            case Struct struct -> ofFields(path, struct, byName(field));
        };
    }

    private static Optional<String> ofFields(String path, Struct struct, Map<String, Schema.Field> found) {
        return struct.fields().stream()
                .map(inner -> ofField(path + "." + inner.name(), inner, found))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> ofField(String path, HiveType.Field wanted, Map<String, Schema.Field> all) {
        return Optional.ofNullable(all.get(wanted.name()))
                .map(found -> otherName(path, found.name()).or(() -> disagreement(path, wanted.type(), found.schema())))
                .orElseGet(() -> Optional.of("'%s' is %s in the table, and not in the file"
                        .formatted(
                                Printable.detail(path),
                                Printable.detail(wanted.type().hive()))));
    }

    /**
     * The problem with a name that is not in lower case: engines look for fields in lower case, and read NULL if there
     * is none.
     */
    private static Optional<String> otherName(String path, String found) {
        return found.equals(found.toLowerCase(Locale.ROOT))
                ? Optional.empty()
                : Optional.of("'%s' is '%s' in the file, and readers of Avro look for lower case"
                        .formatted(Printable.detail(path), Printable.detail(found)));
    }

    private static Schema withoutNull(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema;
        }
        List<Schema> others = schema.getTypes().stream()
                .filter(one -> one.getType() != Schema.Type.NULL)
                .toList();
        return others.size() == 1 ? others.getFirst() : schema;
    }

    private static boolean holds(Scalar type, Schema field) {
        boolean plain = field.getLogicalType() == null;
        return switch (type) {
            case STRING -> field.getType() == Schema.Type.STRING;
            case BOOLEAN -> field.getType() == Schema.Type.BOOLEAN;
            case TINYINT, SMALLINT -> false;
            case INT -> field.getType() == Schema.Type.INT && plain;
            case BIGINT -> (field.getType() == Schema.Type.INT || field.getType() == Schema.Type.LONG) && plain;
            case FLOAT -> field.getType() == Schema.Type.FLOAT;
            case DOUBLE -> field.getType() == Schema.Type.FLOAT || field.getType() == Schema.Type.DOUBLE;
            case DATE -> field.getLogicalType() instanceof LogicalTypes.Date;
            case TIMESTAMP -> field.getLogicalType() instanceof LogicalTypes.TimestampMillis;
        };
    }

    private static boolean holds(Decimal type, Schema field) {
        return field.getType() == Schema.Type.BYTES
                && field.getLogicalType() instanceof LogicalTypes.Decimal decimal
                && decimal.getScale() == type.scale()
                && decimal.getPrecision() <= type.precision();
    }

    private static String text(Schema field) {
        String type = field.getType().getName();
        return field.getLogicalType() == null
                ? type
                : type + " (" + Printable.detail(field.getLogicalType().getName()) + ")";
    }
}
