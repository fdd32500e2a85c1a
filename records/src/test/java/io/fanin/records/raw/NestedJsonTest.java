package io.fanin.records.raw;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.spec.processor.UnknownColumns;
import io.fanin.model.table.Column;
import io.fanin.model.table.NumberForm;
import io.fanin.model.table.TimePatterns;
import io.fanin.model.type.HiveType;
import io.fanin.model.type.HiveTypeParser;
import io.fanin.records.duckdb.Chunk;
import io.fanin.records.duckdb.ColumnValues;
import io.fanin.records.duckdb.SqlTypes;
import io.fanin.records.duckdb.VectorType;
import io.fanin.records.raw.text.BadRecordException;
import io.fanin.records.raw.value.Forms;
import io.fanin.records.raw.value.Scalars;
import io.fanin.records.raw.value.ValueType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DuckDB reads the same nested values as a plain reader. */
class NestedJsonTest {

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
            "struct<x:struct<y:array<array<double>>,z:date>>",
            "map<string,map<int,map<string,string>>>",
            "struct<a:int,b:struct<c:string,d:varchar(5)>,e:array<string>>");

    private static final Columns COLUMNS = new Columns(List.of(new Column("c", "string")), List.of());

    @Test
    void duckDbReadsWhatTheDefinitionWrites() throws Exception {
        int all = 0;
        int good = 0;
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement()) {
            for (String name : TYPES) {
                HiveType type = HiveTypeParser.parse(name);
                List<String> pairs = new ArrayList<>();
                for (int seed = 0; seed < 2_000; seed++) {
                    Random random = new Random(seed);
                    ZoneId zone = random.nextInt(4) > 0 ? ZoneOffset.UTC : ZoneId.of("Europe/Berlin");
                    String json = json(type, random);
                    Optional<String> plain = new PlainJson(COLUMNS, zone, UnknownColumns.IGNORE)
                            .json(type, json.getBytes(StandardCharsets.UTF_8));
                    Optional<String> written = written(type, json, zone);
                    assertThat(written.isPresent()).as("%s %s", name, json).isEqualTo(plain.isPresent());
                    all++;
                    if (written.isPresent()) {
                        good++;
                        pairs.add("('%s', '%s')".formatted(quoted(written.get()), quoted(plain.get())));
                    }
                }
                assertThat(differing(statement, SqlTypes.of(type), pairs))
                        .as(name)
                        .isEmpty();
            }
        }
        assertThat((double) good / all).isGreaterThan(0.3);
    }

    /** As many keys as are compared one by one, one more, and a repeated key among them. */
    @ParameterizedTest
    @CsvSource({"16, false", "17, false", "40, false", "16, true", "17, true", "40, true"})
    void aKeyThatIsThereTwiceIsFoundAmongAnyNumber(int count, boolean twice) throws Exception {
        String keys = IntStream.range(0, count)
                .mapToObj(i -> "\"k" + (twice && i == count - 1 ? 0 : i) + "\":" + i)
                .collect(Collectors.joining(",", "{", "}"));

        assertThat(written(HiveTypeParser.parse("map<string,int>"), keys, ZoneOffset.UTC))
                .isEqualTo(twice ? Optional.empty() : Optional.of(keys));
    }

    /** Readers leave out the blanks at the end of a {@code char}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "map<char(3),int>    | {\"a\":1,\"a \":2}      | false",
                "map<char(3),int>    | {\"\":1,\"  \":2}       | false",
                "map<char(3),int>    | {\"a\":1,\" a\":2}      | true",
                "map<varchar(3),int> | {\"a\":1,\"a \":2}      | true",
            })
    void keysThatAreOneForReadersAreThereTwice(String type, String json, boolean good) throws Exception {
        assertThat(written(HiveTypeParser.parse(type), json, ZoneOffset.UTC))
                .isEqualTo(good ? Optional.of(json) : Optional.empty());
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

    /** The JSON that is written for DuckDB; absent if the record is bad. */
    private static Optional<String> written(HiveType type, String json, ZoneId zone) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        JsonTokens tokens = new JsonTokens(new ByteWindow(bytes, 0, bytes.length));
        JsonValues values =
                new JsonValues(tokens, new Scalars(new Forms(NumberForm.STANDARD, TimePatterns.STANDARD, zone)));
        Chunk chunk = new Chunk(List.of(VectorType.Plain.VARCHAR), 1);
        values.begin();
        try {
            values.column("c", ValueType.of(type), chunk.column(0), 0);
        } catch (BadRecordException e) {
            return Optional.empty();
        }
        boolean good = values.problem().isEmpty() && tokens.next() < 0;
        return good
                ? Optional.of(chunk.column(0).isNull(0) ? "null" : ColumnValues.text(chunk.column(0), 0))
                : Optional.empty();
    }

    /** A random value, mostly in its plainest form. */
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
                if (random.nextInt(10) == 0) {
                    fields.removeLast();
                }
                if (random.nextInt(6) == 0) {
                    Collections.shuffle(fields, random);
                }
                for (int i = random.nextInt(8); i < 2; i++) {
                    fields.add(random.nextInt(fields.size() + 1), "\"o\\u0074her" + random.nextInt(2) + "\" :[1]");
                }
                if (random.nextInt(6) == 0) {
                    fields.replaceAll(field -> field.replaceFirst("\"x", "\"X"));
                }
                if (random.nextInt(6) == 0) {
                    fields.replaceAll(field -> field.replaceFirst("\"x\"", "\"\\\\u0058\" "));
                }
                yield "{" + String.join(comma, fields) + (random.nextInt(9) == 0 ? " }" : "}");
            }
            case HiveType.Single single -> RandomJson.value(single.hive(), random);
        };
    }

    private static List<String> texts(int count, IntFunction<String> text) {
        return IntStream.range(0, count).mapToObj(text).toList();
    }
}
