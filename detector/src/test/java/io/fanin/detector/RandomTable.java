package io.fanin.detector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.TableRecords;
import io.fanin.core.record.TestForms;
import io.fanin.detector.RandomPlace.Standing;
import io.fanin.fakes.StartAfterInside;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.failure.StandingRegistration;
import io.fanin.model.layout.Layout;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.partition.Keys;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Failure;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.table.TableDefinition;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A random table with partitions in S3, in Glue and with failures, and the expected findings. */
final class RandomTable {

    private static final int PARTITIONS = 60;
    private static final LocalDateTime LAST = LocalDateTime.of(2026, 11, 20, 9, 0);

    /** The furthest local time at the fixture's reference time. */
    private static final LocalDateTime HORIZON = LocalDateTime.of(2026, 11, 21, 0, 0);

    final DetectorFixture fixture = new DetectorFixture();

    private final Random random;
    private final List<PartitionKey> keys;
    private final Layout layout;

    /** By the form in which numbers have no zeros before them. */
    private final Map<List<String>, RandomPlace> places = new TreeMap<>(Comparator.comparing(Object::toString));

    private final Duration lookback;
    private final boolean canSayNothing;

    RandomTable(String written, String layout, Random random) {
        this.random = random;
        this.keys = Keys.of(written);
        String json = json(written);
        fixture.tableOf(json, layout);
        TableDefinition definition = DetectorFixture.resolved(
                        DetectorFixture.keyed(json) + ", 'layout': '" + layout + "'")
                .definition();
        this.layout = Layout.of(definition);
        this.lookback = Duration.ofHours(List.of(0, 6, 24, 120).get(random.nextInt(4)));
        this.canSayNothing = layout.equals("hive") || keys.size() > 1;
        fill();
        fixture.aws.s3().pageSize(1 + random.nextInt(20));
        fixture.aws
                .s3()
                .startAfterInside(
                        random.nextBoolean() ? StartAfterInside.RETURNS_PREFIX : StartAfterInside.SKIPS_PREFIX);
        fixture.aws.glue().scanAtMost(1 + random.nextInt(50));
    }

    /** Keys as a spec has them. */
    static String json(String written) {
        return Keys.of(written).stream()
                .map(key -> "{'name': '" + key.name() + "', 'type': '"
                        + key.type().hiveName() + "'"
                        + key.format()
                                .map(format -> ", 'format': '" + format + "'")
                                .orElse("")
                        + key.interval().map(units -> ", 'interval': " + units).orElse("") + "}")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    JsonNode spec(String detection) {
        String more = detection.contains("full") || !isTimed() ? "" : ", 'lookback': '" + lookback + "'";
        return DetectorFixture.json("{" + DetectorFixture.NAMES + ", 'detection': {" + detection + more
                + ", 'maxAttempts': " + RandomPlace.MAX_ATTEMPTS + "}}");
    }

    /** The findings of a window: failures wherever they are, and late data no further back than the lookback. */
    Predicate<RandomPlace> withinWindow(Optional<LocalDateTime> from) {
        Optional<LocalDateTime> late = from.flatMap(window -> new TableRecords(fixture.state)
                .read(DetectorFixture.FLIGHTS)
                .progress()
                .newest()
                .map(newest -> LocalDateTime.parse(newest).minus(lookback)));
        return place -> place.reason()
                .map(why -> switch (why) {
                    case RETRIED -> true;
                    case LATE -> place.beginsFrom(late);
                    case NEW, AGAIN, UNVERIFIED -> place.beginsFrom(from);
                })
                .orElse(false);
    }

    Set<String> expected(Predicate<RandomPlace> which) {
        return places.values().stream()
                .filter(which)
                .flatMap(place -> place.toProcess().stream())
                .map(Partition::toString)
                .collect(Collectors.toSet());
    }

    /** Whether a look at all of it has told this. */
    void require(DetectionReport report, String context) {
        List<RandomPlace> seen = places.values().stream()
                .filter(place -> !place.prefixes.isEmpty())
                .toList();
        List<RandomPlace> known =
                seen.stream().filter(place -> place.standing != Standing.ABSENT).toList();
        assertThat(report.counts().found()).as(context).isEqualTo(seen.size());
        assertThat(report.counts().registered()).as(context).isEqualTo(known.size());
        assertThat(report.newest())
                .as(context)
                .isEqualTo(moments(known).max(Comparator.naturalOrder()).map(LocalDateTime::toString));
        assertThat(report.counts().setAside().count())
                .as(context)
                .isEqualTo(
                        places.values().stream().filter(RandomPlace::isSetAside).count());
        assertThat(report.counts().skips().reasons().getOrDefault(SkipReason.CONFLICT, 0L))
                .as(context)
                .isEqualTo(seen.stream()
                        .filter(RandomPlace::isInConflict)
                        .mapToLong(place -> place.prefixes.size())
                        .sum());
        Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
        places.values().forEach(place -> place.reason().ifPresent(why -> reasons.merge(why, 1L, Long::sum)));
        assertThat(report.counts().pending().reasons()).as(context).isEqualTo(reasons);
        List<LocalDateTime> periods = moments(seen).sorted().distinct().toList();
        long span = periods.isEmpty() ? 0 : ChronoUnit.HOURS.between(periods.getFirst(), periods.getLast()) + 1;
        assertThat(report.counts().missing().count()).as(context).isEqualTo(span - periods.size());
    }

    private static Stream<LocalDateTime> moments(Collection<RandomPlace> places) {
        return places.stream().flatMap(place -> place.moment.stream()).filter(moment -> !moment.isAfter(HORIZON));
    }

    boolean isTimed() {
        return keys.stream().noneMatch(key -> key.name().equals("shard"));
    }

    private void fill() {
        for (int i = 0; i < PARTITIONS; i++) {
            add(LAST.minusHours((long) Math.pow(random.nextInt(40), 2)), random.nextInt(4) > 0);
        }
        add(LAST.plusYears(73), random.nextBoolean());
        fixture.settled();
        for (int i = 0; i < PARTITIONS / 4; i++) {
            add(LAST.minusHours((long) Math.pow(random.nextInt(40), 2) - 10), false);
        }
        fixture.data("_tmp", "x=1", "readme");
        List<OutstandingFailure> failures = new ArrayList<>();
        places.values().forEach(place -> {
            // Outside of the window it is not known that the prefix is no longer the only one.
            if (!place.isInConflict() && random.nextInt(6) == 0) {
                failures.add(fail(place));
            }
        });
        fixture.record(record -> record.withFailures(failures, TestForms.AS_WRITTEN));
        fixture.published();
    }

    private void add(LocalDateTime at, boolean mayBeRegistered) {
        List<String> values = new ArrayList<>();
        boolean saysNothing = canSayNothing && random.nextInt(25) == 0;
        int odd = saysNothing ? random.nextInt(keys.size()) : -1;
        for (int i = 0; i < keys.size(); i++) {
            values.add(i == odd ? PartitionValues.HIVE_DEFAULT : value(keys.get(i), at));
        }
        boolean hasTime = isTimed() && (odd < 0 || keys.get(odd).name().equals("region"));
        RandomPlace place = places.computeIfAbsent(
                canonical(values), all -> new RandomPlace(values, hasTime ? Optional.of(at) : Optional.empty()));
        if (place.standing != Standing.ABSENT) {
            return;
        }
        String path = layout.path(new PartitionValues(values));
        boolean isInS3 = random.nextInt(8) > 0;
        if (isInS3 || !place.prefixes.isEmpty()) {
            fixture.data(path);
            place.prefixes.put("flights/" + path, List.copyOf(values));
        }
        if (!mayBeRegistered) {
            return;
        }
        place.registered =
                place.isInConflict() ? place.prefixes.values().iterator().next() : reformed(values);
        if (!isInS3 || place.isInConflict() || random.nextBoolean()) {
            place.standing = Standing.OTHERS;
            fixture.registered(place.registered.toArray(String[]::new));
        } else {
            String bare = path.substring(0, path.length() - 1);
            fixture.processed(bare, place.registered.toArray(String[]::new));
            place.standing = Standing.SAME;
            if (random.nextInt(3) == 0) {
                fixture.aws.s3().put("lake", "flights/" + path + "late.json", "{}");
                place.standing = Standing.CHANGED;
            }
        }
    }

    private OutstandingFailure fail(RandomPlace place) {
        Partition partition = new Partition(
                new PartitionValues(place.values),
                place.prefixes.keySet().stream().findFirst().orElse("flights/gone/"));
        place.failed = Optional.of(partition);
        place.attempts = 1 + random.nextInt(3);
        boolean wasRegistered = place.standing != Standing.ABSENT && random.nextBoolean();
        place.isHealed = place.standing != Standing.ABSENT && !wasRegistered;
        String by = place.standing == Standing.OTHERS ? "" : "s3://state/runs/earlier/";
        return new OutstandingFailure(
                partition,
                place.attempts,
                new Failure(FailureCode.TRUNCATED, "cut"),
                new RunId("earlier"),
                0,
                wasRegistered ? new StandingRegistration(Optional.of(by), Optional.empty()) : StandingRegistration.NONE,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Glue has whole numbers with a zero before them, or without. */
    private List<String> reformed(List<String> values) {
        List<String> reformed = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            reformed.add(isNumber(i) && random.nextInt(4) == 0 ? bare(values.get(i)) : values.get(i));
        }
        return reformed;
    }

    private List<String> canonical(List<String> values) {
        List<String> canonical = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            canonical.add(isNumber(i) ? bare(values.get(i)) : values.get(i));
        }
        return canonical;
    }

    private boolean isNumber(int key) {
        return keys.get(key).type().hiveName().equals("int");
    }

    private static String bare(String value) {
        return value.equals(PartitionValues.HIVE_DEFAULT) ? value : String.valueOf(Integer.parseInt(value));
    }

    private String value(PartitionKey key, LocalDateTime at) {
        return switch (key.name()) {
            case "dt" -> at.toLocalDate().toString();
            case "year" -> String.valueOf(at.getYear());
            case "month" -> number(at.getMonthValue());
            case "day" -> number(at.getDayOfMonth());
            case "hour" -> number(at.getHour());
            case "at" ->
                DateTimeFormatter.ofPattern(
                                key.format()
                                        .filter(format -> !key.type().hiveName().equals("timestamp"))
                                        .orElse("yyyy-MM-dd HH:mm:ss"),
                                Locale.ROOT)
                        .format(at);
            case "shard" -> number(at.getHour());
            default -> List.of("eu", "us").get(random.nextInt(2));
        };
    }

    /** Padded as a rule; a number without its zero is another text, and the same int. */
    private String number(int number) {
        boolean isBare = random.nextInt(12) == 0;
        return isBare ? String.valueOf(number) : String.format(Locale.ROOT, "%02d", number);
    }
}
