package io.fanin.processor.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.BucketReader;
import io.fanin.fakes.FakeS3;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.spec.OnNewColumns;
import io.fanin.model.spec.processor.Expectation;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.spec.processor.SchemaCheck;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import io.fanin.processor.validate.PartitionReport;
import io.fanin.processor.validate.PartitionValidation;
import io.fanin.records.objects.ObjectDefectException;
import io.fanin.records.objects.S3ObjectSource;
import io.fanin.records.samples.RowSamples;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Deadline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A lake with one partition of Parquet, and the validation of it. */
final class ParquetFixture {

    static final String LAKE = "lake";
    static final String PREFIX = "flights/hour=1/";

    final FakeS3 s3 = new FakeS3().createBucket(LAKE);
    private final Path temporary;
    List<Column> columns = List.of(new Column("id", "bigint"));
    Optional<SchemaCheck> schema = Optional.empty();
    OnNewColumns onNewColumns = OnNewColumns.FAIL;
    List<String> statistics = List.of();
    List<Expectation> expectations = new ArrayList<>();
    long scratchBytes = 1L << 30;
    Deadline deadline = Deadline.NONE;
    Workers workers = Workers.THREADS;

    ParquetFixture(Path temporary) {
        this.temporary = temporary;
    }

    ParquetFixture put(String name, byte[] content) {
        s3.put(LAKE, PREFIX + name, content);
        return this;
    }

    ParquetFixture column(String name, String type) {
        columns = List.of(new Column(name, type));
        return this;
    }

    /** Adds a condition. */
    void expect(String name, String sql) {
        expectations.add(new Expectation(name, Optional.empty(), Optional.empty(), Optional.of(sql)));
    }

    /** Adds a rule that columns are not null. */
    void expect(String name, List<String> columns) {
        expectations.add(new Expectation(name, Optional.empty(), Optional.of(columns), Optional.empty()));
    }

    PartitionReport report() throws IOException {
        try (ParquetValidation validation = validation()) {
            return report(validation);
        }
    }

    PartitionReport report(ParquetValidation validation) throws IOException {
        return new PartitionValidation(
                        new S3ObjectSource(new BucketReader(s3.client(), LAKE)),
                        DataFormat.PARQUET,
                        () -> validation.partition(PartitionValues.of("1")))
                .validate(PREFIX);
    }

    ParquetValidation validation() {
        TableDefinition table = new TableDefinition(
                new TableName("analytics", "flights"),
                S3Location.of("s3://lake/flights/"),
                DataFormat.PARQUET,
                CsvOptions.DEFAULT,
                columns,
                List.of(new PartitionKey("hour", KeyType.INT)),
                TableDefinition.HIVE_LAYOUT);
        return new ParquetValidation(
                new S3ObjectSource(new BucketReader(s3.client(), LAKE)),
                table,
                new ProcessorSpec.Validate(
                        schema, Optional.empty(), Optional.of(statistics), Optional.of(expectations)),
                onNewColumns,
                () -> new ConversionSettings(temporary, scratchBytes, 300L << 20, 2, 2, 1L << 20),
                RowSamples.SHOWN,
                deadline,
                workers);
    }

    PartitionReport.Sound sound() throws IOException {
        PartitionReport report = report();
        assertThat(report).isInstanceOf(PartitionReport.Sound.class);
        return (PartitionReport.Sound) report;
    }

    /** The message of the partition's failure. */
    String unsound(FailureCode defect) {
        ObjectDefectException unsound = catchThrowableOfType(ObjectDefectException.class, this::report);
        assertThat(unsound.code()).as(unsound.getMessage()).isEqualTo(defect);
        assertThat(unsound.getMessage()).doesNotContainPattern("\\p{Cntrl}");
        return unsound.getMessage();
    }
}
