package io.fanin.core.log;

import io.fanin.core.aws.Environment;

/** Where Lambda takes lines of logs from. A line that is JSON is stored as it is. */
public final class StandardOutput {

    /** Set by Lambda for a function whose log format is JSON. */
    private static final boolean JSON =
            Environment.optional("AWS_LAMBDA_LOG_FORMAT").filter("JSON"::equals).isPresent();

    private StandardOutput() {}

    static boolean isJson() {
        return JSON;
    }

    /** Writes a whole line; those of other threads come before or after it. */
    @SuppressWarnings("SystemOut")
    public static void write(String line) {
        System.out.println(line);
    }
}
