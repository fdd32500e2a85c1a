package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.json.Json;
import io.fanin.model.type.HiveType.Single;
import io.fanin.model.type.HiveTypeParser;
import io.fanin.records.serde.SerDe;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Texts in columns of each type: Trino reads those that validation accepts. Those that it refuses, Trino does not read,
 * or reads as another value.
 */
@ExtendWith(Platform.class)
class TrinoValuesIT {

    private static final List<String> TYPES = List.of(
            "boolean",
            "tinyint",
            "smallint",
            "int",
            "bigint",
            "float",
            "double",
            "decimal(5,2)",
            "decimal(38,10)",
            "date",
            "timestamp",
            "varchar(3)",
            "char(3)");

    private static final List<String> TEXTS = List.of(
            ("true TRUE False yes 1 0 t 7 -7 +7 007 010 08 018 0x1F 12.0 12. 12.7 .5 . - 1e3 1E2 128 32768 2147483648"
                            + " 9223372036854775807 9223372036854775808 1_000 1,5 1.234,50 NaN Infinity -Infinity +Infinity inf nan 1e400"
                            + " 1e39 1d -0.0 123.456 999.99 999.994 999.995 99.999 1000 --1 +-1 1- \u0667"
                            + " 12345678901234567890123456789.5 2013-02-08 2013-2-8 2013-02-30 20130208 2013-02-08T10:00:00 0000-00-00"
                            + " 0001-01-01 9999-12-31 15744 2013-02-08x 02/08/2013 2013-02-08T10:00 2013-02-08T10:00:00Z"
                            + " 2013-02-08t10:00:00z 2013-02-08T10:00:00+01:00 2013-02-08T10:00:00+0100 2013-02-08T10:00:00+01"
                            + " 2013-02-08T24:00:00 1360317600 1360317600000 1360317600.5 2013-02-08T10:00:00.5Z abc abcd \u00e4\u00f6\u00fc")
                    .split(" ", -1));

    private static final List<String> WITH_BLANKS = List.of(
            " 7",
            "7 ",
            " 2013-02-08",
            "2013-02-08 10:00:00",
            "2013-02-08 10:00",
            "2013-02-08 10:00:00.5",
            "2013-02-08 10:00:00.123456789",
            "2013-02-08 10:00:00.1234567890",
            "2013-02-08 10:00:00Z",
            "2013-02-08 24:00:00",
            "2013-02-08 10:60:00",
            "2013-2-8 1:2:3",
            " 2013-02-08 10:00:00 ",
            "abc   ");

    private static final Set<String> WHOLE = Set.of("tinyint", "smallint", "int", "bigint");

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+|0x[0-9A-F]+");
    private static final Pattern OFFSET_OR_NUMBER =
            Pattern.compile("(?i).*(z|[+-][0-9]{2}:?[0-9]{2})|[+-]?[0-9]*\\.?[0-9]*");

    private final Pipeline pipeline;
    private final Trino trino;

    TrinoValuesIT(Pipeline pipeline, Trino trino) {
        this.pipeline = pipeline;
        this.trino = trino;
    }

    @Test
    void csv() {
        TestLake.Table table = registered(
                "csv", row -> row.values().stream().map(String::valueOf).collect(Collectors.joining("|")));

        assertThat(differing(table, SerDe.LAZY_SIMPLE)).isEmpty();
    }

    @Test
    void json() {
        TestLake.Table table = registered("json", Json::text);

        assertThat(differing(table, SerDe.OPENX_JSON)).isEmpty();
    }

    private static List<String> texts() {
        List<String> all = new ArrayList<>(TEXTS);
        all.addAll(WITH_BLANKS);
        return all;
    }

    /** A table with a row for each text, and a column for each type that has it. */
    private TestLake.Table registered(String format, Function<Map<String, Object>, String> line) {
        List<String> texts = texts();
        String lines = IntStream.range(0, texts.size())
                .mapToObj(id -> line.apply(row(id, texts.get(id))) + "\n")
                .collect(Collectors.joining());
        TestLake.Table table =
                pipeline.newTable().with("dt=2013-02-08/part-0." + format, lines.getBytes(StandardCharsets.UTF_8));
        List<String> columns = new ArrayList<>(List.of("id", "int"));
        IntStream.range(0, TYPES.size()).forEach(i -> columns.addAll(List.of("c" + i, TYPES.get(i))));
        ObjectNode spec = table.spec().put("format", format);
        spec.set("columns", TestLake.Table.columns(columns.toArray(String[]::new)));
        spec.set("partitionKeys", TestLake.Table.columns("dt", "string"));
        spec.putObject("processor").put("type", "validate").put("types", false);
        if (format.equals("csv")) {
            spec.putObject("csv").put("delimiter", "|").put("header", false);
        }
        Finished run = pipeline.run(spec);
        assertThat(run.text("status")).as(run.toString()).isEqualTo("COMPLETE");
        return table;
    }

    private static Map<String, Object> row(int id, String text) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", id);
        IntStream.range(0, TYPES.size()).forEach(i -> row.put("c" + i, text));
        return row;
    }

    private Set<String> differing(TestLake.Table table, SerDe serde) {
        String columns = IntStream.range(0, TYPES.size())
                .mapToObj(i -> "cast(c" + i + " as varchar)")
                .collect(Collectors.joining(", "));
        List<List<String>> rows = trino.query(table.database(), "select " + columns + " from flights order by id");
        List<String> texts = texts();
        assertThat(rows).hasSameSizeAs(texts);
        Set<String> differing = new TreeSet<>();
        for (int row = 0; row < texts.size(); row++) {
            for (int i = 0; i < TYPES.size(); i++) {
                String type = TYPES.get(i);
                String text = texts.get(row);
                String found = rows.get(row).get(i);
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                boolean taken = serde.reads((Single) HiveTypeParser.parse(type), bytes, 0, bytes.length);
                boolean read = !found.equals("null") && !isAnother(type, text, found);
                if (taken != read) {
                    differing.add("%s '%s' is %s by validation, and Trino reads %s"
                            .formatted(type, text, taken ? "taken" : "refused", found));
                }
            }
        }
        return differing;
    }

    /** Whether Trino reads another value than the text denotes. */
    private static boolean isAnother(String type, String text, String found) {
        if (WHOLE.contains(type)) {
            return text.equals(".")
                    || (!text.startsWith("0x") && new BigDecimal(text).compareTo(new BigDecimal(found)) != 0);
        }
        return switch (type) {
            case "boolean" -> !text.equalsIgnoreCase(found);
            case "float", "double" -> found.contains("Infinity") && !text.contains("Infinity");
            case "varchar(3)" -> !found.equals(text);
            case "char(3)" -> !found.stripTrailing().equals(text.stripTrailing());
            case "date" -> !found.equals(date(text));
            case "timestamp" -> !OFFSET_OR_NUMBER.matcher(text).matches() && !found.startsWith(minute(text));
            default -> false;
        };
    }

    /** The date that the text denotes; an empty string if it is more than a date, or nothing like one. */
    private static String date(String text) {
        if (NUMBER.matcher(text).matches()) {
            LocalDate day = LocalDate.ofEpochDay(text.startsWith("0x") ? Long.decode(text) : Long.parseLong(text));
            return day.getYear() > 9999 || day.getYear() < 1 ? "" : day.toString();
        }
        return withZeros(text.strip().split(" ", 2)[0]);
    }

    private static String minute(String text) {
        String[] parts = text.strip().split("[ T]", 2);
        return withZeros(parts[0]) + " " + withZeros(parts[1]).substring(0, 5);
    }

    private static String withZeros(String text) {
        return text.replaceAll("(?<![0-9.])([0-9])(?![0-9])", "0$1");
    }
}
