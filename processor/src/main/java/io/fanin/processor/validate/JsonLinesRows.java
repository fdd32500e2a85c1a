package io.fanin.processor.validate;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.records.objects.Defect;
import io.fanin.records.objects.Printable;
import io.fanin.records.objects.UnsoundObjectException;
import io.fanin.records.samples.RowSamples;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Reads JSON lines to their end and counts the records. Each line holds one JSON object or nothing: the OpenX SerDe
 * reads line by line, so an object over several lines, or a second one on the same line, is lost or read as NULLs.
 *
 * <p>Trino shows a blank line as a row of NULLs, Spark shows none: with one, the rows are not counted.
 *
 * <p>Values are skipped, never built. What the parser does hold is bounded: names and numbers by their length, open
 * objects by their depth. A record or a text value may be of any length. Repeated names are allowed.
 */
final class JsonLinesRows {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1_000)
                    .maxNameLength(50_000)
                    .maxNumberLength(1_000)
                    .maxStringLength(1_000_000)
                    .maxDocumentLength(-1)
                    .maxTokenCount(-1)
                    .build())
            .errorReportConfiguration(ErrorReportConfiguration.builder()
                    .maxErrorTokenLength(60)
                    .maxRawContentLength(0)
                    .build())
            .build();

    private static final Pattern ADVICE = Pattern.compile("[:,] (enable|from) `[^`]*`( to allow)?");

    private final ObjectSummary object;
    private final Lines lines;
    private final RowSamples samples;

    private JsonLinesRows(ObjectSummary object, Lines lines, RowSamples samples) {
        this.samples = samples;
        this.object = object;
        this.lines = lines;
    }

    /** @throws UnsoundObjectException at the first line that is neither a record nor blank */
    static OptionalLong count(ObjectSummary object, Lines lines, RowSamples samples) throws IOException {
        return new JsonLinesRows(object, lines, samples).count();
    }

    private OptionalLong count() throws IOException {
        long rows = 0;
        long blankLines = 0;
        while (lines.next()) {
            int records = recordsInLine();
            rows += records;
            blankLines += 1 - records;
        }
        return blankLines == 0 ? OptionalLong.of(rows) : OptionalLong.empty();
    }

    private int recordsInLine() throws IOException {
        if (lines.peek() < 0) {
            return 0;
        }
        try (JsonParser parser = JSON.createParser(lines)) {
            return records(parser);
        }
    }

    private int records(JsonParser parser) throws IOException {
        try {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return 0;
            }
            if (first != JsonToken.START_OBJECT) {
                throw bad(parser.currentTokenLocation(), "expected a JSON object, found " + describe(first));
            }
            parser.skipChildren();
            JsonToken second = parser.nextToken();
            if (second != null) {
                throw bad(
                        parser.currentTokenLocation(),
                        "expected the end of the line after a JSON object, found " + describe(second)
                                + "; give each record a line of its own");
            }
            return 1;
        } catch (JsonEOFException e) {
            throw ended(e);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
            throw bad(at, "not JSON: " + samples.quoting(Printable.detail(withoutAdvice(e.getOriginalMessage()))));
        }
    }

    /** Jackson tells its own user which setting would let the data through. */
    private static String withoutAdvice(String message) {
        return ADVICE.matcher(message).replaceAll("");
    }

    private UnsoundObjectException ended(JsonEOFException cause) throws IOException {
        if (lines.unterminated()) {
            return unsound(
                    Defect.TRUNCATED,
                    cause.getLocation(),
                    "the object ended in the middle of a record: its writer or its upload was cut short, write it again");
        }
        return bad(
                cause.getLocation(),
                "the line ended in the middle of a JSON object; write each record on one line, not indented");
    }

    private UnsoundObjectException bad(JsonLocation at, String found) {
        return unsound(Defect.BAD_RECORD, at, found);
    }

    private UnsoundObjectException unsound(Defect defect, JsonLocation at, String found) {
        return new UnsoundObjectException(
                defect,
                object.key(),
                "object %s, line %d, column %d: %s"
                        .formatted(Printable.key(object.key()), lines.number(), at.getColumnNr(), found));
    }

    private static String describe(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "a JSON object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> token.name();
        };
    }
}
