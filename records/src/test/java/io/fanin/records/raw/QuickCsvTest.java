package io.fanin.records.raw;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.spec.UnknownColumns;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.records.raw.text.BadHeaderException;
import io.fanin.records.raw.value.Scalars;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is read quickly is what the definition reads. The definition reads where the stream gives byte by byte, so that nothing
 * behind a field is in memory, except behind a quote that is never closed.
 */
class QuickCsvTest {

    private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|', '\1', ' ', '.', '-', 'e', ':', '1');
    private static final List<String> NULLS = List.of("NA", "", "-", "0", "20", "\\N", "a text of many letters");
    private static final String ROOM = "\n".repeat(200);

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\1',
            value = {
                "string; text",
                "string; a text of more than 12 bytes",
                "string; \u00e9",
                "string; with\ttab",
                "string; \"a, b\"",
                "string; \"a \"\"b\"\" c\"",
                "string; \"a<LF>b\"",
                "string; \"\"",
                "boolean; true",
                "boolean; TRUE",
                "tinyint; -7",
                "smallint; 512",
                "int; 100000000",
                "int; \"12\"",
                "int; 007",
                "bigint; -123456789012345",
                "float; 1.5",
                "double; -0.25",
                "double; 1e5",
                "decimal(9,3); 12.125",
                "date; 2013-02-08",
                "date; \"2013-02-08\"",
                "timestamp; 2013-02-08T17:05:09",
                "timestamp; 2013-02-08 17:05:09.25Z",
                "timestamp; 2013-02-08T17:05",
                "timestamp; 2013-02-08T17:05:09+01:00",
                "array<int>; \"[1,2]\"",
            })
    void plainRecordIsReadQuickly(String type, String value) throws IOException {
        List<Column> columns = List.of(new Column("a", type), new Column("b", type), new Column("c", "string"));
        String lines = "%s,%s,\r\n,%s,x\n".formatted(value, value, value).replace("<LF>", "\n");
        Table table = new Table(columns, new CsvOptions(',', true, false), CsvReading.BY_HEADER);

        Read read = table.read(new ByteArrayInputStream((lines + ROOM).getBytes(StandardCharsets.UTF_8)));

        assertThat(read.sink.bad).isEmpty();
        assertThat(read.sink.good).hasSize(2);
        assertThat(read.quickly).isEqualTo(2);
    }

    @Test
    void whatIsReadQuicklyIsWhatTheDefinitionReads() throws IOException {
        long quickly = 0;
        long plain = 0;
        long slowly = 0;
        long all = 0;
        for (int seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            Table table = Table.any(random);
            byte[] csv = damaged(table.records(random), random);

            Read quick = table.read(new ByteArrayInputStream(csv));
            Read defined = table.read(new CutStream(csv, 1, 1));

            assertThat(quick.sink.good).as("seed %d: %s", seed, table).isEqualTo(defined.sink.good);
            assertThat(quick.sink.bad).as("seed %d: %s", seed, table).isEqualTo(defined.sink.bad);
            if (table.options().escape().isEmpty()) {
                quickly += quick.quickly;
                plain += quick.sink.good.size();
            }
            slowly += defined.sink.good.size() - defined.quickly;
            all += quick.sink.good.size();
        }
        assertThat((double) quickly / plain).as("without an escape character").isGreaterThan(0.5);
        assertThat((double) slowly / all).isGreaterThan(0.99);
    }

    @Test
    void whereTheWindowEndsMakesNoDifference() throws IOException {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            Table table = Table.any(random);
            byte[] csv = table.records(random);
            Read whole = table.read(new ByteArrayInputStream(csv));

            for (int first = 1; first < csv.length; first++) {
                Read cut = table.read(new CutStream(csv, first, csv.length));

                assertThat(cut.sink.good).as("seed %d, cut at %d", seed, first).isEqualTo(whole.sink.good);
                assertThat(cut.sink.bad).as("seed %d, cut at %d", seed, first).isEqualTo(whole.sink.bad);
            }
        }
    }

    private record Read(Sink sink, long quickly) {}

    private record Table(
            List<Column> columns,
            CsvOptions options,
            CsvReading reading,
            ZoneId zone,
            UnknownColumns unknown,
            List<String> required) {

        Table(List<Column> columns, CsvOptions options, CsvReading reading) {
            this(columns, options, reading, ZoneOffset.UTC, UnknownColumns.IGNORE, List.of());
        }

        static Table any(Random random) {
            List<Column> columns = RandomJson.columns(random);
            boolean tame = random.nextInt(4) > 0;
            char delimiter = DELIMITERS.get(random.nextInt(tame ? 5 : DELIMITERS.size()));
            Optional<String> nullText = random.nextInt(3) == 0
                    ? Optional.of(NULLS.get(random.nextInt(NULLS.size()))).filter(text -> text.indexOf(delimiter) < 0)
                    : Optional.empty();
            CsvOptions options = new CsvOptions(delimiter, random.nextInt(3) > 0, random.nextBoolean(), nullText);
            return new Table(
                    columns,
                    !tame && random.nextBoolean() ? options.escapedBy(random.nextBoolean() ? '\\' : '^') : options,
                    random.nextInt(3) > 0 ? CsvReading.BY_HEADER : CsvReading.BY_PLACE,
                    random.nextBoolean() ? ZoneOffset.UTC : ZoneId.of("Europe/Berlin"),
                    random.nextInt(5) > 0 ? UnknownColumns.IGNORE : UnknownColumns.BAD,
                    random.nextInt(5) > 0
                            ? List.of()
                            : List.of(columns.getFirst().name()));
        }

        Read read(InputStream in) throws IOException {
            Sink sink = new Sink(columns);
            try {
                long quickly = new CsvRecords(
                                new ByteWindow(in),
                                options,
                                reading,
                                new Columns(columns, required),
                                new Scalars(zone),
                                unknown,
                                sink)
                        .read();
                return new Read(sink, quickly);
            } catch (BadHeaderException e) {
                return new Read(sink, 0);
            }
        }

        /** Mostly sound, with all that may stand around a value. */
        byte[] records(Random random) {
            List<Column> fields = new ArrayList<>(columns);
            if (options.header() && random.nextInt(4) == 0) {
                Collections.shuffle(fields, random);
                fields.add(new Column("other", "string"));
            }
            String delimiter = String.valueOf(options.delimiter());
            StringBuilder csv = new StringBuilder(random.nextInt(8) == 0 ? "\uFEFF" : "");
            if (options.header()) {
                csv.append(String.join(
                                delimiter, fields.stream().map(Column::name).toList()))
                        .append('\n');
            }
            String end = List.of("\n", "\r\n", "\n", "\r\n", "\r").get(random.nextInt(5));
            for (int record = 0; record < 8; record++) {
                List<String> values = new ArrayList<>();
                for (Column field : fields) {
                    values.add(field(field.type(), random));
                }
                if (random.nextInt(15) == 0) {
                    values.removeLast();
                }
                csv.append(String.join(delimiter, values)).append(random.nextInt(15) == 0 ? "\r\n\n" : end);
            }
            if (random.nextBoolean()) {
                csv.append(reading == CsvReading.BY_HEADER ? ROOM : delimiter.repeat(200) + "\n");
            }
            return csv.toString().getBytes(StandardCharsets.UTF_8);
        }

        private String field(String type, Random random) {
            int kind = random.nextInt(20);
            String value = RandomJson.value(type, random);
            String bare = value.startsWith("\"") ? value.substring(1, value.length() - 1) : value;
            return switch (kind) {
                case 0 -> "";
                case 1 -> options.nullText().orElse("\\N");
                case 2 -> "\"\"";
                case 3 -> bare + "\u00e9";
                case 4 -> "\"" + bare + options.delimiter() + "\u00e9\"";
                case 5 -> "\"" + bare + "\"\"" + "\"";
                case 6 -> "\"a\n" + bare + (random.nextInt(4) == 0 ? "\\" : "") + "\"\"\\\\\\n\"";
                case 7 -> "\"" + bare + "\"" + (random.nextInt(4) == 0 ? "x" : "");
                case 8 -> bare + (random.nextInt(4) == 0 ? "\"" : "");
                case 9 -> "\"" + bare + "\r\"" + (random.nextBoolean() ? "\r" : "");
                case 10, 11 -> "\"" + bare + "\"";
                default -> bare;
            };
        }
    }

    private static byte[] damaged(byte[] csv, Random random) {
        if (random.nextInt(3) == 0) {
            for (int i = random.nextInt(4); i > 0; i--) {
                csv[random.nextInt(csv.length)] = (byte)
                        (random.nextBoolean() ? random.nextInt(256) : "\"\\,;\t0.-e \r\n".charAt(random.nextInt(12)));
            }
        }
        return csv;
    }
}
