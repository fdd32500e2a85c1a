package io.fanin.core.record;

import io.fanin.model.failure.FailureCode;
import io.fanin.model.json.Json;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Failure;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.spec.OnPartial;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.Specs;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.spec.detection.Gaps;
import io.fanin.model.spec.detection.LocalMoment;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A table with daily and hourly periods, and scans of it. */
final class WatermarkFixture {

    static final LocalDateTime FIRST = LocalDateTime.of(2013, 2, 8, 0, 0);
    static final Instant CREATED = Instant.parse("2013-02-07T12:00:00Z");

    private static final DetectionSpec RANGE =
            new DetectionSpec.Range(new LocalMoment(FIRST), new LocalMoment(FIRST.plusDays(9)));

    static final TableDefinition FLIGHTS = table(
            "s3://lake/flights/", "hive", new PartitionKey("dt", KeyType.DATE), new PartitionKey("hour", KeyType.INT));

    static final ProgressScope BASIS = ProgressScope.of(FLIGHTS, Optional.of(CREATED));

    static final Watermark LISTING = Watermark.of(spec(FLIGHTS, DetectionSpec.Listing.DEFAULT), BASIS);

    static final DetectionSpec COUNTING_GAPS = new DetectionSpec.Listing(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Gaps.OUTSTANDING), Optional.empty());

    static final Watermark COUNTING = Watermark.of(spec(FLIGHTS, COUNTING_GAPS), BASIS);

    static final Watermark PART = Watermark.of(spec(FLIGHTS, RANGE), BASIS);

    private WatermarkFixture() {}

    /** The findings of a scan. */
    static DetectionReport look(Integer newest, Integer open) {
        return Json.read(
                "{\"found\":1,\"registered\":0,\"skipped\":{},\"skippedSample\":[]" + field("newest", newest)
                        + field("open", open) + "}",
                DetectionReport.class,
                "look");
    }

    /**
     * A scan that has seen hour 9.
     *
     * @param from where it began; null if it saw the whole table
     * @param outside its time, if it left partitions at a former location of the table
     */
    static DetectionReport lookOutside(Integer from, Optional<Instant> outside) {
        return Json.read(
                "{\"found\":1,\"registered\":1,\"skipped\":{},\"skippedSample\":[]" + field("newest", 9)
                        + field("from", from)
                        + outside.map(",\"outside\":\"%s\""::formatted).orElse("") + "}",
                DetectionReport.class,
                "look");
    }

    private static String field(String name, Integer hour) {
        return moment(hour)
                .map(moment -> ",\"" + name + "\":\"" + moment + "\"")
                .orElse("");
    }

    static List<PartitionValues> hours(String range) {
        if (range == null) {
            return List.of();
        }
        int dash = range.indexOf('-');
        return IntStream.rangeClosed(
                        Integer.parseInt(range.substring(0, dash)), Integer.parseInt(range.substring(dash + 1)))
                .mapToObj(hour -> hour(hour).values())
                .toList();
    }

    static Partition hour(int hour) {
        return new Partition(
                PartitionValues.of("2013-02-08", String.valueOf(hour)), "flights/dt=2013-02-08/hour=" + hour + "/");
    }

    static Optional<String> moment(Integer hour) {
        return Optional.ofNullable(hour).map(h -> FIRST.plusHours(h).toString());
    }

    static OutstandingFailure failure(Partition partition) {
        return OutstandingFailure.first(partition, new Failure(FailureCode.TRUNCATED, "cut"), new RunId("r1"), 0);
    }

    static TableDefinition table(String location, String layout, PartitionKey... keys) {
        return new TableDefinition(
                new TableName("analytics", "flights"),
                S3Location.of(location),
                DataFormat.JSON,
                CsvOptions.DEFAULT,
                List.of(new Column("carrier", "string")),
                List.of(keys),
                layout);
    }

    static ResolvedSpec spec(TableDefinition table, DetectionSpec detection) {
        return Specs.of(table.name(), Map.of("detection", detection, "onPartial", OnPartial.FAIL))
                .resolved(table);
    }
}
