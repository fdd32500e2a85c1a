package io.fanin.model.spec.rules;

import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.partition.Periods;
import io.fanin.model.partition.TimePattern;
import io.fanin.model.spec.CsvSpec;
import io.fanin.model.spec.OnNewColumns;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.spec.detection.Gaps;
import io.fanin.model.spec.detection.LocalMoment;
import io.fanin.model.spec.detection.OnVanished;
import io.fanin.model.spec.detection.Readiness;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.KeyZone;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The rules for combinations of fields in a spec whose fields have the right types. */
record SpecRules(TableSpec spec, Problems problems) {

    /** Names that Glue keeps as they are (it converts capitals) and that Athena accepts without quotes or escapes. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,255}");

    static void check(TableSpec spec, Problems problems) {
        SpecRules rules = new SpecRules(spec, problems);
        rules.checkName("$.database", spec.database());
        rules.checkName("$.table", spec.table());
        spec.columns().ifPresent(columns -> ColumnRules.check("$.columns", columns, problems));
        spec.partitionKeys().ifPresent(rules::checkKeys);
        rules.checkIndexes();
        spec.csv().ifPresent(rules::checkCsv);
        rules.checkDetection();
        ProcessorRules.check(spec, problems);
    }

    static void checkResolved(TableSpec spec, Problems problems) {
        SpecRules rules = new SpecRules(spec, problems);
        rules.checkIndexes();
        spec.partitionKeys().ifPresent(keys -> KeyRules.checkTimes("$.partitionKeys", keys, problems));
        spec.partitionKeys().ifPresent(rules::checkLayout);
        spec.partitionKeys().ifPresent(rules::checkZone);
        if (spec.onNewColumnsOrDefault() == OnNewColumns.APPEND) {
            spec.partitionKeys().ifPresent(rules::checkNoKeyIsAColumn);
            spec.csv().ifPresent(rules::checkCsv);
        }
        spec.partitionKeys().ifPresent(rules::checkDetection);
        ProcessorRules.checkResolved(spec, problems);
    }

    private void checkName(String path, String name) {
        if (!NAME.matcher(name).matches()) {
            problems.add(path, "expected lower-case letters, digits, '_' and '-', found '" + name + "'");
        }
    }

    private void checkKeys(List<PartitionKey> keys) {
        KeyRules.check("$.partitionKeys", keys, problems);
        if (keys.isEmpty()) {
            return;
        }
        checkNoKeyIsAColumn(keys);
        checkLayout(keys);
        checkZone(keys);
    }

    private void checkZone(List<PartitionKey> keys) {
        if (spec.timeZone().isPresent() && !new PartitionTime(keys).hasTime()) {
            reportNoTime("$.timeZone", "a time zone", keys);
        }
    }

    private void checkNoKeyIsAColumn(List<PartitionKey> keys) {
        Set<String> columns = spec.columns().orElse(List.of()).stream()
                .map(column -> Problems.lower(column.name()))
                .collect(Collectors.toSet());
        problems.each("$.partitionKeys", keys, (path, key) -> {
            String name = key.canonicalName();
            if (columns.contains(name)) {
                problems.add(
                        path + ".name",
                        "'" + name + "' is also a column, which makes the table unreadable: leave it out of $.columns");
            }
        });
    }

    private void checkIndexes() {
        spec.partitionIndexes()
                .ifPresent(
                        indexes -> spec.partitionKeys().ifPresent(keys -> IndexRules.check(indexes, keys, problems)));
    }

    private void checkLayout(List<PartitionKey> keys) {
        spec.layout().ifPresent(layout -> KeyRules.checkLayout("$.layout", layout, keys, problems));
    }

    private void checkCsv(CsvSpec csv) {
        spec.format()
                .filter(format -> format != DataFormat.CSV)
                .ifPresent(
                        format -> problems.add("$.csv", "is only for the format csv, the format is " + format.label()));
        if (csv.charset().isPresent() && !csv.options().charset().equals(StandardCharsets.UTF_8)) {
            problems.add("$.csv.charset", "is only for raw data ($.source.csv.charset): tables are read in UTF-8");
        }
        csv.ofRawDataOnly()
                .forEach(field -> problems.add(
                        "$.csv." + field, "is only for raw data ($.source.csv." + field + "): no SerDe reads it"));
        if (!csv.options().quoted()) {
            csv.delimiter()
                    .filter(text -> Character.isDigit(text.charAt(0)))
                    .ifPresent(text -> problems.add(
                            "$.csv.delimiter",
                            "expected a character that is no digit, found '" + text
                                    + "': readers take a number for the code of a character"));
            return;
        }
        if (csv.nullText().isPresent()) {
            problems.add("$.csv.nullText", "is not for quoted CSV: it is read by OpenCSVSerde, which knows no null");
        }
        problems.each("$.columns", spec.columns().orElse(List.of()), (path, column) -> {
            if (!"string".equalsIgnoreCase(column.type())) {
                problems.add(
                        path + ".type",
                        "expected string, found '" + column.type()
                                + "': quoted CSV is read by OpenCSVSerde, whose columns are all strings");
            }
        });
    }

    private void checkDetection() {
        DetectionSpec detection = spec.detectionOrDefault();
        detection
                .maxAttempts()
                .filter(attempts -> attempts < 1)
                .ifPresent(
                        attempts -> problems.add("$.detection.maxAttempts", "expected 1 or more, found " + attempts));
        detection
                .readiness()
                .filter(readiness -> !readiness.asksAnything())
                .ifPresent(readiness ->
                        problems.add("$.detection.readiness", "expected a marker, a quietPeriod, or an age"));
        switch (detection) {
            case DetectionSpec.Listing listing -> {}
            case DetectionSpec.Full full -> {
                if (full.force().isPresent() && full.vanishedOrDefault() != OnVanished.DEREGISTER) {
                    problems.add("$.detection.force", "is only for \"vanished\": \"deregister\"");
                }
            }
            case DetectionSpec.Range range -> checkOrder(range.from(), range.to());
            case DetectionSpec.Explicit explicit -> {
                if (explicit.partitions().isEmpty()) {
                    problems.add("$.detection.partitions", "expected at least one partition");
                }
            }
            case DetectionSpec.Calendar calendar -> checkCalendar(calendar);
            case DetectionSpec.Events events -> {}
        }
    }

    private void checkOrder(LocalMoment from, LocalMoment to) {
        boolean hasFrom = hasYear("$.detection.from", from);
        boolean hasTo = hasYear("$.detection.to", to);
        if (hasFrom && hasTo && !from.value().isBefore(to.value())) {
            problems.add("$.detection.to", "expected a moment after $.detection.from (" + from + "), found " + to);
        }
    }

    /** No period begins in another year. */
    private boolean hasYear(String path, LocalMoment moment) {
        boolean hasYear = moment.value().getYear() >= 0 && moment.value().getYear() <= TimePattern.LAST_YEAR;
        if (!hasYear) {
            problems.add(path, "expected a year of four digits, such as in 2013-02-08, found " + moment);
        }
        return hasYear;
    }

    private void checkCalendar(DetectionSpec.Calendar calendar) {
        boolean isWrittenOut = calendar.from().isPresent() && calendar.to().isPresent();
        boolean isWrittenOutInPart =
                calendar.from().isPresent() || calendar.to().isPresent();
        boolean isRelative = calendar.past().isPresent() || calendar.ahead().isPresent();
        if (isWrittenOutInPart == isRelative || isWrittenOut != isWrittenOutInPart) {
            problems.add("$.detection", "calendar needs from and to, or one of past and ahead, or both of these");
        } else if (isWrittenOut) {
            checkOrder(calendar.from().get(), calendar.to().get());
        }
        calendar.zone().filter(zone -> !isZone(zone)).ifPresent(zone -> problems.addNoZone("$.detection.zone", zone));
        spec.timeZone()
                .filter(zone -> calendar.zone()
                        .filter(other -> !isZone(other) || !new KeyZone(ZoneId.of(other)).equals(zone))
                        .isPresent())
                .ifPresent(zone -> problems.add(
                        "$.detection.zone",
                        "contradicts $.timeZone, which is " + zone + ": leave it out, the keys' zone applies"));
    }

    private static boolean isZone(String zone) {
        try {
            ZoneId.of(zone);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private void checkDetection(List<PartitionKey> keys) {
        DetectionSpec detection = spec.detectionOrDefault();
        if (detection instanceof DetectionSpec.Explicit explicit) {
            problems.each(
                    "$.detection.partitions",
                    explicit.partitions(),
                    (path, partition) -> problems.attempt(path, () -> partition.valuesFor(keys)));
        }
        if (new PartitionTime(keys).hasTime()) {
            boolean mayLack = detection.gaps().filter(Gaps.OUTSTANDING::equals).isPresent();
            if (mayLack && new Periods(keys).unit().isEmpty()) {
                problems.add(
                        "$.detection.gaps",
                        "outstanding needs keys whose periods have a length (years, months, days, hours or minutes), and those"
                                + " of the table's keys "
                                + keys.stream().map(PartitionKey::name).toList() + " have none");
            }
            return;
        }
        switch (detection) {
            case DetectionSpec.Listing listing ->
                listing.lookback().ifPresent(any -> reportNoTime("$.detection.lookback", "a lookback", keys));
            case DetectionSpec.Range range -> reportNoTime("$.detection.mode", "range", keys);
            case DetectionSpec.Calendar calendar -> reportNoTime("$.detection.mode", "calendar", keys);
            case DetectionSpec.Full full -> {}
            case DetectionSpec.Explicit explicit -> {}
            case DetectionSpec.Events events -> {}
        }
        if (detection.gaps().isPresent()) {
            reportNoTime("$.detection.gaps", "gaps", keys);
        }
        if (detection.readiness().flatMap(Readiness::age).isPresent()) {
            reportNoTime("$.detection.readiness.age", "an age", keys);
        }
    }

    private void reportNoTime(String path, String what, List<PartitionKey> keys) {
        problems.add(
                path,
                what + " needs keys that are times (of type date or timestamp, with a format, or called year,"
                        + " month, day, hour), and the table's are "
                        + keys.stream().map(PartitionKey::name).toList());
    }
}
