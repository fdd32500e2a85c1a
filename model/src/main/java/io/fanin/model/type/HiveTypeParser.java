package io.fanin.model.type;

import io.fanin.model.text.Counted;
import io.fanin.model.text.LogSafe;
import io.fanin.model.type.HiveType.Characters;
import io.fanin.model.type.HiveType.Decimal;
import io.fanin.model.type.HiveType.Field;
import io.fanin.model.type.HiveType.ListOf;
import io.fanin.model.type.HiveType.MapOf;
import io.fanin.model.type.HiveType.Scalar;
import io.fanin.model.type.HiveType.Single;
import io.fanin.model.type.HiveType.Struct;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Parses Hive's notation of types, as stored in Glue: {@code struct<a:int,b:array<decimal(10,2)>>}. */
public final class HiveTypeParser {

    /** The limit of Glue's ColumnTypeString. */
    private static final int MAX_LENGTH = 131_072;

    /** Far deeper than query engines support; it limits the depth of recursion. */
    private static final int MAX_DEPTH = 100;

    /** Hive's HiveVarchar.MAX_VARCHAR_LENGTH. */
    private static final int MAX_VARCHAR = 65_535;

    /** Hive's HiveChar.MAX_CHAR_LENGTH. */
    private static final int MAX_CHAR = 255;

    /** Hive's default, for a decimal without parameters. */
    private static final Decimal PLAIN_DECIMAL = new Decimal(10, 0);

    private static final int SHOWN = 100;

    /** The name of the type int in tables made by other tools. */
    private static final String INTEGER = "integer";

    private static final String BINARY = "binary";
    private static final String UNION = "uniontype";

    /** Types into which no raw data is converted. */
    private static final Set<String> UNCONVERTIBLE = Set.of(BINARY, UNION);

    /** Type names of other systems, with Hive's names. */
    private static final Map<String, String> OTHER_NAMES = Map.ofEntries(
            Map.entry(INTEGER, "int"),
            Map.entry("long", "bigint"),
            Map.entry("short", "smallint"),
            Map.entry("byte", "tinyint"),
            Map.entry("bool", "boolean"),
            Map.entry("real", "float"),
            Map.entry("numeric", "decimal"),
            Map.entry("number", "decimal"),
            Map.entry("dec", "decimal"),
            Map.entry("text", "string"),
            Map.entry("datetime", "timestamp"),
            Map.entry("timestamptz", "timestamp"),
            Map.entry("varbinary", BINARY),
            Map.entry("bytes", BINARY),
            Map.entry("row", "struct"),
            Map.entry("list", "array"));

    private final String text;
    private final List<String> names = new ArrayList<>();
    private int at;
    private int depth;

    private HiveTypeParser(String text) {
        this.text = text.toLowerCase(Locale.ROOT);
    }

    /**
     * Parses a type.
     *
     * @throws IllegalArgumentException if the text is not a type into which data can be converted
     */
    public static HiveType parse(String text) {
        HiveTypeParser parser = new HiveTypeParser(text);
        HiveType type = parser.whole();
        parser.names.reversed().stream()
                .filter(UNCONVERTIBLE::contains)
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(
                            "'%s' is not a type that raw data can be converted into".formatted(name));
                });
        return type;
    }

    /** The type; empty if data cannot be converted into it. */
    public static Optional<HiveType> find(String text) {
        try {
            return Optional.of(parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The reason why text cannot be the type of any column; {@code binary} and {@code uniontype} are valid here. */
    public static Optional<String> problem(String text) {
        try {
            HiveTypeParser parser = new HiveTypeParser(text);
            parser.whole();
            return parser.names.contains(INTEGER) ? Optional.of(misnamed(INTEGER)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    private HiveType whole() {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "the type has %d characters, expected %d at most".formatted(text.length(), MAX_LENGTH));
        }
        HiveType type = type();
        if (skipBlanks() < text.length()) {
            throw unexpected("the end");
        }
        return type;
    }

    private HiveType type() {
        String word = word();
        names.add(word);
        return switch (word) {
            case "varchar" -> new Characters(length(MAX_VARCHAR), false);
            case "char" -> new Characters(length(MAX_CHAR), true);
            case INTEGER -> Scalar.INT;
            case "decimal" -> decimal();
            case BINARY -> Scalar.STRING;
            case "array" -> new ListOf(parts(1).getFirst());
            case "map" -> map(parts(2));
            case UNION -> new ListOf(parts().getFirst());
            case "struct" -> struct();
            default -> scalar(word);
        };
    }

    private static HiveType scalar(String word) {
        return Arrays.stream(Scalar.values())
                .filter(scalar -> scalar.hive().equals(word))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                OTHER_NAMES.containsKey(word)
                                        ? misnamed(word)
                                        : "'%s' is not a type, expected one of boolean, tinyint, smallint, int, bigint, float, double, decimal,"
                                                        .formatted(LogSafe.beginning(word, SHOWN))
                                                + " string, varchar, char, binary, date, timestamp, array, map, struct, uniontype"));
    }

    private static String misnamed(String word) {
        return "'%s' is not a type that Athena knows in a table, expected %s".formatted(word, OTHER_NAMES.get(word));
    }

    private static HiveType map(List<HiveType> parts) {
        if (parts.getFirst() instanceof Single key) {
            return new MapOf(key, parts.getLast());
        }
        throw new IllegalArgumentException(
                "a map's key is a single value, found " + parts.getFirst().hive());
    }

    private int length(int most) {
        List<Integer> numbers = numbers();
        if (numbers.size() != 1 || numbers.getFirst() < 1 || numbers.getFirst() > most) {
            throw new IllegalArgumentException(
                    "varchar and char have a length in brackets, varchar 1 to %d and char 1 to %d; string has none"
                            .formatted(MAX_VARCHAR, MAX_CHAR));
        }
        return numbers.getFirst();
    }

    private HiveType decimal() {
        List<Integer> numbers = numbers();
        return switch (numbers.size()) {
            case 0 -> PLAIN_DECIMAL;
            case 1 -> new Decimal(numbers.get(0), 0);
            case 2 -> new Decimal(numbers.get(0), numbers.get(1));
            default -> throw unexpected("at most 2 whole numbers");
        };
    }

    private List<HiveType> parts(int count) {
        List<HiveType> parts = parts();
        if (parts.size() != count) {
            throw new IllegalArgumentException(
                    "expected %s between '<' and '>', found %d".formatted(Counted.of(count, "type"), parts.size()));
        }
        return parts;
    }

    private List<HiveType> parts() {
        List<HiveType> parts = new ArrayList<>();
        open();
        do {
            parts.add(type());
        } while (accept(','));
        close();
        return parts;
    }

    private HiveType struct() {
        List<Field> fields = new ArrayList<>();
        open();
        do {
            String name = word();
            expect(':');
            fields.add(new Field(name, type()));
        } while (accept(','));
        close();
        return new Struct(fields);
    }

    private void open() {
        expect('<');
        if (++depth > MAX_DEPTH) {
            throw new IllegalArgumentException("types lie in types more than " + MAX_DEPTH + " deep");
        }
    }

    private void close() {
        expect('>');
        depth--;
    }

    private List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        if (accept('(')) {
            do {
                String word = word();
                if (!word.matches("[0-9]{1,5}")) {
                    throw unexpected("whole numbers");
                }
                numbers.add(Integer.parseInt(word));
            } while (accept(','));
            expect(')');
        }
        return numbers;
    }

    /** A name: all characters up to one of the notation. */
    private String word() {
        int from = skipBlanks();
        while (at < text.length() && "<>:,() ".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (at == from) {
            throw unexpected("a name");
        }
        return text.substring(from, at);
    }

    private void expect(char c) {
        if (!accept(c)) {
            throw unexpected("'" + c + "'");
        }
    }

    private boolean accept(char c) {
        boolean found = skipBlanks() < text.length() && text.charAt(at) == c;
        at += found ? 1 : 0;
        return found;
    }

    private int skipBlanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private IllegalArgumentException unexpected(String expected) {
        return new IllegalArgumentException("expected %s at position %d".formatted(expected, at + 1));
    }
}
