package io.fanin.records.raw;

import io.fanin.model.table.Column;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random columns and records: mostly ordinary, sometimes unusual or damaged. */
final class RandomJson {

    private static final List<String> TYPES = List.of(
            "string",
            "boolean",
            "tinyint",
            "smallint",
            "int",
            "bigint",
            "float",
            "double",
            "decimal(4,2)",
            "decimal(9,3)",
            "decimal(18,4)",
            "decimal(38,10)",
            "date",
            "timestamp",
            "varchar(8)",
            "array<int>",
            "struct<x:string>");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "nul",
            "True",
            "{}",
            "[1]",
            "{\"x\":\"y\"}",
            "\"\"",
            "-",
            "1e5",
            "1E2",
            "-0",
            "0",
            "00",
            "-0.0",
            "1.",
            ".5",
            "1.50",
            "NaN",
            "\"NaN\"",
            "\"12\"",
            "\"true\"",
            "127",
            "128",
            "-128",
            "32768",
            "2147483647",
            "2147483648",
            "99999999",
            "100000000",
            "-9223372036854775808",
            "9223372036854775808",
            "16777217",
            "16777216.5",
            "0.1",
            "3.4028235e38",
            "123456789012345",
            "1234567890123456",
            "12345678.12345678",
            "99.99",
            "99.995",
            "100.00",
            "\"2013-02-08\"",
            "\"2013-02-29\"",
            "\"0000-01-01\"",
            "\"0001-01-01T00:00:00+01:00\"",
            "\"9999-12-31T23:59:59-18:00\"",
            "\"2013-02-08T17:05:09Z\"",
            "\"2013-02-08 17:05:09\"",
            "\"2013-02-08T17:05\"",
            "\"2013-02-08T24:00:00Z\"",
            "\"2013-02-08T23:60:00Z\"",
            "\"2013-02-08T17:05:09.1234567Z\"",
            "\"2013-02-08T17:05:09.12+05:30\"",
            "\"2013-02-08T17:05:09.-01:00\"",
            "\"2013-02-08T17:05:09+1:00\"",
            "\"2013-02-08T17:05:09+01:60\"",
            "\"2013-02-08T17:05:09+18:00\"",
            "\"2013-02-08T17:05:09+19:00\"",
            "\"2013-02-08t17:05:09z\"",
            "\"1/-02-08T17:05:09Z\"",
            "\"twelve bytes\"",
            "\"thirteen byte\"",
            "\"\u00e9\"",
            "\"a\\u00e9\"",
            "\"tab\t\"",
            "\"a text that is rather long, so that its end is not found at once\"",
            "\"\\\"\"",
            "\"\u4e2d\u6587 \ud83d\ude00 \u00fc\"",
            "\"\\ud83d\\ude00\\t\\u0041\\/\"",
            "0.8444218515250481",
            "1.7976931348623157e308",
            "1e400",
            "4.9e-324",
            "123456789012345678901234567890.123456789",
            "0.00000000000000000001",
            "12.0",
            "120e-1",
            "\"+1.5\"",
            "\".5\"",
            "\"007\"",
            "\"1e3\"",
            "\"-Infinity\"",
            "\"2013-02-08T17:05:09 +0100\"",
            "\"2013-02-08T17:05:09 Z\"",
            "\"2013-02-08T17:05:09.5 Z\"",
            "\"2013-02-08T17:05:09.5+01\"",
            "\"2013-02-08T17:05:09.123456Z\"",
            "\"2013-02-08 17:05:09.1\"",
            "\"2013-02-08T17:05+01\"",
            "\"2013-02-08T17:05:09-01\"",
            "\"2013-02-08T17:05:09,5 Z\"",
            "\"2013-03-31T02:30:00\"",
            "\"2013-10-27T02:30:00.999999999\"",
            "\"" + "x".repeat(200) + "\"");

    private RandomJson() {}

    static List<Column> columns(Random random) {
        List<Column> columns = new ArrayList<>();
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            String name = "c" + "x".repeat(random.nextInt(12)) + i;
            columns.add(new Column(name, TYPES.get(random.nextInt(TYPES.size()))));
        }
        return columns;
    }

    /** Random records, with a line end between most of them. */
    static byte[] records(List<Column> columns, Random random) {
        StringBuilder json = new StringBuilder();
        for (String one : single(columns, random)) {
            json.append(one).append(random.nextInt(5) == 0 ? "" : "\n");
        }
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Random records, each mostly in the form of the one before. */
    static List<String> single(List<Column> columns, Random random) {
        List<String> records = new ArrayList<>();
        List<String> names = new ArrayList<>(columns.stream().map(Column::name).toList());
        String colon = random.nextBoolean() ? ":" : ": ";
        String comma = random.nextBoolean() ? "," : ", ";
        for (int record = 0; record < 6; record++) {
            if (random.nextInt(4) == 0) {
                Collections.shuffle(names, random);
            }
            if (random.nextInt(6) == 0) {
                names.add(random.nextBoolean() ? "other" : names.getFirst().toUpperCase(java.util.Locale.ROOT));
            }
            List<String> fields = new ArrayList<>();
            for (String name : names) {
                fields.add("\"" + name + "\"" + colon + value(type(columns, name), random));
            }
            records.add("{" + String.join(random.nextInt(9) == 0 ? " ,\n" : comma, fields) + "}");
        }
        return records;
    }

    private static String type(List<Column> columns, String name) {
        return columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .map(Column::type)
                .findFirst()
                .orElse("string");
    }

    static String value(String type, Random random) {
        if (random.nextInt(8) == 0) {
            return VALUES.get(random.nextInt(VALUES.size()));
        }
        return switch (type.replaceAll("\\(.*", "")) {
            case "boolean" -> String.valueOf(random.nextBoolean());
            case "tinyint" -> String.valueOf(random.nextInt(-128, 128));
            case "smallint", "int", "bigint" -> String.valueOf(random.nextLong() >> random.nextInt(48, 64));
            case "float", "double", "decimal" ->
                (random.nextBoolean() ? "-" : "")
                        + random.nextInt(1 << random.nextInt(1, 30))
                        + (random.nextInt(3) == 0 ? "" : "." + random.nextInt(1 << random.nextInt(1, 30)));
            case "date" ->
                "\"%04d-%02d-%02d\""
                        .formatted(2000 + random.nextInt(30), 1 + random.nextInt(12), 1 + random.nextInt(28));
            case "timestamp" ->
                "\"2013-02-%02dT%02d:%02d:%02d%s%s\""
                        .formatted(
                                1 + random.nextInt(28),
                                random.nextInt(24),
                                random.nextInt(60),
                                random.nextInt(60),
                                random.nextBoolean() ? "" : "." + random.nextInt(1_000_000),
                                List.of("Z", "", "+02:00", "-11:30").get(random.nextInt(4)));
            default ->
                random.nextInt(10) == 0
                        ? "null"
                        : "\"" + "text ".repeat(random.nextInt(6)) + random.nextInt(100) + "\"";
        };
    }

    static byte[] damaged(byte[] json, Random random) {
        for (int i = random.nextInt(4); i > 0; i--) {
            json[random.nextInt(json.length)] = (byte)
                    (random.nextBoolean() ? random.nextInt(256) : "\"\\{}[]:,0.-eE \n".charAt(random.nextInt(15)));
        }
        return json;
    }
}
