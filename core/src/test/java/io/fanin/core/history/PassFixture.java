package io.fanin.core.history;

import io.fanin.core.history.PassPeriods.Registered;
import io.fanin.core.record.ProgressScope;
import io.fanin.model.json.Json;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.DetectionReport;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Passes of runs, for a table with hourly periods and for one with regions. */
final class PassFixture {

    static final Instant ENDED = Instant.parse("2013-02-09T14:06:00Z");
    static final List<PartitionKey> HOURS =
            List.of(new PartitionKey("dt", KeyType.DATE), new PartitionKey("hour", KeyType.INT));
    static final List<PartitionKey> REGIONS = List.of(new PartitionKey("region", KeyType.STRING));

    private PassFixture() {}

    static Registered region(String name, long rows) {
        return new Registered(PartitionValues.of(name), false, OptionalLong.of(rows));
    }

    static Registered registered(PartitionValues values, boolean isAgain) {
        return new Registered(values, isAgain, OptionalLong.empty());
    }

    static List<Registered> hours(String first, int count) {
        List<Registered> hours = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            LocalDateTime moment = moment(first).plusHours(i);
            hours.add(registered(
                    PartitionValues.of(moment.toLocalDate().toString(), String.valueOf(moment.getHour())), false));
        }
        return hours;
    }

    static PassPeriods pass(String run, List<Registered> registered) {
        return pass(run, 0, HOURS, registered);
    }

    static PassPeriods pass(String run, int number, List<PartitionKey> keys, List<Registered> registered) {
        return new PassPeriods(
                new RunId(run),
                number,
                ENDED,
                scope(keys, "2013-01-01T00:00:00Z"),
                keys,
                registered,
                List.of(),
                Optional.empty());
    }

    static PassPeriods deregistering(String run, List<PartitionKey> keys, String... values) {
        return new PassPeriods(
                new RunId(run),
                0,
                ENDED,
                scope(keys, "2013-01-01T00:00:00Z"),
                keys,
                List.of(),
                List.of(PartitionValues.of(values)),
                Optional.empty());
    }

    static PassPeriods looking(String run, String report) {
        return new PassPeriods(
                new RunId(run),
                0,
                ENDED,
                scope(HOURS, "2013-01-01T00:00:00Z"),
                HOURS,
                List.of(),
                List.of(),
                Optional.of(Json.read(report, DetectionReport.class, "detection")));
    }

    static ProgressScope scope(List<PartitionKey> keys, String created) {
        return new ProgressScope(
                "s3://lake/flights/",
                "hive",
                keys.stream().map(PartitionKey::canonicalName).toList(),
                Optional.empty(),
                Optional.of(Instant.parse(created)),
                Optional.empty());
    }

    static LocalDateTime moment(String text) {
        return LocalDateTime.parse(text);
    }
}
