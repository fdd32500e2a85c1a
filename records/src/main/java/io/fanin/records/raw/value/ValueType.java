package io.fanin.records.raw.value;

import io.fanin.model.type.FieldNames;
import io.fanin.model.type.HiveType;
import io.fanin.model.type.HiveType.Characters;
import io.fanin.model.type.HiveType.Decimal;
import io.fanin.model.type.HiveType.ListOf;
import io.fanin.model.type.HiveType.MapOf;
import io.fanin.model.type.HiveType.Scalar;
import io.fanin.model.type.HiveType.Struct;
import io.fanin.records.raw.text.KnownName;
import java.util.Arrays;
import java.util.List;

/**
 * A type prepared for reading, once for all values. Uses fields, since a switch over patterns or an interface call
 * would cost more than the reading itself on a JVM with only its first compiler, as in the functions.
 */
public final class ValueType {

    /** The common properties of the types of one kind. */
    public enum Kind {
        STRING,
        CHARACTERS,
        BOOLEAN,
        WHOLE,
        FLOAT,
        DOUBLE,
        DECIMAL,
        DATE,
        TIMESTAMP,
        LIST,
        MAP,
        STRUCT
    }

    private final HiveType hive;
    private final Kind kind;
    private final boolean text;
    private final boolean number;
    private final boolean nested;
    private final boolean wide;
    private final long least;
    private final long most;
    private final ValueType[] parts;
    private final String[] fields;
    private final FieldNames names;
    private final KnownName[] knownNames;

    private ValueType(HiveType hive) {
        this.hive = hive;
        this.kind = kind(hive);
        this.text = hive.isText();
        this.number = kind == Kind.WHOLE || kind == Kind.FLOAT || kind == Kind.DOUBLE || kind == Kind.DECIMAL;
        this.nested = hive instanceof HiveType.Nested;
        this.wide = hive instanceof Decimal decimal && decimal.precision() > Decimal.DIGITS_OF_LONG;
        this.most = Long.MAX_VALUE >> (Long.SIZE - bits(hive));
        this.least = -most - 1;
        List<HiveType> held = switch (hive) {
            case ListOf list -> List.of(list.element());
            case MapOf map -> List.of(map.key(), map.value());
            case Struct fields ->
                fields.fields().stream().map(HiveType.Field::type).toList();
            default -> List.of();
        };
        Struct struct = hive instanceof Struct fields ? fields : new Struct(List.of());
        this.fields = struct.fields().stream().map(HiveType.Field::name).toArray(String[]::new);
        this.names = struct.names();
        this.knownNames = Arrays.stream(fields).map(KnownName::of).toArray(KnownName[]::new);
        this.parts = held.stream().map(ValueType::new).toArray(ValueType[]::new);
    }

    public static ValueType of(HiveType type) {
        return new ValueType(type);
    }

    private static Kind kind(HiveType type) {
        return switch (type) {
            case Characters text -> Kind.CHARACTERS;
            case Decimal decimal -> Kind.DECIMAL;
            case ListOf list -> Kind.LIST;
            case MapOf map -> Kind.MAP;
            case Struct struct -> Kind.STRUCT;
            case Scalar scalar ->
                switch (scalar) {
                    case STRING -> Kind.STRING;
                    case BOOLEAN -> Kind.BOOLEAN;
                    case TINYINT, SMALLINT, INT, BIGINT -> Kind.WHOLE;
                    case FLOAT -> Kind.FLOAT;
                    case DOUBLE -> Kind.DOUBLE;
                    case DATE -> Kind.DATE;
                    case TIMESTAMP -> Kind.TIMESTAMP;
                };
        };
    }

    public HiveType hive() {
        return hive;
    }

    public Kind kind() {
        return kind;
    }

    public boolean isText() {
        return text;
    }

    public boolean isNested() {
        return nested;
    }

    public boolean isNumber() {
        return number;
    }

    /** Whether a number may stand for a value. */
    public boolean takesNumbers() {
        return kind != Kind.BOOLEAN && kind != Kind.DATE && kind != Kind.TIMESTAMP;
    }

    /** Whether it is a decimal that does not fit into a long. */
    boolean isWide() {
        return wide;
    }

    /** The type of a part: of a list's elements, of a map's keys and values, or of a struct's fields. */
    public ValueType part(int index) {
        return parts[index];
    }

    public int parts() {
        return parts.length;
    }

    /** The field names of a struct. */
    public FieldNames names() {
        return names;
    }

    /** The name of a struct's field. */
    public String name(int index) {
        return fields[index];
    }

    public KnownName knownName(int index) {
        return knownNames[index];
    }

    /** Whether a whole number is within the type's bounds. */
    boolean holds(long number) {
        return number >= least && number <= most;
    }

    private static int bits(HiveType type) {
        if (!(type instanceof Scalar scalar)) {
            return Long.SIZE;
        }
        return switch (scalar) {
            case TINYINT -> Byte.SIZE;
            case SMALLINT -> Short.SIZE;
            case INT -> Integer.SIZE;
            default -> Long.SIZE;
        };
    }
}
