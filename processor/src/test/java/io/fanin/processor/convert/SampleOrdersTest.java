package io.fanin.processor.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.S3ObjectTarget;
import io.fanin.fakes.FakeS3;
import io.fanin.model.json.Json;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.spec.rules.SpecReader;
import io.fanin.model.table.TableName;
import io.fanin.processor.VersionedFiles;
import io.fanin.processor.parquet.RowRules;
import io.fanin.processor.publish.VersionTarget;
import io.fanin.records.objects.S3ObjectSource;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.scratch.KeptDatabase;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample orders, converted with the sample spec: German numbers, dates and times become those of the columns. */
class SampleOrdersTest {

    private static final Path SAMPLES = Path.of("..", "samples").toAbsolutePath();
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("dd.MM.yyyy");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd.MM.yyyy HH:mm");
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    @TempDir
    private Path temporary;

    private final FakeS3 s3 = new FakeS3().createBucket("lake");

    record Order(long id, String customer, Instant orderedAt, LocalDate deliveryOn, int quantity, BigDecimal amount) {

        static Order ofRaw(String line) {
            String[] fields = line.split(";", -1);
            return new Order(
                    Long.parseLong(fields[0]),
                    fields[1],
                    LocalDateTime.parse(fields[2], TIME).atZone(ZONE).toInstant(),
                    LocalDate.parse(fields[3], DATE),
                    Integer.parseInt(fields[4]),
                    new BigDecimal(fields[5].replace(".", "").replace(',', '.')));
        }

        static Order ofConverted(Group row) {
            return new Order(
                    row.getLong("order_id", 0),
                    row.getString("customer", 0),
                    Instant.EPOCH.plus(row.getLong("ordered_at", 0), ChronoUnit.MICROS),
                    LocalDate.ofEpochDay(row.getInteger("delivery_on", 0)),
                    row.getInteger("quantity", 0),
                    BigDecimal.valueOf(row.getLong("amount", 0), 2));
        }
    }

    @Test
    void everyValueIsWhatTheRawDataMeans() throws IOException {
        ResolvedSpec spec = new ResolvedSpec(new SpecReader()
                .read(Json.documents().readTree(SAMPLES.resolve("orders.json").toFile())));
        List<Order> raw = new ArrayList<>();
        List<Order> converted = new ArrayList<>();

        try (PartitionConversion conversion = conversion(spec)) {
            for (Path hour : hours()) {
                String prefix = SAMPLES.relativize(hour.getParent()) + "/";
                s3.put("lake", prefix + "orders.csv", Files.readAllBytes(hour));
                conversion.make(
                        new Partition(PartitionValues.of("1"), "made/" + prefix),
                        prefix,
                        badRecords -> {
                            throw new AssertionError("bad records in " + hour);
                        },
                        RowRules.NONE);
                Files.readAllLines(hour).stream().skip(1).map(Order::ofRaw).forEach(raw::add);
                rows("made/" + prefix + VersionedFiles.folder(1) + "part-00000.parquet").stream()
                        .map(Order::ofConverted)
                        .forEach(converted::add);
            }
        }

        assertThat(hours()).hasSize(8);
        assertThat(converted).isNotEmpty().containsExactlyInAnyOrderElementsOf(raw);
    }

    private PartitionConversion conversion(ResolvedSpec spec) throws IOException {
        return new PartitionConversion(
                spec.source().orElseThrow(),
                spec.definition().columns(),
                (ProcessorSpec.Convert) spec.processor(),
                new S3ObjectSource(new BucketReader(s3.client(), "lake")),
                new VersionTarget(
                        new S3ObjectTarget(s3.client(), "lake", TableName.of("analytics.orders")),
                        VersionedFiles.TOKEN),
                new KeptDatabase(() -> new ConversionSettings(temporary, 1L << 30, 400L << 20, 2, 4, 1L << 20)),
                Deadline.NONE);
    }

    private static List<Path> hours() throws IOException {
        try (Stream<Path> files = Files.walk(SAMPLES.resolve("orders"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private List<Group> rows(String key) throws IOException {
        Path file = Files.write(
                temporary.resolve("rows.parquet"), s3.get("lake", key).orElseThrow());
        return ParquetFile.read(file).rows();
    }
}
