package io.fanin.records.raw;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.type.HiveType;
import io.fanin.model.type.HiveTypeParser;
import io.fanin.records.duckdb.Chunk;
import io.fanin.records.duckdb.SqlTypes;
import io.fanin.records.duckdb.VectorType;
import io.fanin.records.raw.plain.QuickNested;
import io.fanin.records.raw.plain.QuickSingles;
import io.fanin.records.raw.plain.QuickValues;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is passed on as it is, DuckDB reads as what the definition writes. */
class QuickNestedTest {

    private static final List<String> TYPES = List.of(
            "array<int>",
            "array<string>",
            "array<float>",
            "array<double>",
            "array<decimal(9,3)>",
            "array<timestamp>",
            "array<date>",
            "map<string,bigint>",
            "map<string,array<double>>",
            "map<int,string>",
            "struct<x:string,y:smallint,z:boolean>",
            "array<struct<x:timestamp,y:map<string,tinyint>>>",
            "struct<x:struct<y:array<array<double>>,z:date>>");

    private static final String ROOM = ",".repeat(100);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "array<int>; [1,-2, 3]",
                "array<int>; []",
                "array<string>; [\"a\",\"a text of more than 12 bytes\",null]",
                "array<double>; [1.5,0,-0.25]",
                "map<string,date>; {\"a\":\"2013-02-08\", \"b\": null}",
                "map<string,date>; {}",
                "struct<x:int,y:array<boolean>>; {\"x\":1,\"y\":[true,false]}",
                "array<struct<x:timestamp>>; [{\"x\":\"2013-02-08T17:05:09.25Z\"}]",
            })
    void plainValueIsPassedOn(String type, String json) throws Exception {
        assertThat(quick(HiveTypeParser.parse(type), json, ZoneOffset.UTC)).isEqualTo(json.length());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "array<int>; [1.0]",
                "array<int>; [-0]",
                "array<double>; [-0]",
                "array<float>; [1.5]",
                "array<int>; [1",
                "array<int>; [1,]",
                "array<int>; [1 ]",
                "array<timestamp>; [\"2013-02-08T17:05:09+01:00\"]",
                "map<string,int>; {\"a\":1,\"a\":2}",
                "map<string,int>; {\"a\\u0062\":1}",
                "map<int,int>; {\"1\":1}",
                "struct<x:int,y:int>; {\"x\":1}",
                "struct<x:int,y:int>; {\"y\":1,\"x\":1}",
                "struct<x:int,y:int>; {\"X\":1,\"y\":1}",
                "struct<x:int,y:int>; {\"x\":1,\"y\":1,\"z\":1}",
            })
    void whatDuckDbWouldReadOtherwiseIsNotPassedOn(String type, String json) throws Exception {
        assertThat(quick(HiveTypeParser.parse(type), json, ZoneOffset.UTC)).isEqualTo(QuickValues.OTHER);
    }

    @Test
    void duckDbReadsWhatTheDefinitionWrites() throws Exception {
        int all = 0;
        int quickly = 0;
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement()) {
            for (String name : TYPES) {
                HiveType type = HiveTypeParser.parse(name);
                List<String> pairs = new ArrayList<>();
                for (int seed = 0; seed < 2_000; seed++) {
                    Random random = new Random(seed);
                    ZoneId zone = random.nextInt(4) > 0 ? ZoneOffset.UTC : ZoneId.of("Europe/Berlin");
                    String json = json(type, random);
                    int end = quick(type, json, zone);
                    all++;
                    if (end >= 0) {
                        quickly++;
                        pairs.add("('%s', '%s')"
                                .formatted(quoted(json.substring(0, end)), quoted(defined(type, json, end, zone))));
                    }
                }
                if (!pairs.isEmpty()) {
                    assertThat(differing(statement, SqlTypes.of(type), pairs))
                            .as(name)
                            .isEmpty();
                }
            }
        }
        assertThat((double) quickly / all).isGreaterThan(0.3);
    }

    private static List<String> differing(Statement statement, String type, List<String> pairs) throws SQLException {
        List<String> differing = new ArrayList<>();
        try (ResultSet rows =
                statement.executeQuery("SELECT a, b FROM (VALUES %s) pairs (a, b) WHERE %s IS DISTINCT FROM %s"
                        .formatted(String.join(", ", pairs), cast("a", type), cast("b", type)))) {
            while (rows.next()) {
                differing.add(rows.getString(1) + " and " + rows.getString(2));
            }
        }
        return differing;
    }

    private static String cast(String column, String type) {
        return "CAST(json_transform_strict(%s, '\"%s\"') AS VARCHAR)".formatted(column, type.replace("\"", "\\\""));
    }

    private static String quoted(String text) {
        return text.replace("'", "''");
    }

    private static int quick(HiveType type, String json, ZoneId zone) {
        byte[] bytes = (json + ROOM).getBytes(StandardCharsets.UTF_8);
        return new QuickNested(type, new QuickSingles(zone.equals(ZoneOffset.UTC))).behind(bytes, 0, bytes.length - 64);
    }

    /** As it is written for DuckDB; it must end at the same place. */
    private static String defined(HiveType type, String json, int end, ZoneId zone) throws IOException {
        ByteWindow in = new ByteWindow(json.getBytes(StandardCharsets.UTF_8));
        JsonValues values = new JsonValues(new JsonTokens(in), new Scalars(zone));
        Chunk chunk = new Chunk(List.of(VectorType.Plain.VARCHAR), 1);
        values.column("c", type, chunk.column(0), 0);
        assertThat(values.problem()).as(json).isEmpty();
        assertThat(in.passed()).as(json).isEqualTo(end);
        return chunk.column(0).text(0);
    }

    /** Mostly in its plainest form. */
    private static String json(HiveType type, Random random) {
        if (random.nextInt(40) == 0) {
            return "null";
        }
        String comma = random.nextInt(3) == 0 ? ", " : ",";
        String colon = random.nextInt(3) == 0 ? ": " : ":";
        return switch (type) {
            case HiveType.ListOf list ->
                "["
                        + String.join(comma, texts(random.nextInt(4), i -> json(list.element(), random)))
                        + (random.nextInt(60) == 0 ? "" : "]");
            case HiveType.MapOf map ->
                "{"
                        + String.join(
                                comma,
                                texts(
                                        random.nextInt(4),
                                        i -> "\"" + (random.nextInt(9) == 0 ? 0 : i) + "\"" + colon
                                                + json(map.value(), random)))
                        + "}";
            case HiveType.Struct struct -> {
                List<String> fields = new ArrayList<>(texts(
                        struct.fields().size(),
                        i -> "\""
                                + struct.fields().get(i).name() + "\"" + colon
                                + json(struct.fields().get(i).type(), random)));
                if (random.nextInt(20) == 0) {
                    fields.removeLast();
                }
                yield "{" + String.join(comma, fields) + "}";
            }
            case HiveType.Single single -> RandomJson.value(single.hive(), random);
        };
    }

    private static List<String> texts(int count, IntFunction<String> text) {
        return IntStream.range(0, count).mapToObj(text).toList();
    }
}
