package io.fanin.records.raw;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.text.LogSafe;
import io.fanin.model.type.HiveType.Field;
import io.fanin.model.type.HiveType.Struct;
import io.fanin.records.objects.ObjectDefectException;
import io.fanin.records.objects.Printable;
import io.fanin.records.raw.text.BadRecordException;
import io.fanin.records.raw.text.JsonStructure;
import io.fanin.records.samples.RowSamples;
import io.fanin.records.serde.Mismatch;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads JSON lines to their end and counts the records. Each line holds one JSON object or nothing: the OpenX SerDe
 * reads line by line, so an object over several lines, or a second one on the same line, is lost or read as NULLs.
 *
 * <p>Trino shows a blank line as a row of NULLs, Spark shows none: with one, the rows are not counted.
 *
 * <p>Values are skipped, and those of columns checked against their types; texts are not kept.
 */
public final class JsonLinesRows {

    private static final JsonTokens.Limits LIMITS = new JsonTokens.Limits(1_000, 1_000, 50_000);

    private final ObjectSummary object;
    private final Lines lines;
    private final RowSamples samples;
    private final ByteWindow in = ByteWindow.passing();
    private final JsonTokens tokens = new JsonTokens(in, LIMITS);
    private final JsonColumns columns;

    private JsonLinesRows(ObjectSummary object, Lines lines, List<Field> columns, RowSamples samples) {
        this.object = object;
        this.lines = lines;
        this.samples = samples;
        this.columns = columns.isEmpty() ? null : new JsonColumns(tokens, named(columns));
    }

    /**
     * Counts the records; absent if there are blank lines.
     *
     * @param columns whose values are checked against their types
     */
    public static OptionalLong count(ObjectSummary object, List<Field> columns, Lines lines, RowSamples samples)
            throws IOException {
        return new JsonLinesRows(object, lines, columns, samples).count();
    }

    /** Whether a record has at most this many levels; false if brackets or strings are misplaced. */
    public static boolean hasLevels(String record, int most) {
        JsonStructure structure = new JsonStructure();
        structure.begin();
        return record.chars().allMatch(c -> {
            boolean isMisplaced = c == '{' && structure.isBehindValue();
            structure.next(c);
            return !isMisplaced && !structure.isLost() && structure.depth() <= most;
        });
    }

    /** The columns as a struct. Glue allows two columns of one name, of which readers use the first. */
    private static Struct named(List<Field> columns) {
        Map<String, Field> byName = new LinkedHashMap<>();
        columns.forEach(column -> byName.putIfAbsent(column.name().toLowerCase(Locale.ROOT), column));
        return new Struct(List.copyOf(byName.values()));
    }

    private OptionalLong count() throws IOException {
        long rows = 0;
        while (lines.next()) {
            in.open(lines);
            rows += isRecord() ? 1 : 0;
            if (lines.isTooLong()) {
                throw bad(Lines.tooLong());
            }
        }
        return rows == lines.number() ? OptionalLong.of(rows) : OptionalLong.empty();
    }

    private boolean isRecord() throws IOException {
        try {
            int first = tokens.next();
            if (first < 0) {
                return false;
            }
            if (first != '{') {
                throw bad("expected a JSON object, found " + described(first, "a JSON object"));
            }
            if (columns == null) {
                tokens.value(1);
            } else {
                requireTypes();
            }
            int second = tokens.next();
            if (second >= 0) {
                throw bad("expected the end of the line after a JSON object, found "
                        + described(second, "the end of the line") + "; give each record a line of its own");
            }
            return true;
        } catch (BadRecordException e) {
            in.evict(); // The kept bytes may fill the window.
            throw in.peek() < 0 ? ended() : bad("not JSON: " + samples.quoting(Printable.detail(e.getMessage())));
        }
    }

    private void requireTypes() throws IOException {
        Optional<Mismatch> mismatch = columns.record();
        if (mismatch.isPresent()) {
            throw ObjectDefectException.ofObject(
                    object.key(),
                    FailureCode.BAD_RECORD,
                    ", line " + lines.number() + ": " + mismatch.get().message(samples));
        }
        Optional<String> twice = columns.twice();
        if (twice.isPresent()) {
            throw ObjectDefectException.ofObject(
                    object.key(),
                    FailureCode.BAD_RECORD,
                    ", line " + lines.number() + ": an object has a name twice, upper and lower case being the same: "
                            + samples.quoting("'" + LogSafe.name(twice.get()) + "'")
                            + "; readers refuse such a record, write the name once");
        }
    }

    /** The description of a value by its first byte. */
    private static String described(int begin, String expected) {
        return switch (begin) {
            case '{' -> "a JSON object";
            case '[' -> "an array";
            case '"' -> "a string";
            case 't', 'f' -> "a boolean";
            case 'n' -> "null";
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> "a number";
            default -> throw JsonTokens.unexpected(expected, begin);
        };
    }

    private ObjectDefectException ended() throws IOException {
        return lines.unterminated()
                ? unsound(
                        FailureCode.TRUNCATED,
                        "the object ended in the middle of a record: its writer or its upload was cut short, write it again")
                : bad("the line ended in the middle of a JSON object; write each record on one line, not indented");
    }

    private ObjectDefectException bad(String found) {
        return unsound(FailureCode.BAD_RECORD, found);
    }

    private ObjectDefectException unsound(FailureCode defect, String found) {
        return ObjectDefectException.ofObject(
                object.key(), defect, ", line %d, column %d: %s".formatted(lines.number(), in.passed() + 1, found));
    }
}
