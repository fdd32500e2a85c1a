package io.fanin.records.tables;

import io.fanin.records.duckdb.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A type as the database prints it.
 *
 * @param shown as it is printed
 * @param name in capitals, such as {@code BIGINT}, {@code DECIMAL}, {@code LIST}, {@code STRUCT}
 * @param numbers of a decimal: its digits, and those after the point
 * @param fields of a struct by their names, of a list and a map without
 */
public record DuckDbType(String shown, String name, List<Integer> numbers, List<Field> fields) {

    static final String LIST = "LIST";
    static final String STRUCT = "STRUCT";
    static final String MAP = "MAP";
    private static final String MOMENT = "TIMESTAMP";

    public DuckDbType {
        numbers = List.copyOf(numbers);
        fields = List.copyOf(fields);
    }

    record Field(String name, DuckDbType type) {}

    DuckDbType part(int index) {
        return fields.get(index).type();
    }

    /** The same type with strings for nested timestamps; empty if there are none. */
    Optional<String> withoutMoments() {
        return fields.isEmpty() || !shown.contains(MOMENT) ? Optional.empty() : Optional.of(sql());
    }

    private String sql() {
        return switch (name) {
            case LIST -> part(0).sql() + "[]";
            case MAP -> "MAP(" + part(0).sql() + ", " + part(1).sql() + ")";
            case STRUCT ->
                fields.stream()
                        .map(field -> Sql.identifier(field.name()) + " "
                                + field.type().sql())
                        .collect(Collectors.joining(", ", "STRUCT(", ")"));
            default -> name.startsWith(MOMENT) ? "VARCHAR" : shown;
        };
    }

    /**
     * Reads what DESCRIBE prints.
     *
     * @throws IllegalArgumentException when this is no type
     */
    static DuckDbType parse(String text) {
        Parser parser = new Parser(text);
        DuckDbType type = parser.type();
        if (parser.at < text.length()) {
            throw new IllegalArgumentException("the type " + text + " is not known");
        }
        return type;
    }

    private static final class Parser {

        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        DuckDbType type() {
            int from = at;
            DuckDbType type = element();
            while (at < text.length() && text.charAt(at) == '[') {
                at = text.indexOf(']', at) + 1;
                type = new DuckDbType(text.substring(from, at), LIST, List.of(), List.of(new Field("", type)));
            }
            return type;
        }

        private DuckDbType element() {
            int from = at;
            while (at < text.length() && "(,)[".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            String name = text.substring(from, at).strip();
            if (at == text.length() || text.charAt(at) != '(') {
                return new DuckDbType(name, name, List.of(), List.of());
            }
            List<Integer> numbers = List.of();
            List<Field> fields = List.of();
            switch (name) {
                case "DECIMAL" -> numbers = numbers();
                case STRUCT -> fields = fields(true);
                case MAP -> fields = fields(false);
                default -> skipBrackets();
            }
            return new DuckDbType(text.substring(from, at), name, numbers, fields);
        }

        private List<Integer> numbers() {
            int end = text.indexOf(')', at);
            List<Integer> numbers = new ArrayList<>();
            for (String number : text.substring(at + 1, end).split(",", -1)) {
                numbers.add(Integer.parseInt(number.strip()));
            }
            at = end + 1;
            return numbers;
        }

        private List<Field> fields(boolean named) {
            List<Field> fields = new ArrayList<>();
            do {
                at++;
                skipBlanks();
                String name = named ? fieldName() : "";
                skipBlanks();
                fields.add(new Field(name, type()));
            } while (at < text.length() && text.charAt(at) == ',');
            at++;
            return fields;
        }

        private String fieldName() {
            if (text.charAt(at) != '"') {
                int from = at;
                at = text.indexOf(' ', at);
                return text.substring(from, at);
            }
            StringBuilder name = new StringBuilder();
            while (true) {
                int quote = text.indexOf('"', at + 1);
                name.append(text, at + 1, quote);
                at = quote + 1;
                if (at == text.length() || text.charAt(at) != '"') {
                    return name.toString();
                }
                name.append('"');
            }
        }

        /** Of an enumeration's values: texts, in which brackets and quotes may stand. */
        private void skipBrackets() {
            boolean quoted = false;
            int depth = 0;
            do {
                char c = text.charAt(at);
                quoted ^= c == '\'';
                depth += quoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
                at++;
            } while (depth > 0 && at < text.length());
        }

        private void skipBlanks() {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
        }
    }
}
