package io.fanin.core.catalog.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.fakes.FakeS3;
import io.fanin.model.failure.StandingRegistration;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunId;
import io.fanin.model.table.S3Location;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegisteredPartitionTest {

    private static final PartitionValues HOUR = PartitionValues.of("2013-02-08", "17");
    private static final Instant NEWEST = Instant.parse("2013-02-08T18:04:00Z");
    private static final Instant OLDEST = Instant.parse("2013-02-08T17:01:00Z");

    private static final RunFolder RUN =
            new RunFolder(new S3ObjectStore(new FakeS3().client(), "state"), new RunId("nightly"));

    @Test
    void whatWasRegisteredIsReadBack() {
        PartitionResult.Processed result = new PartitionResult.Processed(
                new Partition(HOUR, "flights/dt=2013-02-08/hour=17/"),
                new Inventory(3, 4096, Optional.of(NEWEST), "cafe"),
                OptionalLong.of(120));

        Map<String, String> parameters = PartitionParameters.of(result, RUN);

        assertThat(parameters)
                .isEqualTo(Map.of(
                        "numFiles", "3",
                        "totalSize", "4096",
                        "numRows", "120",
                        "fanin.inventory", "cafe",
                        "fanin.newest", "2013-02-08T18:04:00Z",
                        "fanin.run", RUN.uri()));
        RegisteredPartition registered = with(parameters);
        assertThat(registered.inventoryHash()).hasValue("cafe");
        assertThat(registered.run()).hasValue(RUN.uri());
        assertThat(registered.files()).hasValue(3);
    }

    @Test
    void convertedPartitionRecordsItsContentAndItsRawData() {
        PartitionResult.Processed result = new PartitionResult.Processed(
                        new Partition(HOUR, "flights/2013/02/08/17/", Optional.of("raw/dt=2013-02-08/hour=17/")),
                        new Inventory(40, 9000, Optional.of(NEWEST), "cafe", Optional.of(OLDEST)),
                        OptionalLong.of(120))
                .writing(new Inventory(1, 700, Optional.empty(), "beef"))
                .with(Map.of("min.delay", "-3", "fanin.run", "another"));

        Map<String, String> parameters = PartitionParameters.of(result, RUN, S3Location.of("s3://landing/raw/"));

        assertThat(parameters)
                .containsOnly(
                        entry("numFiles", "1"),
                        entry("totalSize", "700"),
                        entry("numRows", "120"),
                        entry("min.delay", "-3"),
                        entry("fanin.parameters", "min.delay"),
                        entry("fanin.inventory", "cafe"),
                        entry("fanin.newest", "2013-02-08T18:04:00Z"),
                        entry("fanin.source", "s3://landing/raw/dt=2013-02-08/hour=17/"),
                        entry("fanin.source.files", "40"),
                        entry("fanin.source.oldest", "2013-02-08T17:01:00Z"),
                        entry("fanin.run", RUN.uri()));
        RegisteredPartition registered = with(parameters).asRunsLeftIt();
        assertThat(registered.inventoryHash()).hasValue("cafe");
        assertThat(registered.files()).hasValue(40);
        assertThat(registered.madeAnew(result.partition()).madeOf()).hasValue(OLDEST);
        assertThat(registered.source()).hasValue("s3://landing/raw/dt=2013-02-08/hour=17/");
    }

    @Test
    void parameterIsCutToWhatGlueTakes() {
        PartitionResult.Processed result = new PartitionResult.Processed(
                        new Partition(HOUR, "flights/dt=2013-02-08/hour=17/"),
                        new Inventory(3, 4096, Optional.of(NEWEST), "cafe"),
                        OptionalLong.empty())
                .with(Map.of("max.note", "\u00e9".repeat(256_001)));

        assertThat(PartitionParameters.of(result, RUN).get("max.note")).isEqualTo("\u00e9".repeat(256_000));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 256})
    void nameThatGlueDoesNotTakeIsNoParameters(int length) {
        Map<String, String> parameters = Map.of("x".repeat(length), "1");

        assertThatThrownBy(() -> new PartitionResult.Processed(
                                new Partition(HOUR, "flights/dt=2013-02-08/hour=17/"),
                                new Inventory(3, 4096, Optional.of(NEWEST), "cafe"),
                                OptionalLong.empty())
                        .with(parameters))
                .hasMessageContaining("has a name of " + length + " characters, Glue takes 1 to 255");
    }

    @Test
    void partitionWithoutFilesSaysNothingThatPlannersTakeForItsSize() {
        PartitionResult.Processed result = new PartitionResult.Processed(
                new Partition(HOUR, "flights/dt=2013-02-08/hour=17/"),
                new Inventory(0, 0, Optional.empty(), "0000"),
                OptionalLong.of(0));

        assertThat(PartitionParameters.of(result, RUN)).containsOnlyKeys("fanin.inventory", "fanin.run", "numRows");
    }

    @Test
    void rowsThatWereNotCountedAreNotSaid() {
        PartitionResult.Processed result = new PartitionResult.Processed(
                new Partition(HOUR, "flights/dt=2013-02-08/hour=17/"),
                new Inventory(3, 4096, Optional.of(NEWEST), "cafe"),
                OptionalLong.empty());

        assertThat(PartitionParameters.of(result, RUN)).doesNotContainKey("numRows");
    }

    @Test
    void partitionOfAnotherToolSaysNothing() {
        RegisteredPartition other = with(Map.of("classification", "parquet"));

        assertThat(other.inventoryHash()).isEmpty();
        assertThat(other.run()).isEmpty();
        assertThat(other.files()).isEmpty();
    }

    @Test
    void whatRunsLeftIsKeptAndNothingElse() {
        Map<String, String> ofRun = Map.of(
                "fanin.inventory",
                "ab12",
                "fanin.run",
                "s3://state/runs/a/",
                "fanin.as_of",
                "2013-02-09T14:00:00Z",
                "numFiles",
                "3");
        Map<String, String> all = new HashMap<>(ofRun);
        all.put("statistics", "long");
        all.put("numRows", "7");

        Optional<String> location = Optional.of("s3://lake/flights/17/");

        RegisteredPartition kept =
                new RegisteredPartition(HOUR, location, all, PartitionStorage.AS_TABLE).asRunsLeftIt();

        assertThat(kept).isEqualTo(new RegisteredPartition(HOUR, location, ofRun, PartitionStorage.AS_TABLE));
        assertThat(with(Map.of()).asRunsLeftIt()).isEqualTo(with(Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                // by, at, by now, since
                "none, none,                none, true",
                "none, none,                r1,   true",
                "r1,   none,                r1,   false",
                "r1,   none,                r2,   true",
                "r1,   none,                none, false",
                "'',   none,                none, false",
                "'',   none,                r1,   true",
                "'',   s3://lake/flights/1, none, false",
                "'',   s3a://lake/flights/1/, none, false",
                "'',   s3://lake/flights/2/, none, true",
                "'',   hdfs://lake/flights/1/, none, true",
            })
    void isRegisteredSinceByARunThatHadNotOrElsewhereByAnotherTool(String by, String at, String now, boolean since) {
        RegisteredPartition registered = new RegisteredPartition(
                HOUR,
                Optional.of("s3://lake/flights/1/"),
                now == null ? Map.of() : Map.of("fanin.run", now),
                PartitionStorage.AS_TABLE);
        StandingRegistration before = new StandingRegistration(Optional.ofNullable(by), Optional.ofNullable(at));

        assertThat(registered.isRegisteredSince(before)).isEqualTo(since);
    }

    /** Any tool may write any text there. */
    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "3.0", "many", "99999999999999999999"})
    void countThatIsNoneIsNotBelieved(String text) {
        assertThat(with(Map.of("numFiles", text)).files()).isEmpty();
    }

    private static RegisteredPartition with(Map<String, String> parameters) {
        return new RegisteredPartition(HOUR, Optional.empty(), parameters, PartitionStorage.AS_TABLE);
    }
}
