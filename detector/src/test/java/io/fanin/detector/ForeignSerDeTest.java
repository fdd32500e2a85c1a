package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.tables.SpecResolution;
import io.fanin.model.spec.ProcessorSpec;
import io.fanin.model.table.TableName;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Table;

/** What the resolved spec says of values in tables that others have made. */
class ForeignSerDeTest {

    /** With timestamp.formats of its own, say, nobody else knows which texts a SerDe reads. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "org.openx.data.jsonserde.JsonSerDe | serialization.format | true",
                "org.openx.data.jsonserde.JsonSerDe | ignore.malformed.json | true",
                "org.openx.data.jsonserde.JsonSerDe | timestamp.formats | false",
                "org.openx.data.jsonserde.JsonSerDe | mapping.carrier | false",
                "org.openx.data.jsonserde.JsonSerDe | dots.in.keys | false",
                "org.apache.hive.hcatalog.data.JsonSerDe | serialization.format | false",
                "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe | field.delim | true",
                "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe | timestamp.formats | false",
                "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe | hive.lazysimple.extended_boolean_literal | false"
            })
    void valuesAreHeldAgainstTypesWhereTheSerDeIsKnown(String serde, String setting, boolean types) {
        CatalogTable table = table(serde, setting);

        assertThat(types("", table)).isEqualTo(types);
        assertThat(types(", 'processor': {'type': 'validate', 'types': true}", table))
                .isTrue();
        assertThat(types(", 'processor': {'type': 'validate', 'types': false}", table))
                .isFalse();
        assertThat(types(", 'processor': {'type': 'glue-job', 'job': 'hours'}", table))
                .isEqualTo(types);
    }

    private static boolean types(String fields, CatalogTable table) {
        ProcessorSpec processor = SpecResolution.resolve(DetectorFixture.spec(NAMES + fields), Optional.of(table))
                .processorOrDefault();
        return (processor instanceof ProcessorSpec.GlueJob job ? job.validation() : (ProcessorSpec.Validate) processor)
                .typesOrDefault();
    }

    private static CatalogTable table(String serde, String setting) {
        return new CatalogTable(
                new TableName("analytics", "flights"),
                Table.builder()
                        .name("flights")
                        .tableType("EXTERNAL_TABLE")
                        .parameters(Map.of())
                        .partitionKeys(glueColumn("dt", "string"))
                        .storageDescriptor(storage -> storage.location("s3://lake/flights/")
                                .columns(glueColumn("delay", "int"))
                                .serdeInfo(
                                        info -> info.serializationLibrary(serde).parameters(Map.of(setting, ","))))
                        .build());
    }

    private static Column glueColumn(String name, String type) {
        return Column.builder().name(name).type(type).build();
    }
}
