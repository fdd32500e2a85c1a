package io.fanin.model.spec.rules;

import io.fanin.model.spec.processor.ProcessorSpec;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rules for the processor {@code sql}. Whether its text is a valid query is left to the database. */
public final class SqlRules {

    /** The maximum length of a query in bytes of UTF-8: every invocation of a run reads it. */
    public static final int MAX_BYTES = 128 * 1024;

    /** A Lambda function's maximum running time. */
    private static final int MAX_SECONDS = 900;

    private static final Pattern FILE =
            Pattern.compile("s3[an]?://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/(.*[^/])", Pattern.DOTALL);

    private SqlRules() {}

    static void check(ProcessorSpec.Sql sql, Problems problems) {
        if (sql.query().isPresent() == sql.file().isPresent()) {
            problems.add(
                    "$.processor",
                    "expected one of query and file, found " + (sql.query().isPresent() ? "both" : "none"));
        }
        sql.query().flatMap(SqlRules::problem).ifPresent(why -> problems.add("$.processor.query", why));
        sql.file()
                .filter(file -> !FILE.matcher(file).matches())
                .ifPresent(file -> problems.add(
                        "$.processor.file",
                        "expected the S3 URI of an object such as s3://bucket/queries/delays.sql, found '" + file
                                + "'"));
        problems.requireWithin("$.processor.timeoutSeconds", 1, MAX_SECONDS, sql.timeoutSeconds());
    }

    /** The reason why text cannot be a query, for a person to read. */
    public static Optional<String> problem(String text) {
        if (text.isBlank()) {
            return Optional.of("is empty");
        }
        if (text.indexOf('\0') >= 0) {
            return Optional.of("has the character NUL, which SQL has no way to write");
        }
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        return bytes > MAX_BYTES
                ? Optional.of("has " + bytes + " bytes, expected " + MAX_BYTES + " at most")
                : Optional.empty();
    }

    /** The names of those given fields that apply only to records in text formats. */
    static List<String> fieldsForText(ProcessorSpec.Sql sql) {
        Map<String, Optional<?>> fields = new LinkedHashMap<>();
        fields.put("onBadRecord", sql.onBadRecord());
        fields.put("maxBadRecords", sql.maxBadRecords());
        fields.put("unknownColumns", sql.unknownColumns());
        fields.put("required", sql.required());
        fields.put("timezone", sql.timezone());
        fields.values().removeIf(Optional::isEmpty);
        return List.copyOf(fields.keySet());
    }
}
