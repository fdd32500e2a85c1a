package io.fanin.core.log;

import io.fanin.core.aws.Environment;

/** The standard output, from which Lambda reads log lines. A line of JSON is stored as it is. */
public final class StandardOutput {

    /** Whether Lambda has set the function's log format to JSON. */
    private static final boolean JSON =
            Environment.optional("AWS_LAMBDA_LOG_FORMAT").filter("JSON"::equals).isPresent();

    private StandardOutput() {}

    static boolean isJson() {
        return JSON;
    }

    /** Writes a whole line, which other threads do not interrupt. */
    @SuppressWarnings("SystemOut")
    public static void write(String line) {
        System.out.println(line);
    }
}
