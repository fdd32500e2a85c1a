package io.fanin.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fanin.model.type.HiveTypeParser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

@ExtendWith(NeedsNode.class)
class TableTest {

    private static final Table FACTS =
            Table.builder().columns(Column.bigint("id")).build();

    @Test
    void tableLiesInTheFolderOfItsName() {
        Synthesised made = Synthesised.plain();
        made.warehouse()
                .withTable(
                        "facts",
                        Table.builder()
                                .columns(Column.bigint("id"), Column.decimal("price", 10, 2))
                                .partitionKeys(Column.date("dt"))
                                .build());
        Template template = made.template();
        String bucket = template.getResourceId(
                "AWS::S3::Bucket",
                Match.objectLike(Map.of(
                        "Properties",
                        Match.objectLike(Map.of(
                                "LifecycleConfiguration",
                                Map.of(
                                        "Rules",
                                        List.of(Match.objectLike(Map.of("ExpirationInDays", Match.absent())))))))));
        template.hasResourceProperties(
                "AWS::Glue::Table",
                Match.objectLike(Map.of(
                        "TableInput",
                        Map.of(
                                "Name",
                                "facts",
                                "TableType",
                                "EXTERNAL_TABLE",
                                "Parameters",
                                Map.of("classification", "parquet"),
                                "PartitionKeys",
                                List.of(Map.of("Name", "dt", "Type", "date")),
                                "StorageDescriptor",
                                Match.objectLike(Map.of(
                                        "Columns",
                                        List.of(
                                                Map.of("Name", "id", "Type", "bigint"),
                                                Map.of("Name", "price", "Type", "decimal(10,2)")),
                                        "Location",
                                        Map.of(
                                                "Fn::Join",
                                                List.of("", List.of("s3://", Map.of("Ref", bucket), "/facts/"))),
                                        "SerdeInfo",
                                        Match.objectLike(Map.of(
                                                "SerializationLibrary",
                                                "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"))))))));
    }

    @Test
    void jsonIsReadByTheSerdeOfOpenX() {
        Synthesised made = Synthesised.plain();
        made.warehouse()
                .withTable(
                        "facts",
                        Table.builder()
                                .columns(Column.string("id"))
                                .dataFormat(DataFormat.of("JSON"))
                                .build());
        made.template()
                .hasResourceProperties(
                        "AWS::Glue::Table",
                        Match.objectLike(Map.of(
                                "TableInput",
                                Match.objectLike(Map.of(
                                        "Parameters",
                                        Map.of("classification", "json"),
                                        "StorageDescriptor",
                                        Match.objectLike(Map.of(
                                                "SerdeInfo",
                                                Match.objectLike(Map.of(
                                                        "SerializationLibrary",
                                                        "org.openx.data.jsonserde.JsonSerDe")))))))));
    }

    @Test
    void tablesGoWithAWarehouseForDevelopmentAlone() {
        for (boolean dev : List.of(true, false)) {
            Synthesised made = Synthesised.of(builder -> builder.dev(dev));
            made.warehouse().withTable("facts", FACTS);
            made.template()
                    .hasResource(
                            "AWS::Glue::Table",
                            Match.objectLike(Map.of("DeletionPolicy", dev ? "Delete" : "RetainExceptOnCreate")));
        }
    }

    @Test
    void secondTableOfOneNameIsRefused() {
        ServerlessDataWarehouse warehouse = Synthesised.plain().warehouse().withTable("facts", FACTS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> warehouse.withTable("facts", FACTS))
                .withMessage("table 'facts' is there already: give each table a name of its own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Facts", "a/b", "landing", "", "_hidden"})
    void nameThatIsNoTableIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Synthesised.plain().warehouse().withTable(name, FACTS))
                .withMessageStartingWith("'" + name + "' is not the name of a table here: expected lower-case letters");
    }

    @Test
    void unknownFormatIsRefusedWithThoseThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataFormat.of("orc"))
                .withMessage("'orc' is not a format, expected one of: parquet, json");
    }

    @Test
    void tableWithoutColumnsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Table.builder().build())
                .withMessageContaining("a table needs columns");
    }

    @Test
    void columnAndKeyOfOneNameAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Table.builder()
                        .columns(Column.string("dt"))
                        .partitionKeys(Column.date("dt"))
                        .build())
                .withMessageContaining("there are two columns 'dt'");
    }

    @Test
    void columnWithAnUnknownNameOrTypeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Column.string("Event Time"))
                .withMessageContaining("'Event Time' is not the name of a column");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Column.of("id", "integer"))
                .withMessageContaining(
                        "column 'id' is of type 'integer': Hive has no type 'integer', expected string,");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "array<integer>",
                "struct<a:int,b:map<string,integer>>",
                "STRING",
                "",
                "int96",
                "varchar(10) integer"
            })
    void typeThatContainsAnUnknownOneIsRefused(String type) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Column.of("id", type))
                .withMessageStartingWith("column 'id' is of type '" + type + "': Hive has no type '");
    }

    /** The pipeline would refuse such a table in each run. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "decimal(99,2)",
                "decimal()",
                "array",
                "array<string",
                "array<array<int>>>",
                "map<int>",
                "map<array<int>,int>",
                "struct<>",
                "struct<a:int>x",
                "struct<int>",
                "varchar",
                "char(0)",
                "char(256)",
                "string(5)",
                "int,int",
                "varchar(65536)",
                "decimal(5,10)",
                "struct<a:int,a:int>",
                "struct<a b:int>",
                "#"
            })
    void typeThatIsIncompleteIsRefused(String type) {
        assertThat(HiveTypeParser.problem(type)).isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> Column.of("id", type));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Table.builder().partitionKeys(Column.of("k", "array<string>")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "decimal",
                "decimal(38,38)",
                "varchar(65535)",
                "char(255)",
                "array<map<string,array<decimal(10,2)>>>",
                "struct<a:struct<b:int,c:array<date>>,d:map<int,timestamp>>",
                "uniontype<int,string>",
                "array< int >",
                "varchar (20)",
                "struct<a#b:int>"
            })
    void typeThatRunsTakeIsAccepted(String type) {
        assertThat(HiveTypeParser.problem(type)).isEmpty();
        assertThat(Column.of("id", type).type()).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"array<struct<Integer:int,when:timestamp>>", "decimal(10, 2)", "map<varchar(20),int>"})
    void nestedTypeIsAccepted(String type) {
        assertThat(Column.of("id", type).type()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "39, 2", "10, 11", "10, -1"})
    void decimalThatHiveLacksIsRefused(int precision, int scale) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Column.decimal("price", precision, scale))
                .withMessage(
                        "column 'price': expected a decimal of 1 to 38 digits, of which 0 to all are decimal places,"
                                + " found decimal(" + precision + "," + scale + ")");
    }
}
