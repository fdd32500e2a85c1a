package io.fanin.processor.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.spec.OnNewColumns;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import io.fanin.model.type.HiveTypeParser;
import io.fanin.processor.validate.TableSchema;
import io.fanin.records.parquet.FieldLevels;
import io.fanin.records.parquet.ParquetField;
import io.fanin.records.parquet.ParquetFooter;
import io.fanin.records.samples.RowSamples;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** The columns of files are compared with a table's in a time that hardly grows faster than their number. */
@Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
class ManyColumnsTest {

    private static final int COLUMNS = 10_000;
    private static final int FILES = 40;

    @Test
    void columnsOfATable() {
        List<Column> columns = IntStream.range(0, COLUMNS)
                .mapToObj(i -> new Column("c" + i, "int"))
                .toList();
        TableSchema schema = new TableSchema(
                new TableDefinition(
                        new TableName("analytics", "flights"),
                        S3Location.of("s3://lake/flights/"),
                        DataFormat.PARQUET,
                        CsvOptions.DEFAULT,
                        columns,
                        List.of(new PartitionKey("hour", KeyType.INT)),
                        TableDefinition.HIVE_LAYOUT),
                OnNewColumns.APPEND);

        for (int file = 0; file < FILES; file++) {
            schema.check(
                    new ObjectSummary("a.parquet", 1, "etag", Instant.EPOCH, false),
                    new ParquetColumns(new ParquetFooter(new FileMetaData(), group("")), RowSamples.SHOWN));
        }
    }

    @Test
    void fieldsOfAStruct() {
        String type = IntStream.range(0, COLUMNS)
                .mapToObj(i -> "c" + i + ":int")
                .collect(Collectors.joining(",", "struct<", ">"));

        for (int file = 0; file < FILES; file++) {
            assertThat(TypeAgreement.disagreement(
                            "all", HiveTypeParser.find(type).orElseThrow(), group("all")))
                    .isEmpty();
        }
    }

    private static ParquetField group(String name) {
        return new ParquetField(
                new SchemaElement(name),
                name,
                FieldLevels.ROOT,
                IntStream.range(0, COLUMNS)
                        .mapToObj(i -> new ParquetField(
                                new SchemaElement("C" + i)
                                        .setType(Type.INT32)
                                        .setRepetition_type(FieldRepetitionType.OPTIONAL),
                                "C" + i,
                                FieldLevels.ROOT,
                                List.of()))
                        .toList());
    }
}
