package io.fanin.records.raw;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.spec.processor.UnknownColumns;
import io.fanin.model.table.Column;
import io.fanin.model.table.NumberForm;
import io.fanin.model.table.TimePatterns;
import io.fanin.records.raw.text.EndlessRecordException;
import io.fanin.records.raw.value.Forms;
import io.fanin.records.raw.value.Scalars;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The values of a record depend neither on earlier records nor on the ends of buffers. */
class JsonDifferentialTest {

    @Test
    void recordsAreReadAsAPlainReaderReadsThem() throws IOException {
        int good = 0;
        int all = 0;
        for (int seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            List<Column> columns = RandomJson.columns(random);
            ZoneId zone = zone(random);
            UnknownColumns unknown = unknown(random);
            PlainJson plain = new PlainJson(new Columns(columns, List.of()), zone, unknown);
            Sink sink = new Sink(columns);
            ByteWindow window = new ByteWindow();
            JsonRecords records = records(window, columns, zone, unknown, sink);

            for (String record : RandomJson.single(columns, random)) {
                byte[] json = record.getBytes(StandardCharsets.UTF_8);
                sink.good.clear();
                sink.bad.clear();
                window.open(new ByteArrayInputStream(json));
                records.read();

                Optional<String> expected = plain.record(json);
                assertThat(sink.good)
                        .as("seed %d, %s, %s", seed, columns, record)
                        .isEqualTo(expected.stream().toList());
                assertThat(sink.bad.isEmpty()).as(record).isEqualTo(expected.isPresent());
                all++;
                good += sink.good.size();
            }
        }
        assertThat((double) good / all).isBetween(0.1, 0.9);
    }

    @Test
    void damagedRecordsAreTheSameByteByByte() throws IOException {
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            List<Column> columns = RandomJson.columns(random);
            ZoneId zone = zone(random);
            UnknownColumns unknown = unknown(random);
            byte[] json = RandomJson.damaged(RandomJson.records(columns, random), random);

            Sink whole = read(new ByteArrayInputStream(json), columns, zone, unknown);
            Sink cut = read(new CutStream(json, 1, 1), columns, zone, unknown);

            assertThat(cut.good).as("seed %d", seed).isEqualTo(whole.good);
            assertThat(cut.bad).as("seed %d", seed).isEqualTo(whole.bad);
        }
    }

    @Test
    void whereTheWindowEndsMakesNoDifference() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<Column> columns = RandomJson.columns(random);
            byte[] json = RandomJson.records(columns, random);
            Sink whole = read(new ByteArrayInputStream(json), columns, ZoneOffset.UTC, UnknownColumns.IGNORE);

            for (int first = 1; first < json.length; first++) {
                Sink cut =
                        read(new CutStream(json, first, json.length), columns, ZoneOffset.UTC, UnknownColumns.IGNORE);

                assertThat(cut.good).as("seed %d, cut at %d", seed, first).isEqualTo(whole.good);
                assertThat(cut.bad).as("seed %d, cut at %d", seed, first).isEqualTo(whole.bad);
            }
        }
    }

    @Test
    void bytesOfZeroAreNoDate() throws IOException {
        byte[] json = ("{\"day\":\"" + "\0".repeat(10) + "\"}\n").getBytes(StandardCharsets.US_ASCII);

        Sink read = read(
                new ByteArrayInputStream(json),
                List.of(new Column("day", "date")),
                ZoneOffset.UTC,
                UnknownColumns.IGNORE);

        assertThat(read.good).isEmpty();
        assertThat(read.bad).hasSize(1);
    }

    private static ZoneId zone(Random random) {
        return random.nextBoolean() ? ZoneOffset.UTC : ZoneId.of("Europe/Berlin");
    }

    private static UnknownColumns unknown(Random random) {
        return random.nextBoolean() ? UnknownColumns.IGNORE : UnknownColumns.BAD;
    }

    private static Sink read(InputStream in, List<Column> columns, ZoneId zone, UnknownColumns unknown)
            throws IOException {
        Sink sink = new Sink(columns);
        try {
            records(new ByteWindow(in), columns, zone, unknown, sink).read();
        } catch (EndlessRecordException e) {
            sink.bad(0, e.getMessage(), new byte[0]);
        }
        return sink;
    }

    private static JsonRecords records(
            ByteWindow window, List<Column> columns, ZoneId zone, UnknownColumns unknown, Sink sink) {
        return new JsonRecords(
                window,
                new Columns(columns, List.of()),
                new Scalars(new Forms(NumberForm.STANDARD, TimePatterns.STANDARD, zone)),
                unknown,
                sink);
    }
}
