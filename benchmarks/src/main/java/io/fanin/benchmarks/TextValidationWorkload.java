package io.fanin.benchmarks;

import io.fanin.benchmarks.measure.Measured;
import io.fanin.core.aws.RequestCounter;
import io.fanin.core.s3.BucketReader;
import io.fanin.fakes.FakeS3;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.type.HiveType.Field;
import io.fanin.processor.validate.PartitionReport;
import io.fanin.processor.validate.PartitionValidation;
import io.fanin.records.objects.S3ObjectSource;
import io.fanin.records.raw.CsvTable;
import io.fanin.records.samples.RowSamples;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.serde.SerDe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Validates one partition of JSON lines or CSV.
 *
 * @param types whether values are checked against their columns' types
 * @param megabytes of the partition's only object
 */
record TextValidationWorkload(RawFlights.Form form, boolean types, int megabytes) implements Workload {

    private static final String BUCKET = "lake";
    private static final String PREFIX = "flights/hour=1/";

    /** The time in RawFlights' timestamps, whose offset CSV's readers do not accept. */
    private static final String WITH_OFFSET = "T17:00:00Z";

    private static final String LOCAL = " 17:00:00";

    @Override
    public Measured run() {
        RawFlights flights = new RawFlights(form, 1, megabytes << 20, false);
        RawObject content = flights.different().getFirst();
        byte[] bytes = content.bytes().asByteArrayUnsafe();
        boolean isCsv = form == RawFlights.Form.CSV;
        if (isCsv) {
            bytes = new String(bytes, StandardCharsets.US_ASCII)
                    .replace(WITH_OFFSET, LOCAL)
                    .getBytes(StandardCharsets.US_ASCII);
        }
        FakeS3 s3 = new FakeS3().createBucket(BUCKET).put(BUCKET, PREFIX + flights.name(0), bytes);
        RequestCounter requests = new RequestCounter();
        try (S3Client client = BenchmarkClients.s3Through(s3, requests)) {
            S3ObjectSource source = new S3ObjectSource(new BucketReader(client, BUCKET));
            List<Column> columns = types ? flights.columns() : List.of();
            List<String> names = flights.columns().stream().map(Column::name).toList();
            List<Field> typed = SerDe.columns(columns);
            PartitionValidation validation = isCsv
                    ? PartitionValidation.ofCsv(
                            source, new CsvTable(CsvOptions.DEFAULT, names, typed), RowSamples.SHOWN, Deadline.NONE)
                    : PartitionValidation.ofJson(source, typed, RowSamples.SHOWN, Deadline.NONE);
            long began = System.nanoTime();
            PartitionReport report = validation.validate(PREFIX);
            long nanos = System.nanoTime() - began;
            require(report, content.records());
            return new Measured(requests.counts(), nanos, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void require(PartitionReport report, int records) {
        if (!(report instanceof PartitionReport.Sound sound) || !sound.rows().equals(OptionalLong.of(records))) {
            throw new IllegalStateException("expected %d rows, found %s".formatted(records, report));
        }
    }
}
