package io.fanin.processor.validate;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import io.fanin.records.compression.Compression;
import io.fanin.records.objects.ObjectDefectException;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.objects.RawContent;
import io.fanin.records.raw.Lines;
import io.fanin.records.scratch.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Reads text objects to their ends, one after the other, decompressed if their names require it, and counts their
 * records. Fails at the deadline.
 */
final class TextObjects implements ObjectsCheck {

    private final ObjectSource source;
    private final Deadline deadline;
    private final Format format;
    private long rows;
    private boolean isCounted = true;

    TextObjects(ObjectSource source, Deadline deadline, Format format) {
        this.source = source;
        this.deadline = deadline;
        this.format = format;
    }

    /** Counts the records of a text; absent if query engines count them differently. */
    interface Format {
        OptionalLong count(ObjectSummary object, Lines lines) throws IOException;
    }

    @Override
    public void add(ObjectSummary object, Compression named) throws IOException {
        OptionalLong own = count(object, named);
        isCounted &= own.isPresent();
        rows += own.orElse(0);
    }

    private OptionalLong count(ObjectSummary object, Compression named) throws IOException {
        try (InputStream content = RawContent.openNamed(object, named, source, ObjectsCheck.inTime(deadline, object))) {
            try {
                return format.count(object, new Lines(content));
            } catch (ObjectDefectException e) {
                if (named != Compression.NONE && e.code() == FailureCode.BAD_RECORD) {
                    // Damaged data looks like bad records until its checksum is reached: reading on reports the damage
                    // instead.
                    content.transferTo(OutputStream.nullOutputStream());
                }
                throw e;
            }
        }
    }

    @Override
    public Found end() {
        return new Found(isCounted ? OptionalLong.of(rows) : OptionalLong.empty(), Map.of());
    }
}
