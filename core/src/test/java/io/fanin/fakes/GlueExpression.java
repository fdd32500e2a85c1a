package io.fanin.fakes;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map.Entry;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The filter of <a href="https://docs.aws.amazon.com/glue/latest/webapi/API_GetPartitions.html">GetPartitions</a>, as
 * far as it is used: comparisons of a key with a literal, {@code IN}, {@code AND}, {@code OR} and parentheses. Keys are
 * compared by their types: numbers as numbers, dates and timestamps as moments, all others as text. A partition's value
 * that its key's type cannot hold fails the request with InvalidStateException, when it comes to be compared.
 */
@FunctionalInterface
interface GlueExpression {

    boolean accepts(List<String> values);

    /** Parses a filter over these keys; unsupported syntax is refused with InvalidInputException. */
    static GlueExpression parse(String expression, List<Entry<String, String>> keys) {
        return new Parser(expression, keys).parse();
    }

    /** Recursive descent over the tokens. */
    final class Parser {

        private static final Pattern TOKEN = Pattern.compile("\\s*(?:(?<string>'[^']*+(?:''[^']*+)*+')"
                + "|(?<number>-?\\d+(?:\\.\\d+)?)|(?<name>\\w+)|(?<symbol><=|>=|<>|[=<>(),]))");
        private static final Pattern LITERAL = Pattern.compile("'.*'|-?\\d+(?:\\.\\d+)?", Pattern.DOTALL);
        private static final Set<String> RESERVED = GlueLimits.reservedWords();

        private final String expression;
        private final List<Entry<String, String>> keys;
        private final List<String> tokens = new ArrayList<>();
        private int position;

        private Parser(String expression, List<Entry<String, String>> keys) {
            this.expression = expression;
            this.keys = keys;
            String source = expression.stripTrailing();
            Matcher matcher = TOKEN.matcher(source);
            int end = 0;
            while (end < source.length()) {
                if (!matcher.find(end) || matcher.start() != end) {
                    throw notUnderstood("at character " + end);
                }
                tokens.add(matcher.group().strip());
                end = matcher.end();
            }
        }

        private GlueExpression parse() {
            GlueExpression whole = either();
            if (position < tokens.size()) {
                throw notUnderstood("unexpected " + peek());
            }
            return whole;
        }

        private GlueExpression either() {
            GlueExpression left = both();
            while (take("or")) {
                GlueExpression first = left;
                GlueExpression second = both();
                left = values -> first.accepts(values) || second.accepts(values);
            }
            return left;
        }

        private GlueExpression both() {
            GlueExpression left = term();
            while (take("and")) {
                GlueExpression first = left;
                GlueExpression second = term();
                left = values -> first.accepts(values) && second.accepts(values);
            }
            return left;
        }

        private GlueExpression term() {
            if (take("(")) {
                GlueExpression inner = either();
                if (!take(")")) {
                    throw notUnderstood("a closing parenthesis is missing");
                }
                return inner;
            }
            return comparison();
        }

        private GlueExpression comparison() {
            int key = key(next());
            String operator = next().toLowerCase(Locale.ROOT);
            Comparand comparand = comparand(keys.get(key).getValue().replaceFirst("\\(.*", ""));
            if (operator.equals("in")) {
                List<GlueExpression> equalities = literals().stream()
                        .map(literal -> compare(key, comparand, "=", literal))
                        .toList();
                return values -> equalities.stream().anyMatch(one -> one.accepts(values));
            }
            return compare(key, comparand, operator, next());
        }

        private List<String> literals() {
            List<String> literals = new ArrayList<>();
            boolean more = take("(");
            while (more) {
                literals.add(next());
                more = take(",");
            }
            if (literals.isEmpty() || !take(")")) {
                throw notUnderstood("IN needs literals in parentheses");
            }
            return literals;
        }

        private GlueExpression compare(int key, Comparand comparand, String operator, String literal) {
            if (!LITERAL.matcher(literal).matches()) {
                throw notUnderstood(literal + " is not a literal");
            }
            String operand = literal.startsWith("'")
                    ? literal.substring(1, literal.length() - 1).replace("''", "'")
                    : literal;
            IntPredicate satisfies = predicate(operator);
            try {
                comparand.compare(operand, operand);
            } catch (IllegalArgumentException | DateTimeException e) {
                throw notUnderstood(literal + " is no " + comparand);
            }
            return values -> {
                try {
                    return satisfies.test(comparand.compare(values.get(key), operand));
                } catch (IllegalArgumentException | DateTimeException e) {
                    throw new Refusal(400, "InvalidStateException", values.get(key) + " is no " + comparand);
                }
            };
        }

        private int key(String name) {
            boolean isReserved = RESERVED.contains(name.toLowerCase(Locale.ROOT));
            for (int i = 0; i < keys.size(); i++) {
                if (keys.get(i).getKey().equalsIgnoreCase(name) && !isReserved) {
                    return i;
                }
            }
            throw notUnderstood(name + " is not a partition key");
        }

        private Comparand comparand(String type) {
            return switch (type) {
                case "tinyint", "smallint", "int", "bigint", "long", "decimal" -> Comparand.NUMBER;
                case "date" -> Comparand.DATE;
                case "timestamp" -> Comparand.TIMESTAMP;
                case "string", "varchar", "char" -> Comparand.TEXT;
                default -> throw notUnderstood("a key of type " + type + " cannot be compared");
            };
        }

        private IntPredicate predicate(String operator) {
            return switch (operator) {
                case "=" -> comparison -> comparison == 0;
                case "<>" -> comparison -> comparison != 0;
                case "<" -> comparison -> comparison < 0;
                case "<=" -> comparison -> comparison <= 0;
                case ">" -> comparison -> comparison > 0;
                case ">=" -> comparison -> comparison >= 0;
                default -> throw notUnderstood("unknown operator " + operator);
            };
        }

        private boolean take(String token) {
            boolean matches = position < tokens.size() && peek().equalsIgnoreCase(token);
            position += matches ? 1 : 0;
            return matches;
        }

        private String peek() {
            return tokens.get(position);
        }

        private String next() {
            if (position == tokens.size()) {
                throw notUnderstood("it ends too early");
            }
            return tokens.get(position++);
        }

        private Refusal notUnderstood(String why) {
            return GlueRequest.invalid("Unsupported expression '" + expression + "': " + why);
        }
    }

    /** The type as which the values of a key are compared. */
    enum Comparand {
        NUMBER {
            @Override
            int compare(String a, String b) {
                return new BigDecimal(a).compareTo(new BigDecimal(b));
            }
        },
        DATE {
            @Override
            int compare(String a, String b) {
                return LocalDate.parse(a).compareTo(LocalDate.parse(b));
            }
        },
        TIMESTAMP {
            @Override
            int compare(String a, String b) {
                return moment(a).compareTo(moment(b));
            }

            private LocalDateTime moment(String text) {
                return LocalDateTime.parse(text.replaceFirst(" ", "T"));
            }
        },
        TEXT {
            @Override
            int compare(String a, String b) {
                return a.compareTo(b);
            }
        };

        /**
         * Compares two values.
         *
         * @throws IllegalArgumentException or DateTimeException when one of them is none
         */
        abstract int compare(String a, String b);

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
