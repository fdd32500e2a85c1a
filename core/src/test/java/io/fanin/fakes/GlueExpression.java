package io.fanin.fakes;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The filter of <a href="https://docs.aws.amazon.com/glue/latest/webapi/API_GetPartitions.html">GetPartitions</a>, as far
 * as it is used: comparisons of a key with a literal, {@code AND}, {@code OR} and parentheses. Keys of a number's type
 * are compared as numbers, and a value that is none never matches; all others are compared as text.
 */
@FunctionalInterface
interface GlueExpression {

    boolean accepts(List<String> values);

    /** Reads a filter over these keys; what is not understood is refused with InvalidInputException. */
    static GlueExpression parse(String expression, List<Entry<String, String>> keys) {
        return new Parser(expression, keys).parse();
    }

    /** Recursive descent over the tokens. */
    final class Parser {

        private static final Pattern TOKEN = Pattern.compile(
                "\\s*(?:(?<string>'(?:[^']|'')*')|(?<number>-?\\d+(?:\\.\\d+)?)|(?<name>\\w+|\"[^\"]+\"|`[^`]+`)"
                        + "|(?<symbol><=|>=|<>|!=|[=<>()]))");
        private static final Set<String> NUMBERS =
                Set.of("tinyint", "smallint", "int", "integer", "bigint", "long", "decimal", "float", "double");
        private static final Set<String> TEXTS = Set.of("string", "varchar", "char", "date", "timestamp");

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
            String operator = next();
            String literal = next();
            String type = keys.get(key).getValue().replaceFirst("\\(.*", "");
            boolean quoted = literal.startsWith("'");
            String operand = quoted ? literal.substring(1, literal.length() - 1).replace("''", "'") : literal;
            if (NUMBERS.contains(type)) {
                BigDecimal number = number(operand).orElseThrow(() -> notUnderstood(literal + " is not a number"));
                return values -> number(values.get(key))
                        .filter(value -> satisfies(operator, value.compareTo(number)))
                        .isPresent();
            }
            if (!TEXTS.contains(type) || !quoted) {
                throw notUnderstood("a key of type " + type + " cannot be compared with " + literal);
            }
            return values -> satisfies(operator, values.get(key).compareTo(operand));
        }

        private int key(String name) {
            String bare = name.replaceAll("^[\"`]|[\"`]$", "");
            for (int i = 0; i < keys.size(); i++) {
                if (keys.get(i).getKey().equalsIgnoreCase(bare)) {
                    return i;
                }
            }
            throw notUnderstood(name + " is not a partition key");
        }

        private boolean satisfies(String operator, int comparison) {
            return switch (operator) {
                case "=" -> comparison == 0;
                case "<>", "!=" -> comparison != 0;
                case "<" -> comparison < 0;
                case "<=" -> comparison <= 0;
                case ">" -> comparison > 0;
                case ">=" -> comparison >= 0;
                default -> throw notUnderstood("unknown operator " + operator);
            };
        }

        private static Optional<BigDecimal> number(String text) {
            try {
                return Optional.of(new BigDecimal(text));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
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
}
