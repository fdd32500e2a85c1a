package io.fanin.core.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.input.ExecutionInput;
import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.S3Pages;
import io.fanin.fakes.FakeAws;
import io.fanin.fakes.Fault;
import io.fanin.model.json.HostileJson;
import io.fanin.model.json.Json;
import io.fanin.model.json.SpecFields;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Any content of a spec is either read or refused by name, and does not affect other tables. */
class HostileSpecTest {

    private static final long SEED = 20261122;

    private static final String COLUMNS = "'columns': [{'name': 'carrier', 'type': 'string'},"
            + " {'name': 'legs', 'type': 'array<struct<id:int,fare:decimal(10,2)>>'}],"
            + " 'partitionKeys': [{'name': 'dt', 'type': 'date', 'time': true}, {'name': 'hour', 'type': 'int', 'interval': 1}]";

    private static final String SOURCE = ", 'source': {'location': 's3://lake/raw/', 'format': 'csv',"
            + " 'csv': {'delimiter': ',', 'quoted': true, 'header': false, 'nullText': 'x'}, 'layout': 'hive',"
            + " 'partitionKeys': [{'name': 'at', 'type': 'timestamp', 'format': 'yyyy/MM/dd/HH'}]}";

    private static final String RECORDS =
            "'onBadRecord': 'quarantine', 'maxBadRecords': 0.01, 'unknownColumns': 'ignore',"
                    + " 'required': ['carrier'], 'timezone': 'Europe/Berlin', 'targetFileSizeMb': 128,"
                    + " 'expect': [{'name': 'a', 'rows': {'atLeast': 1}}, {'name': 'b', 'notNull': ['carrier']},"
                    + " {'name': 'c', 'sql': 'carrier > 1'}]";

    /** Together they have every field. */
    static final List<String> SPECS = List.of(
            "'format': 'parquet', 'layout': '${dt}/${hour}', 'partitionIndexes': [['dt', 'hour']], 'onNewColumns': 'append',"
                    + " 'processor': {'type': 'validate', 'schema': 'strict', 'statistics': ['carrier'],"
                    + " 'expect': [{'name': 'a', 'rows': {'atLeast': 1}}]}, 'detection': {'mode': 'list',"
                    + " 'lookback': 'P2D', 'lateData': true, 'gaps': 'report', 'maxAttempts': 3,"
                    + " 'readiness': {'marker': '_SUCCESS', 'quietPeriod': 'PT5M', 'age': 'PT1H'}},"
                    + " 'onEmpty': 'skip', 'onPartial': 'succeed', 'enabled': true, 'timeZone': 'Europe/Berlin',"
                    + " 'verify': {'partitionsPerRun': 7}",
            "'format': 'csv', 'csv': {'delimiter': '|', 'quoted': false, 'header': true, 'nullText': 'x', 'escape': '\\\\'},"
                    + " 'processor': {'type': 'validate', 'types': true},"
                    + " 'detection': {'mode': 'full', 'lateData': true, 'vanished': 'deregister', 'force': true}",
            "'format': 'json', 'detection': {'mode': 'range', 'from': '2013-02-08', 'to': '2013-02-09T17:00'}",
            "'format': 'parquet', 'processor': {'type': 'convert'}, 'source': {'location': 's3://lake/raw/',"
                    + " 'format': 'csv', 'dateFormat': ['dd.MM.yyyy'], 'timestampFormat': ['dd.MM.yyyy HH:mm'],"
                    + " 'csv': {'charset': 'windows-1252', 'quoted': true, 'quote': '|', 'comment': '#', 'skipLines': 1,"
                    + " 'trim': true, 'nullTexts': ['-'], 'decimalSeparator': ',', 'groupingSeparator': '.'},"
                    + " 'layout': 'hive', 'partitionKeys': [{'name': 'dt', 'type': 'date'}, {'name': 'hour', 'type': 'int'}]}",
            "'format': 'parquet', 'takesOver': 'analytics.other', 'processor': {'type': 'convert', " + RECORDS
                    + "}, 'detection': {'mode': 'partitions', 'partitions': ['dt=2013-02-08/hour=17', ['2013-02-08', 17]]}"
                    + SOURCE,
            "'format': 'parquet', 'processor': {'type': 'sql', 'query': 'SELECT 1', 'timeoutSeconds': 60, " + RECORDS
                    + "}, 'detection': {'mode': 'calendar', 'past': 'P1D', 'ahead': 'P2D', 'zone': 'Europe/Berlin'}"
                    + SOURCE.replace("'layout'", "'columns': [{'name': 'carrier', 'type': 'int'}], 'layout'"),
            "'format': 'parquet', 'processor': {'type': 'sql', 'file': 's3://config/q.sql'},"
                    + " 'detection': {'mode': 'calendar', 'from': '2013-02-08', 'to': '2013-02-09'}" + SOURCE,
            "'format': 'parquet', 'processor': {'type': 'custom', 'name': 'x', 'options': {'a': 1}},"
                    + " 'detection': {'mode': 'events', 'maxAttempts': 1}" + SOURCE,
            "'format': 'parquet', 'processor': {'type': 'glue-job', 'job': 'x', 'arguments': {'--a': 'b'},"
                    + " 'partitionsPerRun': 4}" + SOURCE);

    private final FakeAws aws = new FakeAws();
    private final S3Client s3 = aws.s3().createBucket("config").client();
    private final S3Texts texts =
            new S3Texts(bucket -> new BucketReader(s3, bucket), StackBuckets.of("state", "lake", "", "config"));
    private final TableDirectory directory = TableDirectory.of(
            "s3://config/specs/",
            "",
            new S3Pages(s3),
            texts,
            new GlueCatalog(aws.glue().client(), duration -> {}),
            Workers.CALLER);

    private static JsonNode spec(String more) {
        try {
            return Json.input()
                    .readTree(("{'database': 'analytics', 'table': 'hostile', 'location': 's3://lake/hostile/', "
                                    + COLUMNS + ", " + more + "}")
                            .replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(more, e);
        }
    }

    @Test
    void togetherTheyHaveEveryField() {
        assertThat(SPECS.stream().flatMap(more -> SpecFields.of(spec(more)))).containsAll(SpecFields.ofSchema());
    }

    @ParameterizedTest
    @FieldSource("SPECS")
    void everyValueInEveryPlaceIsUnderstoodOrRefusedByName(String more) {
        JsonNode spec = spec(more);
        List<String> hostile = new ArrayList<>();
        for (String place : HostileJson.places(spec)) {
            for (String value : HostileJson.VALUES) {
                hostile.add(HostileJson.with(spec, place, value));
            }
        }

        assertThat(read(spec.toString())).isInstanceOf(SpecObject.Sound.class);
        hostile.forEach(HostileSpecTest::isUnderstoodOrRefused);
    }

    @Test
    void randomChangesAreUnderstoodOrRefusedByName() {
        Random random = new Random(SEED);
        for (int i = 0; i < 5_000; i++) {
            isUnderstoodOrRefused(HostileJson.mutated(spec(SPECS.get(i % SPECS.size())), random));
        }
    }

    private static void isUnderstoodOrRefused(String text) {
        switch (read(text)) {
            case SpecObject.Sound sound -> resolve(sound.spec());
            case SpecObject.Broken broken -> assertThat(broken.problem()).contains("$");
        }
    }

    private static SpecObject read(String text) {
        return SpecObject.read("s3://config/specs/hostile.json", uri -> S3SpecSource.parsed(uri, text));
    }

    /** As a run does, which says where the spec is wrong. */
    private static void resolve(TableSpec given) {
        try {
            ResolvedSpec spec = SpecResolution.resolveNew(given);
            assertThat(Json.read(Json.text(spec), ResolvedSpec.class, "the stored spec"))
                    .isEqualTo(spec);
        } catch (SpecException e) {
            assertThat(e.problems())
                    .isNotEmpty()
                    .allSatisfy(one -> assertThat(one.path()).startsWith("$"));
        }
    }

    @Test
    void numberWithoutEndIsRefusedWithItsPath() {
        String spec = "'format': 'parquet', 'processor': {'type': 'convert', 'maxBadRecords': 0.01}" + SOURCE;

        assertThat(read(HostileJson.with(spec(spec), "/processor/maxBadRecords", "1e400")))
                .isInstanceOfSatisfying(SpecObject.Broken.class, broken -> {
                    assertThat(broken.problem())
                            .contains("$.processor.maxBadRecords: expected a whole number of records");
                    assertThat(broken.table()).contains(TableName.of("analytics.hostile"));
                });
        assertThat(read(HostileJson.with(
                        spec("'format': 'parquet', 'processor': {'type': 'custom', 'name': 'x', 'options': {}}"
                                + SOURCE),
                        "/processor/options",
                        "{\"a\": [1e400]}")))
                .isInstanceOfSatisfying(
                        SpecObject.Broken.class,
                        broken -> assertThat(broken.problem()).contains("$.processor.options: expected an object"));
    }

    /** Each wrong name was listed with all of the right ones: 400 MB of one spec. */
    @Test
    void aSpecFullOfProblemsIsRefusedInFewWords() {
        String keys = IntStream.range(0, 4_000)
                .mapToObj(i -> "{'name': 'k" + i + "', 'type': 'int'}")
                .collect(Collectors.joining(",", "[", "]"));
        String indexes = "[[" + "'x',".repeat(30_000) + "'x']]";
        String text = ("{'database': 'analytics', 'table': 'hostile', 'partitionKeys': " + keys
                        + ", 'partitionIndexes': " + indexes + "}")
                .replace('\'', '"');

        assertThat(read(text))
                .isInstanceOfSatisfying(
                        SpecObject.Broken.class,
                        broken -> assertThat(broken.problem())
                                .contains("$.partitionIndexes[0][0]")
                                .hasSizeLessThan(200_000));
    }

    /** A name of 4,000 characters led the matching of folders to a StackOverflowError, for all tables. */
    @Test
    void nameOfAKeyIsNoLongerThanGlueTakes() {
        assertThat(read(HostileJson.with(spec(SPECS.get(2)), "/partitionKeys/0/name", "\"" + "k".repeat(256) + "\"")))
                .isInstanceOfSatisfying(
                        SpecObject.Broken.class,
                        broken -> assertThat(broken.problem())
                                .contains("$.partitionKeys[0].name: has more than 255 bytes"));
    }

    /** An unknown defect of the reading itself. */
    @Test
    void whateverReadingThrowsMakesOneSpecBroken() {
        assertThat(readBy(uri -> {
                    throw new NumberFormatException("Infinite\nor NaN");
                }))
                .contains("$: cannot be read, java.lang.NumberFormatException: Infinite or NaN at ");
        assertThat(readBy(uri -> {
                    throw new StackOverflowError();
                }))
                .contains("$: cannot be read, java.lang.StackOverflowError at ");
    }

    private static String readBy(ExecutionInput.SpecSource source) {
        SpecObject.Broken broken =
                (SpecObject.Broken) SpecObject.read("s3://config/specs/analytics/hostile.json", source);
        assertThat(broken.table()).contains(TableName.of("analytics.hostile"));
        return broken.problem();
    }

    @Test
    void failureOfTheServiceIsNoDefectOfTheSpec() {
        aws.s3().put("config", "specs/flights.json", spec(SPECS.getFirst()).toString());
        aws.faults().on("GetObject").then(Fault.slowDown());

        assertThatThrownBy(() -> directory.find(TableFilter.ALL)).isInstanceOf(S3Exception.class);
    }

    @Test
    void otherTablesOfTheFolderAreKnown() {
        aws.s3().put("config", "specs/flights.json", "{\"database\": \"analytics\", \"table\": \"flights\"}");
        Random random = new Random(SEED);
        for (int i = 0; i < 500; i++) {
            String text = i == 0
                    ? HostileJson.with(spec(SPECS.get(3)), "/processor/maxBadRecords", "1e400")
                    : HostileJson.mutated(spec(SPECS.get(i % SPECS.size())), random);
            aws.s3().put("config", "specs/h" + i + ".json", text);
        }

        KnownTables known = directory.find(TableFilter.ALL);

        assertThat(known.tables()).extracting(table -> table.name().toString()).contains("analytics.flights");
        assertThat(known.leftOut()).extracting(SkippedTable::what).contains("s3://config/specs/h0.json");
    }

    /** S3 refuses to send the first bytes of an object that has none. */
    @ParameterizedTest
    @ValueSource(strings = {"", "\n"})
    void emptyObjectIsABrokenSpecAfterOneRequest(String text) {
        aws.s3()
                .put("config", "specs/flights.json", "{\"database\": \"analytics\", \"table\": \"flights\"}")
                .put("config", "specs/analytics/hostile.json", text);

        KnownTables known = directory.find(TableFilter.ALL);

        assertThat(known.tables()).extracting(table -> table.name().toString()).containsExactly("analytics.flights");
        assertThat(known.leftOut())
                .singleElement()
                .satisfies(one -> assertThat(one.toString())
                        .contains("s3://config/specs/analytics/hostile.json is empty, expected a table spec"));
        assertThat(aws.log().calls().stream()
                        .filter(call -> call.target().equals("config/specs/analytics/hostile.json")))
                .hasSize(1);
    }
}
