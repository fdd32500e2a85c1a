package io.fanin.model.spec.rules;

import static io.fanin.model.spec.rules.SpecShapeTest.assertRefused;
import static io.fanin.model.spec.rules.SpecShapeTest.read;
import static io.fanin.model.spec.rules.SpecShapeTest.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fanin.model.json.Json;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.spec.CsvSpec;
import io.fanin.model.spec.OnEmpty;
import io.fanin.model.spec.OnPartial;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules for the values of a spec's fields and their combinations. */
class SpecReaderTest {

    private static final String KEYS = "'partitionKeys': [{'name': 'year', 'type': 'int'}]";

    @Test
    void databaseAndTableAreEnough() throws JsonProcessingException {
        TableSpec spec = read("{\"database\":\"analytics\",\"table\":\"flights\"}");

        assertThat(spec.tableName()).isEqualTo(new TableName("analytics", "flights"));
        assertThat(spec.location()).isEmpty();
        assertThat(spec.columns()).isEmpty();
        assertThat(spec.onPartialOrDefault()).isEqualTo(OnPartial.FAIL);
        assertThat(spec.onEmptyOrDefault()).isEqualTo(OnEmpty.FAIL);
    }

    @Test
    void everythingThatASpecCanSayIsRead() throws JsonProcessingException {
        TableSpec spec = read(spec("'location': 's3://lake/flights', 'format': 'csv', 'layout': '${at}',"
                + " 'csv': {'delimiter': '\\t', 'quoted': false, 'header': false},"
                + " 'columns': [{'name': 'carrier', 'type': 'string'}, {'name': 'delays', 'type': 'array<int>'}],"
                + " 'partitionKeys': [{'name': 'at', 'type': 'TIMESTAMP', 'format': 'yyyy/MM/dd/HH'}],"
                + " 'processor': {'type': 'validate'}, 'detection': {'mode': 'list'}, 'onPartial': 'succeed',"
                + " 'onEmpty': 'skip'"));

        assertThat(spec.onEmptyOrDefault()).isEqualTo(OnEmpty.SKIP);
        assertThat(new ResolvedSpec(spec).definition())
                .isEqualTo(new TableDefinition(
                        new TableName("analytics", "flights"),
                        new S3Location("lake", "flights/"),
                        DataFormat.CSV,
                        new CsvOptions('\t', false, false),
                        List.of(new Column("carrier", "string"), new Column("delays", "array<int>")),
                        List.of(new PartitionKey("at", KeyType.TIMESTAMP, "yyyy/MM/dd/HH")),
                        "${at}"));
        assertThat(spec.onPartialOrDefault()).isEqualTo(OnPartial.SUCCEED);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'location': 'lake/flights'       | $.location: 'lake/flights' is not an S3 location such as s3://bucket/prefix/",
                "'location': 's3://b-1/x/../y/'   | $.location: 's3://b-1/x/../y/' has the segment '..', which S3 takes for a name"
                        + " and query engines do not: expected a path without '..', '.' and '//'",
                "'format': 'orc'                  | $.format: 'orc' is not a format, expected one of: parquet, json, csv",
                "'onPartial': 'ignore'            | $.onPartial: expected 'fail' or 'succeed', found 'ignore'",
                "'onEmpty': 'ignore'              | $.onEmpty: expected 'fail', 'skip' or 'register', found 'ignore'",
                "'processor': {'type': 'spark'}   | $.processor.type: expected one of: validate, register, convert, sql, custom, glue-job, found 'spark'",
                "'detection': {'mode': 'crawl'}   | $.detection.mode: expected one of: list, full, range, partitions, calendar, events, found"
                        + " 'crawl'",
                "'csv': {'delimiter': 'ab'} | $.csv: expected a delimiter of one ASCII character that is not a line end, quote"
                        + " or backslash, found 'ab'",
                "'csv': {'delimiter': ''} | $.csv: expected a delimiter of one ASCII character that is not a line end, quote"
                        + " or backslash, found ''",
                "'csv': {'delimiter': '\u00a7'} | $.csv: expected a delimiter of one ASCII character that is not a line end,"
                        + " quote or backslash, found '\u00a7'",
                "'columns': [{'name': 'a', 'type': 'integer'}] | $.columns[0].type: expected a Hive type such as string or bigint, found 'integer': 'integer' is not a type that Athena knows in a table, expected int",
                "'partitionKeys': [{'name': 'a', 'type': 'integer'}] | $.partitionKeys[0].type: 'integer' is not a type that Athena knows in a table, expected int",
                "'csv': {'escape': 'n'} | $.csv: expected an escape character, such as a backslash, that is not a line end, a letter, a digit or a quote (which is doubled in quotes without any setting), found 'n'",
                "'csv': {'charset': 'latin1'} | $.csv: expected a charset of UTF-8, ISO-8859-1, windows-1252, UTF-16, UTF-16LE, UTF-16BE, found 'latin1'",
                "'csv': {'charset': 'windows-1252'} | $.csv.charset: is only for raw data ($.source.csv.charset): tables are read in UTF-8",
                "'csv': {'nullText': 'a,b'} | $.csv: expected a null text of at most 100 characters without quotes, line ends"
                        + " and the delimiter",
                "'csv': {'nullText': '-', 'quoted': true} | $.csv.nullText: is not for quoted CSV: it is read by"
                        + " OpenCSVSerde, which knows no null",
                "'format': 'json', 'csv': {}      | $.csv: is only for the format csv, the format is json",
                "'database': 'Analytics'          | $.database: expected lower-case letters, digits, '_' and '-', found 'Analytics'",
                "'table': ''                      | $.table: expected lower-case letters, digits, '_' and '-', found ''",
                "'table': 'a/b'                   | $.table: expected lower-case letters, digits, '_' and '-', found 'a/b'",
                "'columns': []                    | $.columns: expected at least one column",
                "'columns': [{'name': ' ', 'type': 'int'}] | $.columns[0].name: is empty",
                "'columns': [{'name': 'a', 'type': 'varchar'}] | $.columns[0].type: expected a Hive type such as string or bigint, found 'varchar':"
                        + " varchar and char have a length in brackets, varchar 1 to 65535 and char 1 to 255; string has none",
                "'columns': [{'name': 'a', 'type': 'int'}, {'name': 'b', 'type': 'map<int>'}] | $.columns[1].type: expected a Hive type such as"
                        + " string or bigint, found 'map<int>': expected 2 types between '<' and '>', found 1",
                "'columns': [{'name': 'a', 'type': 'int'}, {'name': 'A', 'type': 'int'}] | $.columns[1].name: 'A' is there twice",
                "'columns': [{'name': 'a\\u0000', 'type': 'int'}] | $.columns[0].name: has a character that Glue does"
                        + " not take, such as a line end, found 'a?'",
                "'columns': [{'name': 'a', 'type': 'struct<b\\n:int>'}] | $.columns[0].type: has a character that Glue does not take, such as a line end,"
                        + " found 'struct<b?:int>'",
                "'partitionKeys': [{'name': 'a\\nb', 'type': 'int'}] | $.partitionKeys[0].name: has a character that Glue does not take, such as"
                        + " a line end, found 'a?b'",
                "'partitionKeys': [{'name': '\\ud800', 'type': 'int'}] | $.partitionKeys[0].name: has a character that"
                        + " Glue does not take, such as a line end, found '?'",
                "'partitionKeys': [{'name': ' ', 'type': 'int'}] | $.partitionKeys[0].name: is empty",
                "'csv': {'delimiter': '1'} | $.csv.delimiter: expected a character that is no digit, found '1':"
                        + " readers take a number for the code of a character",
                "'onEmpty': 'fail '               | $.onEmpty: expected 'fail', 'skip' or 'register', found 'fail '",
                "'onEmpty': ''                    | $.onEmpty: expected 'fail', 'skip' or 'register', found ''",
                "'detection': {'mode': 'list', 'gaps': ' report'} | $.detection.gaps: expected 'report' or"
                        + " 'outstanding', found ' report'",
                "'detection': {'mode': 'list', 'maxAttempts': 3000000000} | $.detection.maxAttempts: expected a whole"
                        + " number of at most 2147483647, found 3000000000",
                "'detection': {'mode': 'list', 'maxAttempts': -3000000000} | $.detection.maxAttempts: expected a whole"
                        + " number of at least -2147483648, found -3000000000",
                "'partitionKeys': []              | $.partitionKeys: expected at least one key: a table without partitions has nothing to detect",
                "'partitionKeys': [{'name': '', 'type': 'int'}] | $.partitionKeys[0]: a partition key needs a name",
                "'partitionKeys': [{'name': 'h', 'type': 'float'}] | $.partitionKeys[0].type: 'float' is not a type for a partition key,"
                        + " expected one of: string, tinyint, smallint, int, bigint, date, timestamp",
                "'partitionKeys': [{'name': 'h', 'type': 'int', 'format': 'HH'}] | $.partitionKeys: the key 'h' has the format HH, which"
                        + " tells nothing without keys for the coarser units, from the year on: add them, or leave the format out",
                "'partitionKeys': [{'name': 'h', 'type': 'int', 'format': 'yyyyMMdd'}] | $.partitionKeys[0]: partition key 'h' is of type int:"
                        + " only string, date and timestamp keys have a format such as yyyyMMdd, expected one of yyyy, MM, dd, HH and mm,"
                        + " which tells one unit of time",
                "'partitionKeys': [{'name': 'h', 'type': 'string', 'format': 'MM-dd'}] | $.partitionKeys[0]: 'MM-dd' is not a date format"
                        + " such as yyyy/MM/dd/HH: it writes '02-08', which names no day, month or year",
                "'partitionKeys': [{'name': 'h', 'type': 'string', 'format': 'HH', 'time': false}] | $.partitionKeys[0]: partition key 'h' is"
                        + " of type string, and has both the format HH and \"time\": false: expected one of them",
                "'partitionKeys': [{'name': 'h', 'type': 'string', 'time': true}] | $.partitionKeys[0]: partition key 'h' is not a time by its"
                        + " name or type: expected a format such as yyyy/MM/dd, or yyyy, MM, dd or HH, instead of \"time\": true",
                "'partitionKeys': [{'name': 'h', 'type': 'string', 'time': 'no'}] | $.partitionKeys[0].time: expected true or false, found 'no'",
                "'partitionKeys': [{'name': 'h', 'type': 'string', 'interval': 0}] | $.partitionKeys[0]: partition key 'h' has the interval 0:"
                        + " expected at least 1, for a period of one unit",
                "'partitionKeys': [{'name': 'h', 'type': 'string', 'interval': '2'}] | $.partitionKeys[0].interval: expected a whole number, found '2'",
                "'partitionKeys': [{'name': 'dt', 'type': 'date', 'interval': 7}] | $.partitionKeys: the key 'dt' has the interval 7: expected it at"
                        + " the key of the finest unit, of minutes a divisor of 60, of hours one of 24, of months one of 12",
                "'partitionKeys': [{'name': 'h', 'type': 'int'}, {'name': 'H', 'type': 'int'}] | $.partitionKeys[1].name: 'h' is there twice",
                "'columns': [{'name': 'Year', 'type': 'int'}], 'partitionKeys': [{'name': 'year', 'type': 'int'}] | $.partitionKeys[0].name:"
                        + " 'year' is also a column, which makes the table unreadable: leave it out of $.columns",
            })
    void impossibleValueIsNamedWithWhatWasExpected(String field, String problem) {
        assertRefused(spec(field), problem);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                   | $.partitionIndexes: expected 1 to 3 indexes, found 0",
                "[['year'], ['dt'], ['dt', 'year'], ['year', 'dt']] | $.partitionIndexes: expected 1 to 3 indexes, found 4",
                "[['year'], []]                       | $.partitionIndexes[1]: expected the name of at least one key",
                "[['dt', 'month']]                    | $.partitionIndexes[0][1]: expected one of the partition keys [at, dt, year], found 'month'",
                "[['dt', 'DT']]                       | $.partitionIndexes[0][1]: 'dt' is there twice",
                "[['dt', 'year'], ['Dt', 'Year']]     | $.partitionIndexes[1]: [dt, year] is there twice",
                "[['dt', 'at']]                       | $.partitionIndexes[0][1]: Glue has no index on a key of type timestamp, as 'at' is: leave it out",
                "'year'                               | $.partitionIndexes: expected an array, found 'year'",
                "['year']                             | $.partitionIndexes[0]: expected an array, found 'year'",
            })
    void impossibleIndexIsNamedWithWhatWasExpected(String indexes, String problem) {
        String keys = "'partitionKeys': [{'name': 'dt', 'type': 'date'}, {'name': 'year', 'type': 'int'},"
                + " {'name': 'at', 'type': 'timestamp'}]";

        assertRefused(spec(keys + ", 'partitionIndexes': " + indexes), problem);
    }

    @Test
    void indexIsCheckedOnceTheCatalogTellsTheKeys() throws JsonProcessingException {
        TableSpec spec = read(spec("'partitionIndexes': [['month']]"));

        assertThatThrownBy(() -> SpecReader.checkResolved(
                        spec.resolved(new ResolvedSpec(read(spec("'location': 's3://lake/flights/', 'format': 'json',"
                                                + " 'layout': 'hive', 'columns': [{'name': 'carrier', 'type': 'string'}], "
                                                + KEYS)))
                                        .definition())
                                .document()))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContaining("$.partitionIndexes[0][0]: expected one of the partition keys [year]");
    }

    @ParameterizedTest
    @CsvSource({
        "${month}, '$.layout: the layout names ''${month}'', which is none of the partition keys [year]'",
        "Hive, '$.layout: the layout ''Hive'' names the key ''year'' 0 times, expected ${year} once'",
        "${year}//x, '$.layout: the layout ''${year}//x'' has an empty level'",
    })
    void layoutThatDoesNotFitTheKeysIsNamed(String layout, String problem) {
        assertRefused(spec(KEYS + ", 'layout': '" + layout + "'"), problem);
    }

    @Test
    void quotedCsvHasStringsOnly() {
        assertThatThrownBy(() -> read(spec("'format': 'csv', 'csv': {'quoted': true},"
                        + " 'columns': [{'name': 'a', 'type': 'String'}, {'name': 'b', 'type': 'int'}]")))
                .hasMessage(
                        "The table spec cannot be run: $.columns[1].type: expected string, found 'int': quoted CSV is"
                                + " read by OpenCSVSerde, whose columns are all strings");
    }

    @Test
    void allProblemsAreToldAtOnce() {
        assertThatThrownBy(() -> read(spec("'columns': [{'name': 'year', 'type': 'text'}], 'layout': 'x', " + KEYS)))
                .hasMessageContainingAll("$.columns[0].type", "; $.partitionKeys[0].name", "; $.layout");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "boolean",
                "INT",
                "decimal",
                "decimal(10)",
                "decimal(10,2)",
                "decimal(10, 2)",
                "char(3)",
                "varchar(10)",
                "array<string>",
                "map<string,array<int>>",
                "struct<a:int,b:string>",
                "timestamp",
                "binary",
            })
    void hivesTypesAreColumnTypes(String type) throws JsonProcessingException {
        assertThat(read(spec("'columns': [{'name': 'a', 'type': '" + type + "'}]"))
                        .columns())
                .hasValue(List.of(new Column("a", type)));
    }

    @Test
    void columnsAreAsManyAsGlueAnswers() throws JsonProcessingException {
        assertThat(read(spec("'columns': " + columns(10_000))).columns().orElseThrow())
                .hasSize(10_000);
        assertThatThrownBy(() -> read(spec("'columns': " + columns(10_001))))
                .hasMessage(
                        "The table spec cannot be run: $.columns: expected at most 10000 columns, as Glue answers them,"
                                + " found 10001");
        assertThatThrownBy(() -> read(spec("'columns': [{'name': '" + "a".repeat(256) + "', 'type': 'int'}]")))
                .hasMessage(
                        "The table spec cannot be run: $.columns[0].name: has more than 255 bytes, which Glue does not"
                                + " take");
    }

    private static String columns(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{'name': 'c" + i + "', 'type': 'int'}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"convert", "sql"})
    void convertedTablesHaveTypesThatDataIsConvertedInto(String processor) throws JsonProcessingException {
        String query = processor.equals("sql") ? ", 'query': 'SELECT 1'" : "";
        TableSpec spec = read(spec("'location': 's3://lake/flights/', 'format': 'parquet', 'layout': 'hive', " + KEYS
                + ", 'columns': [{'name': 'a', 'type': 'int'}, {'name': 'b', 'type': 'array<binary>'}],"
                + " 'source': {'location': 's3://landing/flights/'}, 'processor': {'type': '" + processor + "'" + query
                + "}"));

        assertThatThrownBy(() -> SpecReader.checkResolved(spec))
                .hasMessage(
                        "The table spec cannot be run: $.columns[1].type: 'binary' is not a type that raw data can be"
                                + " converted into");
        assertThatCode(() -> SpecReader.checkResolved(spec.with(new ProcessorSpec.Custom("own", Optional.empty()))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NULL", "\\N"})
    void nullTextIsReadAsWritten(String text) throws JsonProcessingException {
        CsvSpec given = CsvSpec.of(new CsvOptions(',', false, true).nullAs(text));

        CsvSpec read = Json.documents().readValue(Json.text(given), CsvSpec.class);

        assertThat(read.options().nullText()).hasValue(text);
    }

    @Test
    void resolvedSpecIsReadAsWritten() throws JsonProcessingException {
        TableSpec given = read(spec("'onPartial': 'succeed', 'onEmpty': 'register'"));
        TableDefinition definition = new TableDefinition(
                given.tableName(),
                S3Location.of("s3://lake/flights/"),
                DataFormat.CSV,
                new CsvOptions(';', true, true),
                List.of(new Column("carrier", "string")),
                List.of(new PartitionKey("dt", KeyType.DATE, "yyyyMMdd"), new PartitionKey("hour", KeyType.INT)),
                "hive");

        ResolvedSpec resolved = given.resolved(definition);

        assertThat(read(Json.text(resolved))).isEqualTo(resolved.document());
        assertThat(Json.documents().readValue(Json.text(resolved), ResolvedSpec.class))
                .isEqualTo(resolved);
        assertThat(resolved.definition()).isEqualTo(definition);
        assertThat(resolved.source()).isEmpty();
        assertThat(resolved.document().processor()).hasValue(ProcessorSpec.Validate.DEFAULT);
        assertThat(resolved.document().detection()).hasValue(DetectionSpec.Listing.DEFAULT);
        assertThat(resolved.document().onPartial()).hasValue(OnPartial.SUCCEED);
    }
}
