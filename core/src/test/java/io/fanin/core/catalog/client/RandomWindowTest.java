package io.fanin.core.catalog.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.TableDefinition;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Random tables in a Glue that compares values as AWS does, compared with the meaning of the values. */
class RandomWindowTest {

    private static final LocalDateTime FIRST = LocalDateTime.of(2025, 11, 1, 0, 0);
    private static final int HOURS = 24 * 400;
    private static final int ROUNDS = 20;
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("yyyy/MM/dd/HH");

    static Stream<Arguments> tables() {
        PartitionKey region = new PartitionKey("region", KeyType.STRING);
        return Stream.of(
                Arguments.of("padded units", units(KeyType.STRING), List.of("yyyy", "MM", "dd", "HH")),
                Arguments.of("bare units", units(KeyType.STRING), List.of("yyyy", "M", "d", "H")),
                Arguments.of("numbers", units(KeyType.INT), List.of("yyyy", "M", "dd", "H")),
                Arguments.of(
                        "a date and an hour",
                        List.of(new PartitionKey("dt", KeyType.DATE), new PartitionKey("hour", KeyType.STRING)),
                        List.of("yyyy-MM-dd", "H")),
                Arguments.of(
                        "a timestamp below another key",
                        List.of(region, new PartitionKey("at", KeyType.TIMESTAMP)),
                        List.of("'eu'", "yyyy-MM-dd HH:mm:ss")),
                Arguments.of(
                        "a text that sorts",
                        List.of(new PartitionKey("at", KeyType.STRING, "yyyy/MM/dd/HH")),
                        List.of("yyyy/MM/dd/HH")),
                Arguments.of(
                        "a text that does not sort",
                        List.of(new PartitionKey("at", KeyType.STRING, "HH-dd-MM-yyyy")),
                        List.of("HH-dd-MM-yyyy")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tables")
    void noPartitionFromTheMomentOnIsMissing(String description, List<PartitionKey> keys, List<String> patterns) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            CatalogFixture fixture = new CatalogFixture();
            Set<PartitionValues> registered = new LinkedHashSet<>();
            for (int i = 0; i < 100; i++) {
                registered.add(valuesOf(patterns, FIRST.plusHours(random.nextInt(HOURS)), random));
            }
            put(fixture, keys, registered);
            LocalDateTime from = FIRST.plusMinutes(random.nextInt(HOURS * 60));
            Set<PartitionValues> seen = new HashSet<>();

            fixture.catalog.forEachPartitionFrom(CatalogFixture.FLIGHTS, keys, from, one -> seen.add(one.values()));

            PartitionTime time = new PartitionTime(keys);
            Set<PartitionValues> wanted = registered.stream()
                    .filter(values -> time.of(values)
                            .filter(moment -> !moment.isBefore(from))
                            .isPresent())
                    .collect(Collectors.toSet());
            assertThat(seen).as("seed %d, from %s", seed, from).containsAll(wanted);
            assertThat(registered).containsAll(seen);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tables")
    void nullIsNeverMissing(String description, List<PartitionKey> keys, List<String> patterns) {
        CatalogFixture fixture = new CatalogFixture();
        PartitionValues none = new PartitionValues(
                keys.stream().map(key -> PartitionValues.HIVE_DEFAULT).toList());
        put(fixture, keys, Set.of(none));
        List<PartitionValues> seen = new ArrayList<>();

        fixture.catalog.forEachPartitionFrom(CatalogFixture.FLIGHTS, keys, FIRST, one -> seen.add(one.values()));

        assertThat(seen).containsExactly(none);
    }

    /** Of 2,500 hours, which are three pages, 48 and those of the day that they begin on. */
    @ParameterizedTest
    @EnumSource(
            value = KeyType.class,
            names = {"STRING", "SMALLINT", "INT"})
    void windowOfUnitsTakesOneRequest(KeyType type) {
        CatalogFixture fixture = new CatalogFixture();
        List<PartitionKey> keys = units(type);
        LocalDateTime end = FIRST.plusHours(2500);
        put(
                fixture,
                keys,
                Stream.iterate(FIRST, moment -> moment.isBefore(end), moment -> moment.plusHours(1))
                        .map(moment -> PartitionValues.of(moment.format(HOUR).split("/")))
                        .collect(Collectors.toSet()));
        fixture.glue.log().reset();
        AtomicInteger seen = new AtomicInteger();

        fixture.catalog.forEachPartitionFrom(
                CatalogFixture.FLIGHTS, keys, end.minusHours(48), one -> seen.incrementAndGet());

        assertThat(fixture.glue.log().count()).isEqualTo(1);
        assertThat(seen).satisfies(count -> assertThat(count.get()).isBetween(48, 48 + 23));
    }

    private static List<PartitionKey> units(KeyType type) {
        return Stream.of("year", "month", "day", "hour")
                .map(name -> new PartitionKey(name, type))
                .toList();
    }

    /** Numbers are padded at random where the table's own are: producers do not agree. */
    private static PartitionValues valuesOf(List<String> patterns, LocalDateTime moment, Random random) {
        return new PartitionValues(patterns.stream()
                .map(pattern -> pattern.length() == 2 && random.nextInt(10) == 0 ? pattern.substring(1) : pattern)
                .map(pattern -> moment.format(DateTimeFormatter.ofPattern(pattern)))
                .toList());
    }

    private static void put(CatalogFixture fixture, List<PartitionKey> keys, Set<PartitionValues> registered) {
        fixture.catalog.createTableIfAbsent(
                new TableDefinition(
                        CatalogFixture.FLIGHTS,
                        CatalogFixture.DEFINITION.location(),
                        DataFormat.PARQUET,
                        CsvOptions.DEFAULT,
                        CatalogFixture.DEFINITION.columns(),
                        keys,
                        TableDefinition.HIVE_LAYOUT),
                Map.of());
        registered.forEach(values ->
                fixture.glue.putPartition("analytics", "flights", values.values(), "s3://lake/" + values + "/"));
    }
}
