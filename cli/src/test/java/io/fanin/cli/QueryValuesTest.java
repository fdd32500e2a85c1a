package io.fanin.cli;

import static io.fanin.cli.QueryFixture.KEYS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values as they are stored, and as an answer shows them. */
class QueryValuesTest {

    private final QueryFixture fixture = new QueryFixture();
    private final CliFixture cli = fixture.cli;

    @Test
    void nullOfHiveIsNull() {
        fixture.register(
                fixture.create(DataFormat.JSON, CsvOptions.DEFAULT, strings()),
                "__HIVE_DEFAULT_PARTITION__",
                "1",
                "a/");
        fixture.put("a/1.json", "{\"n\": 1}\n");

        assertThat(fixture.csv("select distinct dt from analytics.flights")).containsExactly("dt", "");
    }

    @Test
    void valuesWithQuotesStayValues() {
        fixture.register(fixture.create(DataFormat.JSON, CsvOptions.DEFAULT, strings()), "O'Hare", "\"", "q/");
        fixture.put("q/1.json", "{\"carrier\": \"'; drop view x; --\"}");

        assertThat(fixture.csv("select carrier, dt, hour from analytics.flights"))
                .containsExactly("carrier,dt,hour", "'; drop view x; --,O'Hare,\"\"\"\"");
    }

    @Test
    void valueControlsNeitherTerminalNorWorkflow() {
        fixture.register(fixture.create(DataFormat.JSON, CsvOptions.DEFAULT, strings()), "2013-02-08", "1", "q/");
        fixture.put("q/1.json", "{\"carrier\": \"::error::x\\u009b31m\\u202e\"}\n");
        String query = "select carrier from analytics.flights";

        assertThat(cli.run("query", query).out()).contains("?:error::x?31m?").doesNotContain("\u009b", "\u202e");
        assertThat(cli.run("query", "--csv", query).out()).as("to a program").contains("::error::x\u009b31m\u202e");
        cli.isTerminal = true;
        assertThat(cli.run("query", "--csv", query).out()).contains("?:error::x?31m?");
        assertThat(cli.run("query", "--output", "json", query).out())
                .contains("\"::error::x\\u009b31m\\u202e\"")
                .doesNotContain("\u009b", "\u202e");
    }

    @Test
    void csvIsReadAsTheProcessorReadsIt() {
        CatalogTable table = fixture.create(
                DataFormat.CSV,
                new CsvOptions(',', true, false),
                KEYS,
                new Column("carrier", "string"),
                new Column("path", "string"));
        fixture.register(table, "2013-02-08", "17", "a/");
        fixture.put("a/1.csv", "\"x\\\"y\",\"C:\\\\tmp\"\n\"a,b\",\"1\"\n");

        assertThat(fixture.csv("select carrier, path from analytics.flights"))
                .containsExactly("carrier,path", "\"x\"\"y\",C:\\tmp", "\"a,b\",1");
    }

    @Test
    void numbersKeepTheirDigits() {
        CatalogTable table = fixture.create(
                DataFormat.JSON,
                CsvOptions.DEFAULT,
                KEYS,
                new Column("d", "decimal(38,10)"),
                new Column("f", "double"));
        fixture.register(table, "2013-02-08", "17", "a/");
        fixture.put("a/1.json", "{\"d\": 1234567890123456789012345678.0123456789, \"f\": 12.5}\n");

        assertThat(fixture.csv("select d, f from analytics.flights"))
                .containsExactly("d,f", "1234567890123456789012345678.0123456789,12.5");
        assertThat(cli.run("query", "--output", "json", "select d, f from analytics.flights")
                        .out())
                .isEqualTo(
                        "{\"columns\":[{\"name\":\"d\",\"type\":\"DECIMAL(38,10)\"},{\"name\":\"f\",\"type\":\"DOUBLE\"}],"
                                + "\"rows\":[[1234567890123456789012345678.0123456789,12.5]]}\n");
    }

    @Test
    void gridTellsNullFromAnEmptyText() {
        fixture.flights();

        assertThat(cli.run(
                                "query",
                                "select null as n, '' as e, true as t, ['a', null] as l from analytics.flights limit 1")
                        .lines())
                .containsExactly(
                        "n     e  t     l", "----  -  ----  ----------", "NULL     true  [\"a\",null]", "1 row");
    }

    @Test
    void csvTellsNullFromAnEmptyTextAndNestsJson() {
        fixture.flights();

        assertThat(fixture.csv("select null as n, '' as e, true as t, ['a', null] as l, {'k': 1.50} as s,"
                        + " timestamp '2013-02-08 13:00:00' as m, 'a \"b\", c' as x from analytics.flights limit 1"))
                .containsExactly(
                        "n,e,t,l,s,m,x",
                        ",\"\",true,\"[\"\"a\"\",null]\",\"{\"\"k\"\":1.50}\",2013-02-08 13:00:00,\"a \"\"b\"\", c\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "JSON | {\"carrier\": \"UA\", \"n\": 1} | {\"carrier\": \"B6\", \"n\": 2, \"gate\": \"A1\"}",
                "CSV  | UA,1                           | B6,2,A1"
            })
    void columnThatWasAddedIsNullInEarlierPartitions(DataFormat format, String before, String after) {
        CsvOptions headless = new CsvOptions(',', false, false);
        CatalogTable table = fixture.create(format, headless, KEYS);
        fixture.register(table, "2013-02-08", "17", "a/");
        List<Column> columns = new ArrayList<>(table.columns());
        columns.add(new Column("gate", "string"));
        fixture.register(fixture.catalog.appendColumns(table, columns), "2013-02-08", "18", "b/");
        fixture.put("a/1", before + "\n");
        fixture.put("b/1", after + "\n");

        assertThat(fixture.csv("select carrier, n, gate from analytics.flights order by n"))
                .containsExactly("carrier,n,gate", "UA,1,", "B6,2,A1");
    }

    private static List<PartitionKey> strings() {
        return List.of(new PartitionKey("dt", KeyType.STRING), new PartitionKey("hour", KeyType.STRING));
    }
}
