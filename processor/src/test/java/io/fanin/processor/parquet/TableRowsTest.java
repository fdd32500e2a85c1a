package io.fanin.processor.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.failure.FailureCode;
import io.fanin.model.spec.OnNewColumns;
import io.fanin.model.spec.processor.SchemaCheck;
import io.fanin.model.table.Column;
import io.fanin.records.parquet.ParquetBytes;
import io.fanin.records.parquet.RewrittenParquet;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows that conditions see where a file's columns are not exactly the table's. */
class TableRowsTest extends ParquetTest {

    /** The column's type may be wider than the file's: a condition sees what the table's readers see. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bigint | 2147483647::INT | x * x > 0",
                "double | 0.1::FLOAT | x <> 0.1",
                "decimal(20,2) | 99.99::DECIMAL(4,2) | typeof(x) = 'DECIMAL(20,2)'",
                "timestamp | TIMESTAMPTZ '2013-02-08 17:00:00+00' | x = TIMESTAMP '2013-02-08 17:00:00'",
                "array<bigint> | [2147483647::INT] | x[1] * x[1] > 0",
                "struct<a:bigint> | {'a': 2147483647::INT} | x.a * x.a > 0",
                "map<string,bigint> | MAP {'a': 2147483647::INT} | x['a'] * x['a'] > 0",
            })
    void conditionSeesTheTablesTypes(String type, String value, String condition) throws IOException {
        fixture.column("X", type);
        fixture.expect("sane", condition);
        fixture.put("a.parquet", ParquetBytes.of("SELECT " + value + " AS x"));

        assertThat(fixture.sound().rows()).hasValue(1);
    }

    /** A list as parquet-avro writes it. */
    @Test
    void listWhoseElementsAreGroupsOfOneFieldIsAsTheFileHasIt() throws IOException {
        fixture.column("tags", "array<struct<element:int>>");
        fixture.expect("some", "len(tags) > 1");
        fixture.put(
                "a.parquet",
                RewrittenParquet.footer(ParquetBytes.of("SELECT [1, 2] AS tags UNION ALL SELECT [3]"), footer -> {
                    footer.getSchema().stream()
                            .filter(element -> element.getName().equals("list"))
                            .forEach(element -> element.setName("array"));
                    footer.getRow_groups()
                            .forEach(group -> group.getColumns()
                                    .forEach(chunk -> chunk.getMeta_data()
                                            .setPath_in_schema(List.of("tags", "array", "element"))));
                }));

        assertThat(fixture.unsound(FailureCode.EXPECTATION_FAILED)).contains("'some' is broken by 1 of 2 rows");
    }

    /** Glue allows two columns of one name; readers use the first. */
    @Test
    void secondColumnOfANameIsNotLookedFor() throws IOException {
        fixture.columns = List.of(new Column("id", "bigint"), new Column("ID", "string"), new Column("none", "int"));
        fixture.schema = Optional.of(SchemaCheck.IGNORE);
        fixture.expect("sane", "id = 1 and none is null");
        fixture.put("a.parquet", ParquetBytes.of("SELECT 1::INT AS id"));

        assertThat(fixture.sound().rows()).hasValue(1);
    }

    /** The type of the other column in the Parquet file holds the value. */
    @Test
    void rowsThatCannotBeShownAreCounted() throws IOException {
        fixture.columns = List.of(new Column("id", "int"), new Column("small", "tinyint"));
        fixture.schema = Optional.of(SchemaCheck.IGNORE);
        fixture.expect("sane", "id > 5");
        fixture.put("a.parquet", ParquetBytes.of("SELECT 1::INT AS id, 300::INT AS small"));

        assertThat(fixture.unsound(FailureCode.EXPECTATION_FAILED))
                .isEqualTo("expectations not met: 'sane' is broken by 1 of 1 rows");
    }

    @Test
    void columnThatAFileLacksIsNull() throws IOException {
        fixture.columns = List.of(new Column("id", "bigint"), new Column("later", "string"));
        fixture.onNewColumns = OnNewColumns.APPEND;
        fixture.expect("short", "length(later) < 3");
        fixture.put("a.parquet", ParquetBytes.of("SELECT 1::BIGINT AS id"));
        fixture.put("b.parquet", ParquetBytes.of("SELECT 2::BIGINT AS id, 'long' AS later"));

        assertThat(fixture.unsound(FailureCode.EXPECTATION_FAILED))
                .contains("'short' is broken by 1 of 2 rows, e.g. {'id': 2, 'later': long}");
    }

    @Test
    void typesThatDisagreeAreTheFilesWhereNoneAreAsked() throws IOException {
        fixture.column("id", "bigint");
        fixture.schema = Optional.of(SchemaCheck.IGNORE);
        fixture.expect("text", "id = 'x'");
        fixture.put("a.parquet", ParquetBytes.of("SELECT 'x' AS id"));

        assertThat(fixture.sound().rows()).hasValue(1);
    }

    @Test
    void bytesAreNoDefect() throws IOException {
        fixture.columns =
                List.of(new Column("id", "bigint"), new Column("payload", "binary"), new Column("carrier", "string"));
        fixture.expect("keyed", List.of("payload"));
        fixture.expect("sane", "id > 1 and octet_length(payload) = 2 and carrier = '\u00e9'");
        fixture.put(
                "a.parquet",
                ParquetBytes.of(
                        "SELECT range AS id, CASE WHEN range = 2 THEN NULL ELSE '\\xFF\\x00'::BLOB END AS payload,"
                                + " encode('\u00e9') AS carrier FROM range(1, 4)"));

        assertThat(fixture.unsound(FailureCode.EXPECTATION_FAILED))
                .isEqualTo("expectations not met: 'keyed' is broken by 1 of 3 rows,"
                        + " e.g. {'id': 2, 'payload': NULL, 'carrier': \u00e9};"
                        + " 'sane' is broken by 1 of 3 rows, e.g. {'id': 1, 'payload': \\xFF\\x00, 'carrier': \u00e9}");
    }
}
