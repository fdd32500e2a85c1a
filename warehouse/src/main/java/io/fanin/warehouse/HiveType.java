package io.fanin.warehouse;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Decides whether a text is a type in Hive's notation that the pipeline supports, with valid parameters. */
final class HiveType {

    /** The names of all types. */
    static final List<String> NAMES = List.of(
            "string",
            "tinyint",
            "smallint",
            "int",
            "bigint",
            "float",
            "double",
            "decimal",
            "boolean",
            "date",
            "timestamp",
            "varchar",
            "char",
            "binary",
            "array",
            "map",
            "struct",
            "uniontype");

    private static final Set<String> NESTED = Set.of("array", "map", "struct", "uniontype");

    static final int MAX_DIGITS = 38;

    private static final int MAX_VARCHAR = 65_535;
    private static final int MAX_CHAR = 255;

    /** The maximum nesting, far beyond what query engines read. */
    private static final int MAX_DEPTH = 100;

    private final String text;
    private int at;

    private HiveType(String text) {
        this.text = text;
    }

    static boolean isType(String text) {
        HiveType type = new HiveType(text);
        return type.type(0) && type.isAtEnd();
    }

    private boolean type(int depth) {
        String word = word();
        return depth <= MAX_DEPTH
                && switch (word) {
                    case "decimal" -> !take('(') || decimal();
                    case "varchar" -> take('(') && number(1, MAX_VARCHAR) > 0 && take(')');
                    case "char" -> take('(') && number(1, MAX_CHAR) > 0 && take(')');
                    case "array" -> take('<') && type(depth + 1) && take('>');
                    case "map" -> take('<') && key(depth + 1) && take(',') && type(depth + 1) && take('>');
                    case "struct" -> take('<') && fields(depth + 1) && take('>');
                    case "uniontype" -> take('<') && types(depth + 1) && take('>');
                    default -> NAMES.contains(word);
                };
    }

    private boolean decimal() {
        int digits = number(1, MAX_DIGITS);
        return digits > 0 && (!take(',') || number(0, digits) >= 0) && take(')');
    }

    private boolean key(int depth) {
        int begin = at;
        boolean isSingle = !NESTED.contains(word());
        at = begin;
        return isSingle && type(depth);
    }

    private boolean types(int depth) {
        boolean isValid;
        do {
            isValid = type(depth);
        } while (isValid && take(','));
        return isValid;
    }

    private boolean fields(int depth) {
        Set<String> names = new HashSet<>();
        boolean isValid;
        do {
            String name = name();
            isValid = !name.isEmpty() && names.add(name.toLowerCase(Locale.ROOT)) && take(':') && type(depth);
        } while (isValid && take(','));
        return isValid;
    }

    private String name() {
        skipBlanks();
        int begin = at;
        while (at < text.length() && "<>,: \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(begin, at);
    }

    private String word() {
        skipBlanks();
        int begin = at;
        while (at < text.length() && text.charAt(at) >= 'a' && text.charAt(at) <= 'z') {
            at++;
        }
        return text.substring(begin, at);
    }

    /** The number that follows; -1 if there is none, or it is not in the range. */
    private int number(int least, int most) {
        skipBlanks();
        int begin = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == begin || at - begin > String.valueOf(most).length()) {
            return -1;
        }
        int number = Integer.parseInt(text.substring(begin, at));
        return number < least || number > most ? -1 : number;
    }

    private boolean take(char expected) {
        skipBlanks();
        boolean isThere = at < text.length() && text.charAt(at) == expected;
        at += isThere ? 1 : 0;
        return isThere;
    }

    private boolean isAtEnd() {
        skipBlanks();
        return at == text.length();
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }
}
