package io.fanin.model.partition;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The Hive types that a partition key may have. */
public enum KeyType {
    STRING,
    TINYINT,
    SMALLINT,
    INT,
    BIGINT,
    DATE,
    TIMESTAMP;

    private static final String NAMES =
            Arrays.stream(values()).map(KeyType::hiveName).collect(Collectors.joining(", "));

    /** The type's name in Hive and Glue, in lower case. */
    @JsonValue
    public String hiveName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The type with this name in a spec, where only the names that Athena knows are valid.
     *
     * @throws IllegalArgumentException if no partition key can have it
     */
    @JsonCreator
    static KeyType ofSpec(String name) {
        if (name.equalsIgnoreCase("integer")) {
            throw new IllegalArgumentException(
                    "'" + name + "' is not a type that Athena knows in a table, expected " + INT.hiveName());
        }
        return of(name);
    }

    /**
     * The type with this name in the catalog, where an int may also be called an integer.
     *
     * @throws IllegalArgumentException if no partition key can have it
     */
    public static KeyType of(String hiveName) {
        return switch (hiveName.toLowerCase(Locale.ROOT)) {
            case "string" -> STRING;
            case "tinyint" -> TINYINT;
            case "smallint" -> SMALLINT;
            case "int", "integer" -> INT;
            case "bigint" -> BIGINT;
            case "date" -> DATE;
            case "timestamp" -> TIMESTAMP;
            default ->
                throw new IllegalArgumentException(
                        "'" + hiveName + "' is not a type for a partition key, expected one of: " + NAMES);
        };
    }

    /** The number of bits of an integer type. */
    Optional<Integer> integerBits() {
        return switch (this) {
            case TINYINT -> Optional.of(Byte.SIZE);
            case SMALLINT -> Optional.of(Short.SIZE);
            case INT -> Optional.of(Integer.SIZE);
            case BIGINT -> Optional.of(Long.SIZE);
            case STRING, DATE, TIMESTAMP -> Optional.empty();
        };
    }

    static boolean fits(String digits, int bits) {
        return new BigInteger(digits).bitLength() < bits;
    }
}
