package io.fanin.records.raw;

import io.fanin.model.spec.processor.UnknownColumns;
import io.fanin.model.table.Column;
import io.fanin.model.table.NumberForm;
import io.fanin.model.table.TimePatterns;
import io.fanin.records.raw.value.Forms;
import io.fanin.records.raw.value.Scalars;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** Raw JSON, and the records read from it. */
final class JsonReading {

    static final List<Column> AB = List.of(new Column("a", "int"), new Column("b", "string"));

    private JsonReading() {}

    static Sink read(List<Column> columns, String json) throws IOException {
        Sink sink = new Sink(columns);
        records(columns, json.getBytes(StandardCharsets.UTF_8), ZoneOffset.UTC, UnknownColumns.IGNORE, List.of(), sink);
        return sink;
    }

    static void records(
            List<Column> columns, byte[] json, ZoneId zone, UnknownColumns unknown, List<String> required, Sink sink)
            throws IOException {
        new JsonRecords(
                        new ByteWindow(new ByteArrayInputStream(json)),
                        new Columns(columns, required),
                        new Scalars(new Forms(NumberForm.STANDARD, TimePatterns.STANDARD, zone)),
                        unknown,
                        sink)
                .read();
    }
}
