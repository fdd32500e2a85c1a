package io.fanin.processor.convert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample flights, converted with the sample spec: every value of every row equals that of the raw data. */
class SampleFlightsTest {

    private static final Path SAMPLES = Path.of("..", "samples").toAbsolutePath();
    private static final String TIME = "time_hour";

    @TempDir
    private Path temporary;

    private final FakeS3 s3 = new FakeS3().createBucket("lake");

    @Test
    void everyValueIsWhatTheRawDataSays() throws IOException {
        ResolvedSpec spec = new ResolvedSpec(new SpecReader()
                .read(Json.documents()
                        .readTree(SAMPLES.resolve("flights_parquet.json").toFile())));
        Map<String, Path> hours = hours();
        List<Map<String, Object>> raw = new ArrayList<>();
        List<Map<String, Object>> converted = new ArrayList<>();

        try (PartitionConversion conversion = conversion(spec)) {
            for (Map.Entry<String, Path> hour : hours.entrySet()) {
                s3.put("lake", hour.getKey() + "flights.json.gz", Files.readAllBytes(hour.getValue()));
                String to = "flights_parquet/" + hour.getKey();
                conversion.make(
                        new Partition(PartitionValues.of("1"), to),
                        hour.getKey(),
                        badRecords -> {
                            throw new AssertionError("bad records in " + hour.getValue());
                        },
                        RowRules.NONE);
                raw.addAll(rawRows(hour.getValue()));
                converted.addAll(convertedRows(to + VersionedFiles.folder(1) + "part-00000.parquet", spec));
            }
        }

        assertThat(hours).hasSize(24);
        assertThat(raw).hasSize(1152);
        assertThat(raw.getFirst().keySet())
                .as("all fields are columns")
                .containsExactlyElementsOf(spec.definition().columns().stream()
                        .map(column -> column.name())
                        .toList());
        assertThat(converted).containsExactlyInAnyOrderElementsOf(raw);
    }

    private PartitionConversion conversion(ResolvedSpec spec) throws IOException {
        return new PartitionConversion(
                spec.source().orElseThrow(),
                spec.definition().columns(),
                (ProcessorSpec.Convert) spec.processor(),
                new S3ObjectSource(new BucketReader(s3.client(), "lake")),
                new VersionTarget(
                        new S3ObjectTarget(s3.client(), "lake", TableName.of("analytics.flights")),
                        VersionedFiles.TOKEN),
                new KeptDatabase(() -> new ConversionSettings(temporary, 1L << 30, 400L << 20, 2, 4, 1L << 20)),
                Deadline.NONE);
    }

    private static Map<String, Path> hours() throws IOException {
        try (Stream<Path> files = Files.walk(SAMPLES.resolve("flights"))) {
            Map<String, Path> hours = new TreeMap<>();
            files.filter(Files::isRegularFile)
                    .forEach(file -> hours.put(SAMPLES.relativize(file.getParent()) + "/", file));
            return hours;
        }
    }

    /** The rows, read by Jackson: numbers as integers, the time as an instant, absent values as null. */
    private static List<Map<String, Object>> rawRows(Path file) throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            List<Map<String, Object>> rows = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Map<String, Object> row = new LinkedHashMap<>();
                Json.documents().readTree(line).properties().forEach(field -> row.put(field.getKey(), raw(field)));
                rows.add(row);
            }
            return rows;
        }
    }

    private static Object raw(Map.Entry<String, JsonNode> field) {
        JsonNode value = field.getValue();
        if (value.isNull()) {
            return "null";
        }
        if (field.getKey().equals(TIME)) {
            return Instant.parse(value.textValue());
        }
        return value.isInt() ? (Object) value.intValue() : value.textValue();
    }

    /** The rows, read by Apache Parquet. */
    private List<Map<String, Object>> convertedRows(String key, ResolvedSpec spec) throws IOException {
        Path file = Files.write(
                temporary.resolve("rows.parquet"), s3.get("lake", key).orElseThrow());
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Group group : ParquetFile.read(file).rows()) {
            Map<String, Object> row = new LinkedHashMap<>();
            spec.definition().columns().forEach(column -> row.put(column.name(), converted(group, column.name())));
            rows.add(row);
        }
        return rows;
    }

    private static Object converted(Group group, String column) {
        if (group.getFieldRepetitionCount(column) == 0) {
            return "null";
        }
        return switch (group.getType().getType(column).asPrimitiveType().getPrimitiveTypeName()) {
            case INT32 -> group.getInteger(column, 0);
            case INT64 -> Instant.EPOCH.plus(group.getLong(column, 0), ChronoUnit.MICROS);
            default -> group.getString(column, 0);
        };
    }
}
