package io.fanin.core.spec.rules;

import io.fanin.core.partition.PartitionKey;
import io.fanin.core.partition.PartitionTime;
import io.fanin.core.spec.DetectionSpec;
import io.fanin.core.spec.LocalMoment;
import io.fanin.core.spec.SpecException.Problem;
import io.fanin.core.spec.TableSpec;
import io.fanin.core.table.Column;
import io.fanin.core.table.DataFormat;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The combinations that a spec of the right types may not have. */
final class SpecRules {

    /** What Glue keeps as it is (it lowers capitals) and Athena takes without surprises. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,255}");

    private static final Pattern QUEUE_URL = Pattern.compile("https?://[^/\\s]+/[^?#\\s]+");

    /** SQS keeps at most 120,000 messages of a queue in flight. */
    private static final int MAX_MESSAGES = 100_000;

    private final TableSpec spec;
    private final List<Problem> problems = new ArrayList<>();

    private SpecRules(TableSpec spec) {
        this.spec = spec;
    }

    static List<Problem> problems(TableSpec spec) {
        SpecRules rules = new SpecRules(spec);
        rules.checkName("$.database", spec.database());
        rules.checkName("$.table", spec.table());
        spec.columns().ifPresent(columns -> rules.problems.addAll(ColumnRules.problems("$.columns", columns)));
        rules.checkKeys();
        rules.checkIndexes();
        rules.checkCsv();
        rules.checkDetection();
        rules.problems.addAll(ProcessorRules.problems(spec));
        return rules.problems;
    }

    static List<Problem> resolvedProblems(TableSpec spec) {
        SpecRules rules = new SpecRules(spec);
        rules.checkIndexes();
        spec.partitionKeys().ifPresent(rules::checkLayout);
        spec.partitionKeys().ifPresent(rules::checkDetection);
        rules.problems.addAll(ProcessorRules.resolvedProblems(spec));
        return rules.problems;
    }

    private void checkName(String path, String name) {
        if (!NAME.matcher(name).matches()) {
            report(path, "expected lower-case letters, digits, '_' and '-', found '" + name + "'");
        }
    }

    private void checkKeys() {
        if (spec.partitionKeys().isEmpty()) {
            return;
        }
        List<PartitionKey> keys = spec.partitionKeys().get();
        problems.addAll(KeyRules.problems("$.partitionKeys", keys));
        if (keys.isEmpty()) {
            return;
        }
        Set<String> columns = new HashSet<>();
        spec.columns().orElse(List.of()).forEach(column -> columns.add(canonical(column.name())));
        for (int i = 0; i < keys.size(); i++) {
            String name = keys.get(i).canonicalName();
            if (columns.contains(name)) {
                report(
                        "$.partitionKeys[" + i + "].name",
                        "'" + name + "' is also a column, which makes the table unreadable: leave it out of $.columns");
            }
        }
        checkLayout(keys);
    }

    private void checkIndexes() {
        if (spec.partitionIndexes().isPresent() && spec.partitionKeys().isPresent()) {
            problems.addAll(IndexRules.problems(
                    spec.partitionIndexes().get(), spec.partitionKeys().get()));
        }
    }

    private void checkLayout(List<PartitionKey> keys) {
        spec.layout()
                .flatMap(layout -> KeyRules.layoutProblem("$.layout", layout, keys))
                .ifPresent(problems::add);
    }

    private void checkCsv() {
        if (spec.csv().isEmpty()) {
            return;
        }
        if (spec.format().filter(format -> format != DataFormat.CSV).isPresent()) {
            report(
                    "$.csv",
                    "is only for the format csv, the format is "
                            + spec.format().get().label());
        }
        if (spec.csv().get().options().quoted()) {
            if (spec.csv().get().nullText().isPresent()) {
                report("$.csv.nullText", "is not for quoted CSV: it is read by OpenCSVSerde, which knows no null");
            }
            List<Column> columns = spec.columns().orElse(List.of());
            for (int i = 0; i < columns.size(); i++) {
                if (!"string".equalsIgnoreCase(columns.get(i).type())) {
                    report(
                            "$.columns[" + i + "].type",
                            "expected string, found '" + columns.get(i).type()
                                    + "': quoted CSV is read by OpenCSVSerde, whose columns are all strings");
                }
            }
        }
    }

    private void checkDetection() {
        DetectionSpec detection = spec.detectionOrDefault();
        detection
                .maxAttempts()
                .filter(attempts -> attempts < 1)
                .ifPresent(attempts -> report("$.detection.maxAttempts", "expected 1 or more, found " + attempts));
        detection
                .readiness()
                .filter(readiness -> !readiness.asksAnything())
                .ifPresent(readiness -> report("$.detection.readiness", "expected a marker, a quietPeriod, or both"));
        switch (detection) {
            case DetectionSpec.Listing listing -> {}
            case DetectionSpec.Full full -> {}
            case DetectionSpec.Range range -> checkOrder(range.from(), range.to());
            case DetectionSpec.Explicit explicit -> {
                if (explicit.partitions().isEmpty()) {
                    report("$.detection.partitions", "expected at least one partition");
                }
            }
            case DetectionSpec.Calendar calendar -> checkCalendar(calendar);
            case DetectionSpec.Queue queue -> checkQueue(queue);
        }
    }

    private void checkOrder(LocalMoment from, LocalMoment to) {
        if (!from.value().isBefore(to.value())) {
            report("$.detection.to", "expected a moment after $.detection.from (" + from + "), found " + to);
        }
    }

    private void checkCalendar(DetectionSpec.Calendar calendar) {
        boolean isWrittenOut = calendar.from().isPresent() && calendar.to().isPresent();
        boolean isWrittenOutInPart =
                calendar.from().isPresent() || calendar.to().isPresent();
        boolean isRelative = calendar.past().isPresent() || calendar.ahead().isPresent();
        if (isWrittenOutInPart == isRelative || isWrittenOut != isWrittenOutInPart) {
            report("$.detection", "calendar needs from and to, or one of past and ahead, or both of these");
        } else if (isWrittenOut) {
            checkOrder(calendar.from().get(), calendar.to().get());
        }
        calendar.zone().ifPresent(zone -> {
            try {
                ZoneId.of(zone);
            } catch (DateTimeException e) {
                report("$.detection.zone", "expected a time zone such as UTC or Europe/Berlin, found '" + zone + "'");
            }
        });
    }

    private void checkQueue(DetectionSpec.Queue queue) {
        if (!QUEUE_URL.matcher(queue.queueUrl()).matches()) {
            report(
                    "$.detection.queueUrl",
                    "expected the URL of an SQS queue such as"
                            + " https://sqs.eu-west-1.amazonaws.com/123456789012/landed, found '" + queue.queueUrl()
                            + "'");
        }
        queue.maxMessages()
                .filter(messages -> messages < 1 || messages > MAX_MESSAGES)
                .ifPresent(messages ->
                        report("$.detection.maxMessages", "expected 1 to " + MAX_MESSAGES + ", found " + messages));
    }

    /** Whether the keys can do what the detection asks of them. */
    private void checkDetection(List<PartitionKey> keys) {
        PartitionTime time = new PartitionTime(keys);
        switch (spec.detectionOrDefault()) {
            case DetectionSpec.Listing listing -> {
                if (!time.isTold() && listing.lookback().isPresent()) {
                    reportNoTime("$.detection.lookback", "a lookback", keys);
                }
            }
            case DetectionSpec.Full full -> {}
            case DetectionSpec.Range range -> {
                if (!time.isTold()) {
                    reportNoTime("$.detection.mode", "range", keys);
                }
            }
            case DetectionSpec.Queue queue -> {}
            case DetectionSpec.Explicit explicit -> {
                for (int i = 0; i < explicit.partitions().size(); i++) {
                    try {
                        explicit.partitions().get(i).valuesFor(keys);
                    } catch (IllegalArgumentException e) {
                        report("$.detection.partitions[" + i + "]", e.getMessage());
                    }
                }
            }
            case DetectionSpec.Calendar calendar -> {
                if (!time.isTold()) {
                    reportNoTime("$.detection.mode", "calendar", keys);
                }
            }
        }
        if (!time.isTold() && spec.detectionOrDefault().gaps().isPresent()) {
            reportNoTime("$.detection.gaps", "gaps", keys);
        }
    }

    private void reportNoTime(String path, String what, List<PartitionKey> keys) {
        report(
                path,
                what + " needs keys that are times (of type date or timestamp, with a format, or called year,"
                        + " month, day, hour), and the table's are "
                        + keys.stream().map(PartitionKey::name).toList());
    }

    private void report(String path, String message) {
        problems.add(new Problem(path, message));
    }

    private static String canonical(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
