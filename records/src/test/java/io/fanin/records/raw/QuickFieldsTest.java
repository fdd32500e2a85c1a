package io.fanin.records.raw;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.spec.UnknownColumns;
import io.fanin.model.table.Column;
import io.fanin.records.raw.text.EndlessRecordException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is read quickly is what the definition reads. The definition reads alone where the stream gives byte by byte, so that
 * nothing beyond a value is in memory.
 */
class QuickFieldsTest {

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "string; \"text\"",
                "string; \"a text of more than 12 bytes\"",
                "string; null",
                "boolean; true",
                "boolean; false",
                "tinyint; -7",
                "smallint; 512",
                "int; 100000000",
                "bigint; -123456789012345",
                "float; 1.5",
                "double; -0.25",
                "decimal(9,3); 12.125",
                "date; \"2013-02-08\"",
                "timestamp; \"2013-02-08T17:05:09\"",
                "timestamp; \"2013-02-08 17:05:09.25Z\"",
                "timestamp; \"2013-02-08T17:05:09+01:00\"",
            })
    void plainRecordIsReadQuickly(String type, String value) throws IOException {
        List<Column> columns = List.of(new Column("a", type), new Column("b", type));
        ByteWindow in = new ByteWindow(new ByteArrayInputStream(
                ("\"a\": " + value + ", \"b\":" + value + "}" + " ".repeat(200)).getBytes(StandardCharsets.US_ASCII)));
        in.mark();
        in.peek();
        QuickFields quick = new QuickFields(new Columns(columns, List.of()), ZoneOffset.UTC);
        quick.begin();

        assertThat(quick.read(in, new Sink(columns).chunk())).isEqualTo(QuickFields.Place.RECORD_ENDED);
    }

    @Test
    void whatIsReadQuicklyIsWhatTheDefinitionReads() throws IOException {
        long quickly = 0;
        long all = 0;
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            List<Column> columns = RandomJson.columns(random);
            ZoneId zone = random.nextBoolean() ? ZoneOffset.UTC : ZoneId.of("Europe/Berlin");
            UnknownColumns unknown = random.nextBoolean() ? UnknownColumns.IGNORE : UnknownColumns.BAD;
            byte[] json = RandomJson.damaged(RandomJson.records(columns, random), random);

            Read quick = read(new ByteArrayInputStream(json), columns, zone, unknown);
            Read defined = read(new CutStream(json, 1, 1), columns, zone, unknown);

            assertThat(quick.sink.good).as("seed %d", seed).isEqualTo(defined.sink.good);
            assertThat(quick.sink.bad).as("seed %d", seed).isEqualTo(defined.sink.bad);
            assertThat(defined.quickly).as("seed %d", seed).isZero();
            quickly += quick.quickly;
            all += quick.sink.good.size();
        }
        assertThat((double) quickly / all).isGreaterThan(0.1);
    }

    @Test
    void whereTheWindowEndsMakesNoDifference() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<Column> columns = RandomJson.columns(random);
            byte[] json = RandomJson.records(columns, random);
            Sink whole = read(new ByteArrayInputStream(json), columns, ZoneOffset.UTC, UnknownColumns.IGNORE).sink;

            for (int first = 1; first < json.length; first++) {
                Sink cut = read(new CutStream(json, first, json.length), columns, ZoneOffset.UTC, UnknownColumns.IGNORE)
                        .sink;

                assertThat(cut.good).as("seed %d, cut at %d", seed, first).isEqualTo(whole.good);
                assertThat(cut.bad).as("seed %d, cut at %d", seed, first).isEqualTo(whole.bad);
            }
        }
    }

    @Test
    void bytesOfZeroAreNoDate() throws IOException {
        byte[] json = ("{\"day\":\"" + "\0".repeat(10) + "\"}\n" + " ".repeat(100)).getBytes(StandardCharsets.US_ASCII);

        Sink read = read(
                        new ByteArrayInputStream(json),
                        List.of(new Column("day", "date")),
                        ZoneOffset.UTC,
                        UnknownColumns.IGNORE)
                .sink;

        assertThat(read.good).isEmpty();
        assertThat(read.bad).hasSize(1);
    }

    /** What was read, and how many records of it quickly. */
    private record Read(Sink sink, long quickly) {}

    private static Read read(InputStream in, List<Column> columns, ZoneId zone, UnknownColumns unknown)
            throws IOException {
        Sink sink = new Sink(columns);
        JsonRecords records =
                new JsonRecords(new ByteWindow(in), new Columns(columns, List.of()), new Scalars(zone), unknown, sink);
        try {
            return new Read(sink, records.read());
        } catch (EndlessRecordException e) {
            sink.bad(0, e.getMessage(), new byte[0]);
            return new Read(sink, 0);
        }
    }
}
