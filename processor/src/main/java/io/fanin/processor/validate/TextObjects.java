package io.fanin.processor.validate;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.raw.Lines;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;

/** Reads objects of text to their ends, one after the other, and counts their records. */
final class TextObjects implements ObjectsCheck {

    /** Counts the records of one text. */
    interface Format {
        OptionalLong count(ObjectSummary object, Lines lines) throws IOException;
    }

    private final ObjectSource source;
    private final Format format;
    private OptionalLong rows = OptionalLong.of(0);

    TextObjects(ObjectSource source, Format format) {
        this.source = source;
        this.format = format;
    }

    @Override
    public void add(ObjectSummary object, boolean gzip) throws IOException {
        OptionalLong own = TextRows.count(object, source, gzip, lines -> format.count(object, lines));
        rows = rows.isPresent() && own.isPresent()
                ? OptionalLong.of(rows.getAsLong() + own.getAsLong())
                : OptionalLong.empty();
    }

    @Override
    public Found end() {
        return new Found(rows, Map.of());
    }
}
