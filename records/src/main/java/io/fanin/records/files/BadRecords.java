package io.fanin.records.files;

import io.fanin.model.failure.FailureCode;
import io.fanin.model.json.Json;
import io.fanin.model.spec.processor.BadRecordLimit;
import io.fanin.model.spec.processor.OnBadRecord;
import io.fanin.model.text.Counted;
import io.fanin.model.text.LogSafe;
import io.fanin.records.samples.RowSamples;
import io.fanin.records.scratch.ConversionException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The bad records of one partition: counted, and kept in a file if requested. Thread-safe.
 *
 * <p>The file has a JSON object on each line: {@code file}, {@code line} (from 1), {@code reason}, {@code raw} (the
 * record's first 64 KiB).
 */
final class BadRecords implements AutoCloseable {

    private static final String ANOTHER_LIMIT = "raise processor.maxBadRecords";
    private static final String KEEPING_NONE =
            "keep none (processor.onBadRecord ignore), or raise the stack's parameter ProcessorStorage";

    private final OnBadRecord policy;
    private final BadRecordLimit limit;
    private final Path file;
    private final long maxBytes;
    private final RowSamples samples;
    private OutputStream out = OutputStream.nullOutputStream();
    private String first = "";
    private boolean anySound;
    private long count;
    private long bytes;

    /**
     * Starts without bad records.
     *
     * @param maxBytes the maximum size of the file; if it is exceeded, there are too many bad records
     * @param samples whether messages contain reasons, which may quote a record
     */
    BadRecords(OnBadRecord policy, BadRecordLimit limit, Path file, long maxBytes, RowSamples samples) {
        this.samples = samples;
        this.policy = policy;
        this.limit = limit;
        this.file = file;
        this.maxBytes = maxBytes;
    }

    /** Notes that the partition has a valid record. */
    synchronized void soundSeen() {
        anySound = true;
    }

    /** Counts a record. Fails with {@code BadRecords} as soon as there are too many, regardless of the rest. */
    synchronized void add(String object, long line, String reason, byte[] raw) throws IOException {
        count++;
        if (first.isEmpty()) {
            first = "%s, line %d: %s".formatted(LogSafe.beginning(object, 200), line, samples.quoting(reason));
        }
        if (limit instanceof BadRecordLimit.Count most && !most.allows(count, count)) {
            throw tooMany("more than " + Counted.of(most.records(), "bad record"), ANOTHER_LIMIT);
        }
        if (policy == OnBadRecord.QUARANTINE) {
            keep(object, line, reason, raw);
        }
    }

    private void keep(String object, long line, String reason, byte[] raw) throws IOException {
        if (bytes == 0) {
            out = Files.newOutputStream(file);
        }
        String text = withoutLineEnd(new String(raw, StandardCharsets.UTF_8));
        byte[] json = (Json.text(new Line(object, line, reason, text)) + "\n").getBytes(StandardCharsets.UTF_8);
        bytes += json.length;
        if (bytes > maxBytes) {
            throw tooMany("bad records of more than " + maxBytes + " bytes, " + count + " of them", KEEPING_NONE);
        }
        out.write(json);
    }

    /**
     * The text without the line's end and blanks after it. Blanks and tabs before it may be the defect, or the last
     * fields.
     */
    private static String withoutLineEnd(String text) {
        int end = text.stripTrailing().length();
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return text.substring(0, end);
    }

    private record Line(String file, long line, String reason, String raw) {}

    synchronized long count() {
        return count;
    }

    /** Ends the count. Fails with {@code BadRecords} if too many of the partition's records are bad, or all are. */
    synchronized void check(long all) {
        if (!limit.allows(count, all) || (count > 0 && !anySound)) {
            throw tooMany(Counted.of(count, "bad record") + " of " + all, ANOTHER_LIMIT);
        }
    }

    /** @param otherwise the change of the spec or stack that would allow them */
    private ConversionException tooMany(String what, String otherwise) {
        return new ConversionException(
                FailureCode.BAD_RECORDS, what + ", the first one: " + first + ". " + advice(otherwise));
    }

    private String advice(String otherwise) {
        if (policy == OnBadRecord.FAIL) {
            return "Correct the data";
        }
        return anySound
                ? "Correct the data, or " + otherwise
                : "No record that was read is sound: does the spec say how the data is written? If it does, correct the"
                        + " data";
    }

    /** The file with the records; empty if there are none, or they are not kept. */
    synchronized Optional<Path> file() throws IOException {
        close();
        return bytes > 0 ? Optional.of(file) : Optional.empty();
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
