package io.fanin.model.text;

import java.util.regex.Pattern;

/**
 * Glue's <a href="https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-common.html">single-line string pattern</a>:
 * the names and values that it accepts, and that engines can write into a query.
 */
public final class SingleLine {

    private static final Pattern TEXT = Pattern.compile("[\\t\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]*");

    private SingleLine() {}

    /** Whether the text has neither control characters, except tabs, nor half characters. */
    public static boolean isOne(String text) {
        return TEXT.matcher(text).matches();
    }
}
