package io.fanin.model.spec.rules;

import java.util.Optional;

/**
 * Checks that text is a single condition in the statement that contains it: nothing in it ends the condition or the
 * statement. Whether the condition is valid is left to the database.
 */
final class Predicates {

    private final String text;
    private int at;
    private int depth;

    private Predicates(String text) {
        this.text = text;
    }

    /** The reason why the text is not a single condition. */
    static Optional<String> problem(String text) {
        return text.isBlank() ? Optional.of("is empty") : new Predicates(text).problem();
    }

    private Optional<String> problem() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\'' && isEscaping()) {
                return Optional.of("expected texts without escapes, such as 'it''s', found E' at character " + at);
            }
            if (c == '\'' || c == '"') {
                int end = text.indexOf(c, at + 1);
                if (end < 0) {
                    return Optional.of("has a quote that does not end, at character " + (at + 1));
                }
                at = end;
            } else if (c == ';' || c == '$' || c == '\0' || text.startsWith("--", at) || text.startsWith("/*", at)) {
                return Optional.of("expected one condition without ';', '$' and comments outside of quotes, found '" + c
                        + "' at character " + (at + 1));
            }
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth < 0) {
                return Optional.of("has a ')' too many, at character " + (at + 1));
            }
            at++;
        }
        return depth > 0 ? Optional.of("has a '(' too many") : Optional.empty();
    }

    /** Whether the quote here begins a text with backslash escapes: {@code E'...'}. */
    private boolean isEscaping() {
        return at > 0
                && Character.toLowerCase(text.charAt(at - 1)) == 'e'
                && (at == 1 || !isPartOfName(text.charAt(at - 2)));
    }

    /** DuckDB ends a name at blanks of any script and width. */
    private static boolean isPartOfName(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
