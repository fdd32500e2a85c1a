package io.fanin.processor.convert;

import io.fanin.processor.convert.HiveType.Decimal;
import io.fanin.processor.convert.HiveType.Field;
import io.fanin.processor.convert.HiveType.ListOf;
import io.fanin.processor.convert.HiveType.MapOf;
import io.fanin.processor.convert.HiveType.Scalar;
import io.fanin.processor.convert.HiveType.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads Hive's notation of types, as Glue keeps it: {@code struct<a:int,b:array<decimal(10,2)>>}. */
public final class HiveTypeParser {

    /** Hive's own, where a decimal does not say. */
    private static final Decimal PLAIN_DECIMAL = new Decimal(10, 0);

    private final String text;
    private int at;

    private HiveTypeParser(String text) {
        this.text = text.toLowerCase(Locale.ROOT);
    }

    /**
     * The type that a text says.
     *
     * @throws IllegalArgumentException when this is no type that can be converted into
     */
    public static HiveType parse(String text) {
        HiveTypeParser parser = new HiveTypeParser(text);
        HiveType type = parser.type();
        if (parser.skipBlanks() < parser.text.length()) {
            throw parser.unexpected("the end");
        }
        return type;
    }

    private HiveType type() {
        String word = word();
        return switch (word) {
            case "string" -> Scalar.STRING;
            case "varchar", "char" -> {
                numbers(1);
                yield Scalar.STRING;
            }
            case "boolean" -> Scalar.BOOLEAN;
            case "tinyint" -> Scalar.TINYINT;
            case "smallint" -> Scalar.SMALLINT;
            case "int", "integer" -> Scalar.INT;
            case "bigint" -> Scalar.BIGINT;
            case "float" -> Scalar.FLOAT;
            case "double" -> Scalar.DOUBLE;
            case "date" -> Scalar.DATE;
            case "timestamp" -> Scalar.TIMESTAMP;
            case "decimal" -> decimal();
            case "array" -> {
                expect('<');
                HiveType element = type();
                expect('>');
                yield new ListOf(element);
            }
            case "map" -> {
                expect('<');
                HiveType key = type();
                expect(',');
                HiveType value = type();
                expect('>');
                yield new MapOf(key, value);
            }
            case "struct" -> struct();
            default ->
                throw new IllegalArgumentException(
                        "'%s' is no type that raw data can be converted into, expected string, boolean, tinyint, smallint,"
                                        .formatted(word)
                                + " int, bigint, float, double, decimal, date, timestamp, array, map or struct");
        };
    }

    private HiveType decimal() {
        List<Integer> numbers = numbers(2);
        return switch (numbers.size()) {
            case 0 -> PLAIN_DECIMAL;
            case 1 -> new Decimal(numbers.get(0), 0);
            default -> new Decimal(numbers.get(0), numbers.get(1));
        };
    }

    private HiveType struct() {
        List<Field> fields = new ArrayList<>();
        expect('<');
        do {
            String name = word();
            expect(':');
            fields.add(new Field(name, type()));
        } while (accept(','));
        expect('>');
        return new Struct(fields);
    }

    private List<Integer> numbers(int most) {
        List<Integer> numbers = new ArrayList<>();
        if (accept('(')) {
            do {
                String word = word();
                if (!word.matches("[0-9]{1,5}") || numbers.size() == most) {
                    throw unexpected("at most " + most + " whole numbers");
                }
                numbers.add(Integer.parseInt(word));
            } while (accept(','));
            expect(')');
        }
        return numbers;
    }

    /** A name: everything up to a character of the notation. */
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
        return new IllegalArgumentException(
                "the type '%s' cannot be read: expected %s at position %d".formatted(text, expected, at + 1));
    }
}
