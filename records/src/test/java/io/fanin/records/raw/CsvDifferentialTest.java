package io.fanin.records.raw;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.spec.processor.UnknownColumns;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.NumberForm;
import io.fanin.model.table.TimePatterns;
import io.fanin.records.raw.text.BadHeaderException;
import io.fanin.records.raw.value.Forms;
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

/** The records equal those of a plain reader, wherever buffers end. */
class CsvDifferentialTest {

    private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|', '\1', ' ', '.', '-', 'e', ':', '1');
    private static final List<String> NULLS = List.of("NA", "", "-", "0", "20", "\\N", "a text of many letters");

    @Test
    void recordsAreReadAsAPlainReaderReadsThem() throws IOException {
        int good = 0;
        int bad = 0;
        for (int seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            Table table = Table.any(random);
            byte[] csv = damaged(table.records(random), random);

            Sink read = table.read(new ByteArrayInputStream(csv));
            PlainCsv plain = table.plain();
            plain.read(csv);

            String shown = "seed %d: %s%n%s".formatted(seed, table, new String(csv, StandardCharsets.UTF_8));
            assertThat(read.good).as(shown).isEqualTo(plain.good);
            assertThat(read.bad.stream().map(Sink.Bad::line)).as(shown).isEqualTo(plain.bad);
            good += read.good.size();
            bad += read.bad.size();
        }
        assertThat((double) good / (good + bad)).isBetween(0.1, 0.9);
    }

    @Test
    void recordsAreTheSameByteByByte() throws IOException {
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            Table table = Table.any(random);
            byte[] csv = damaged(table.records(random), random);

            Sink whole = table.read(new ByteArrayInputStream(csv));
            Sink cut = table.read(new CutStream(csv, 1, 1));

            assertThat(cut.good).as("seed %d: %s", seed, table).isEqualTo(whole.good);
            assertThat(cut.bad).as("seed %d: %s", seed, table).isEqualTo(whole.bad);
        }
    }

    @Test
    void whereTheWindowEndsMakesNoDifference() throws IOException {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            Table table = Table.any(random);
            byte[] csv = table.records(random);
            Sink whole = table.read(new ByteArrayInputStream(csv));

            for (int first = 1; first < csv.length; first++) {
                Sink cut = table.read(new CutStream(csv, first, csv.length));

                assertThat(cut.good).as("seed %d, cut at %d", seed, first).isEqualTo(whole.good);
                assertThat(cut.bad).as("seed %d, cut at %d", seed, first).isEqualTo(whole.bad);
            }
        }
    }

    private record Table(
            List<Column> columns,
            CsvOptions options,
            CsvReading reading,
            ZoneId zone,
            UnknownColumns unknown,
            List<String> required) {

        static Table any(Random random) {
            List<Column> columns = RandomJson.columns(random);
            boolean tame = random.nextInt(4) > 0;
            char delimiter = DELIMITERS.get(random.nextInt(tame ? 5 : DELIMITERS.size()));
            Optional<String> nullText = random.nextInt(3) == 0
                    ? Optional.of(NULLS.get(random.nextInt(NULLS.size()))).filter(text -> text.indexOf(delimiter) < 0)
                    : Optional.empty();
            CsvOptions standard = new CsvOptions(delimiter, random.nextInt(3) > 0, random.nextBoolean());
            CsvOptions options = nullText.map(standard::nullAs).orElse(standard);
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

        Sink read(InputStream in) throws IOException {
            Sink sink = new Sink(columns);
            try {
                new CsvRecords(
                                new ByteWindow(in),
                                options,
                                reading,
                                new Columns(columns, required),
                                new Scalars(new Forms(NumberForm.STANDARD, TimePatterns.STANDARD, zone)),
                                unknown,
                                sink)
                        .read();
            } catch (BadHeaderException e) {
                sink.good.add("bad header");
            }
            return sink;
        }

        PlainCsv plain() {
            return new PlainCsv(columns, options, reading, zone, unknown, required);
        }

        /** Mostly valid records, with everything that may surround a value. */
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
            int kinds = random.nextInt(3) > 0 ? 400 : 20;
            for (int record = 0; record < 8; record++) {
                List<String> values = new ArrayList<>();
                for (Column field : fields) {
                    values.add(field(field.type(), random, kinds));
                }
                if (random.nextInt(15) == 0) {
                    values.removeLast();
                }
                csv.append(String.join(delimiter, values)).append(random.nextInt(15) == 0 ? "\r\n\n" : end);
            }
            return csv.toString().getBytes(StandardCharsets.UTF_8);
        }

        /** @param kinds the number of variants; all but the first twelve are the value alone */
        private String field(String type, Random random, int kinds) {
            int kind = random.nextInt(kinds);
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
