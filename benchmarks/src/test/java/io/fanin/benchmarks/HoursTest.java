package io.fanin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.table.S3Location;
import io.fanin.fakes.FakeGlue;
import io.fanin.fakes.FakeS3;
import io.fanin.fakes.Faults;
import io.fanin.fakes.ManualClock;
import io.fanin.fakes.RequestLog;
import io.fanin.fakes.StartAfterInside;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionsResponse;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What is computed is answered as if it were held: the same requests go to S3 and Glue that hold it. */
class HoursTest {

    private static final long SEED = 20_261_118;
    private static final int LISTINGS = 120;
    private static final ManualClock CLOCK = new ManualClock(Instant.parse("2026-11-01T00:00:00Z"));
    private static final S3Location FOLDER = S3Location.of("s3://lake/events/");
    private static final Map<String, String> PARAMETERS = Map.of("numFiles", "100", "fanin.inventory", "ab12");

    /** Over the end of a year. */
    private static final Hours HOURS = new Hours(FOLDER, Naming.TEMPLATE, LocalDateTime.parse("2025-12-31T15:00"), 37);

    @Test
    void hoursFollowEachOtherOverTheEndOfAYear() {
        assertThat(HOURS.values(0)).containsExactly("2025", "12", "31", "15");
        assertThat(HOURS.values(8)).containsExactly("2025", "12", "31", "23");
        assertThat(HOURS.values(9)).containsExactly("2026", "01", "01", "00");
        assertThat(HOURS.last()).isEqualTo("2026-01-02T03:00");
        assertThat(Hours.until(LocalDateTime.parse("2026-01-02T04:00"), FOLDER, Naming.TEMPLATE, 37))
                .isEqualTo(HOURS);
    }

    @Test
    void millionHoursReachBackOverLeapYears() {
        Hours million = Hours.until(LocalDateTime.parse("2026-11-18T00:00"), FOLDER, Naming.TEMPLATE, 1_000_000);

        for (int hour : new int[] {0, 1, 499_999, 999_999}) {
            LocalDateTime moment = million.first().plusHours(hour);
            assertThat(String.join(" ", million.values(hour)))
                    .isEqualTo("%04d %02d %02d %02d"
                            .formatted(
                                    moment.getYear(),
                                    moment.getMonthValue(),
                                    moment.getDayOfMonth(),
                                    moment.getHour()));
        }
    }

    @Test
    void hiveNamesCarryTheirKeys() {
        Hours hive = new Hours(FOLDER, Naming.HIVE, LocalDateTime.parse("2025-12-31T15:00"), 37);

        assertThat(hive.ceiling("events/year=2025/month=12/day=31/hour=23/q"))
                .hasValue("events/year=2026/month=01/day=01/hour=00/part-00000.json");
        assertThat(hive.ceiling("events/year=2026/month=01/day=02/hour=04/")).isEmpty();
    }

    @Test
    void hoursBeforeTheEpochAreComputedToo() {
        Hours old = new Hours(FOLDER, Naming.TEMPLATE, LocalDateTime.parse("1969-12-31T22:00"), 4);

        assertThat(old.values(1)).containsExactly("1969", "12", "31", "23");
        assertThat(old.values(2)).containsExactly("1970", "01", "01", "00");
    }

    @ParameterizedTest
    @EnumSource(StartAfterInside.class)
    void listingsAreThoseOfABucketThatHoldsTheKeys(StartAfterInside inside) {
        S3Client computed = computedS3().startAfterInside(inside).client();
        S3Client held = heldS3().startAfterInside(inside).client();
        Random random = new Random(SEED);
        for (int i = 0; i < LISTINGS; i++) {
            ListObjectsV2Request request = randomListing(random);

            assertThat(pages(computed, request))
                    .as("seed %d, listing %d: %s", SEED, i, request)
                    .isEqualTo(pages(held, request));
        }
    }

    @Test
    void computedObjectsAreReadLikeStoredOnes() {
        S3Client computed = computedS3().client();
        String key = "events/2026/01/01/00/part-00007.json";

        assertThat(computed.getObjectAsBytes(get -> get.bucket("lake").key(key)).asUtf8String())
                .isEqualTo("{}");
        assertThatThrownBy(() ->
                        computed.getObjectAsBytes(get -> get.bucket("lake").key(key + "x")))
                .isInstanceOf(NoSuchKeyException.class);
    }

    @Test
    void computedBucketCannotBeWrittenTo() {
        S3Client computed = computedS3().client();

        assertThatThrownBy(() -> computed.putObject(put -> put.bucket("lake").key("a"), RequestBody.fromString("b")))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("cannot hold a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "year = '2026'",
                "(year > '2025') OR (year = '2025' AND month = '12' AND hour >= '22')",
                "day = '01' AND hour < '05'",
                "year = '1999'"
            })
    void partitionsAreThoseOfATableThatHoldsThem(String expression) {
        GlueClient computed = computedGlue().client();
        GlueClient held = heldGlue().client();
        for (int size : new int[] {1, 7, 1_000}) {
            GetPartitionsRequest request = request(size).toBuilder()
                    .expression(expression.isEmpty() ? null : expression)
                    .build();

            assertThat(pages(computed, request)).as("pages of %d", size).isEqualTo(pages(held, request));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, true", "3, false", "10, true"})
    void segmentsAreThoseOfATableThatHoldsThem(int total, boolean bare) {
        GlueClient computed = computedGlue().client();
        GlueClient held = heldGlue().client();
        int partitions = 0;
        for (int number = 0; number < total; number++) {
            int of = number;
            GetPartitionsRequest request = request(5).toBuilder()
                    .excludeColumnSchema(bare)
                    .segment(segment -> segment.segmentNumber(of).totalSegments(total))
                    .build();

            List<GetPartitionsResponse> pages = pages(computed, request);

            assertThat(pages).isEqualTo(pages(held, request));
            partitions +=
                    pages.stream().mapToInt(page -> page.partitions().size()).sum();
        }
        assertThat(partitions).isEqualTo(HOURS.count());
    }

    @Test
    void partitionsAskedForByValuesAreThoseThatAreThere() {
        List<PartitionValueList> asked = Stream.of(
                        HOURS.values(0),
                        HOURS.values(36),
                        HOURS.values(37),
                        List.of("2026", "1", "01", "00"),
                        List.of("2025", "12", "31", "14"))
                .map(values -> PartitionValueList.builder().values(values).build())
                .toList();

        List<?> found = get(computedGlue().client(), asked);

        assertThat(found).isEqualTo(get(heldGlue().client(), asked)).hasSize(2);
        assertThatThrownBy(() -> computedGlue()
                        .client()
                        .getPartition(get -> get.databaseName("lakehouse")
                                .tableName("events")
                                .partitionValues(HOURS.values(37))))
                .isInstanceOf(EntityNotFoundException.class);
    }

    private static FakeS3 computedS3() {
        return new FakeS3(CLOCK, new RequestLog(), new Faults()).createBucket("lake", HOURS, "{}");
    }

    private static FakeS3 heldS3() {
        FakeS3 s3 = new FakeS3(CLOCK, new RequestLog(), new Faults()).createBucket("lake");
        keys().forEach(key -> s3.put("lake", key, "{}"));
        return s3;
    }

    private static Stream<String> keys() {
        return IntStream.range(0, HOURS.count())
                .mapToObj(HOURS::values)
                .flatMap(values -> Hours.names().stream().map(name -> HOURS.prefix(values) + name));
    }

    private static ListObjectsV2Request randomListing(Random random) {
        ListObjectsV2Request.Builder request = ListObjectsV2Request.builder()
                .bucket("lake")
                .prefix(randomName(random))
                .maxKeys(pick(random, 1, 2, 30, 1_000));
        Optional.of("/").filter(slash -> random.nextInt(4) > 0).ifPresent(request::delimiter);
        Optional.of(randomName(random)).filter(name -> random.nextBoolean()).ifPresent(request::startAfter);
        Optional.of(EncodingType.URL).filter(url -> random.nextBoolean()).ifPresent(request::encodingType);
        return request.build();
    }

    /** The beginning of a key, at a level's end or amid it, or something just before or after it. */
    private static String randomName(Random random) {
        String key = HOURS.prefix(HOURS.values(random.nextInt(HOURS.count())))
                + Hours.names().get(random.nextInt(Hours.FILES));
        String beginning = random.nextBoolean()
                ? key.substring(0, random.nextInt(key.length() + 1))
                : String.join("/", Arrays.copyOf(key.split("/", -1), 1 + random.nextInt(6))) + "/";
        return beginning + pick(random, "", "", "", "", " ", "0", "~", "\uE000", "\uD83D\uDE00");
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** No more than a few of them: pages of one key would be thousands. */
    private static List<List<?>> pages(S3Client s3, ListObjectsV2Request first) {
        List<List<?>> pages = new ArrayList<>();
        Optional<ListObjectsV2Request> next = Optional.of(first);
        while (next.isPresent() && pages.size() < 5) {
            ListObjectsV2Response page = s3.listObjectsV2(next.get());
            pages.add(List.of(page.contents(), page.commonPrefixes(), page.isTruncated(), page.keyCount()));
            next = Optional.ofNullable(page.nextContinuationToken())
                    .map(token -> first.toBuilder().continuationToken(token).build());
        }
        return pages;
    }

    private static FakeGlue computedGlue() {
        return glue().computePartitions("lakehouse", "events", HOURS.registered(values -> PARAMETERS));
    }

    private static FakeGlue heldGlue() {
        FakeGlue glue = glue();
        List<PartitionInput> inputs = IntStream.range(0, HOURS.count())
                .mapToObj(HOURS::values)
                .map(values -> PartitionInput.builder()
                        .values(values)
                        .storageDescriptor(storage("s3://lake/" + HOURS.prefix(values)))
                        .parameters(PARAMETERS)
                        .build())
                .toList();
        glue.client()
                .batchCreatePartition(create ->
                        create.databaseName("lakehouse").tableName("events").partitionInputList(inputs));
        return glue;
    }

    private static FakeGlue glue() {
        FakeGlue glue = new FakeGlue(CLOCK, new RequestLog(), new Faults()).createDatabase("lakehouse");
        List<Column> keys = Stream.of("year", "month", "day", "hour")
                .map(name -> Column.builder().name(name).type("string").build())
                .toList();
        glue.client()
                .createTable(create -> create.databaseName("lakehouse")
                        .tableInput(table -> table.name("events")
                                .partitionKeys(keys)
                                .storageDescriptor(storage("s3://lake/events/"))));
        return glue;
    }

    private static StorageDescriptor storage(String location) {
        return StorageDescriptor.builder()
                .location(location)
                .columns(Column.builder().name("carrier").type("string").build())
                .inputFormat("org.apache.hadoop.mapred.TextInputFormat")
                .serdeInfo(serde -> serde.serializationLibrary("org.openx.data.jsonserde.JsonSerDe"))
                .build();
    }

    private static GetPartitionsRequest request(int size) {
        return GetPartitionsRequest.builder()
                .databaseName("lakehouse")
                .tableName("events")
                .maxResults(size)
                .build();
    }

    private static List<GetPartitionsResponse> pages(GlueClient glue, GetPartitionsRequest request) {
        return glue.getPartitionsPaginator(request).stream().toList();
    }

    private static List<?> get(GlueClient glue, List<PartitionValueList> values) {
        return glue.batchGetPartition(
                        get -> get.databaseName("lakehouse").tableName("events").partitionsToGet(values))
                .partitions();
    }
}
