package io.fanin.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.fakes.Fault;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.Receipt;
import io.fanin.model.run.UnmatchedNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A batch of partitions that are converted, from the spec in the run folder to the result object. */
class ConvertWorkTest extends BatchTest {

    @Test
    void nothingIsMadeOutsideTheLocation() throws IOException {
        writeSpec("string", "{\"mode\": \"list\"}");
        raw(0, "{\"carrier\":\"AA\"}");
        Partition outside =
                new Partition(PartitionValues.of("0"), "moved/hour=0/", Optional.of(BatchFixture.prefix(0)));

        fixture.receipt(List.of(outside));

        assertFailed(result(0), "OutsideLocation", "moved/hour=0/", "s3://lake/flights/");
        assertThat(fixture.s3.keys("lake")).isEmpty();
    }

    @Test
    void failureOfConversionIsOfItsPartitionOnly() throws IOException {
        writeSpec("string", "{\"mode\": \"list\"}");
        raw(0, "{\"carrier\":\"AA\"}{\"carrier\":\"UA\"}");
        raw(1, "{\n{\n{\n");
        raw(2, "{\"carrier\":\"AA\"}\n{\"carrier\":");

        Receipt receipt = process(3);

        assertThat(receipt).isEqualTo(new Receipt.Processed(7, 2, 1));
        assertThat(result(0)).isInstanceOfSatisfying(PartitionResult.Processed.class, processed -> {
            assertThat(processed.rows()).isEqualTo(OptionalLong.of(2));
            assertThat(processed.inventory().bytes()).isEqualTo(32);
            assertThat(processed.held().files()).isEqualTo(1);
            assertThat(processed.held().bytes())
                    .isEqualTo(fixture.s3
                            .get("lake", processed.prefix() + "part-00000.parquet")
                            .orElseThrow()
                            .length);
            assertThat(processed.parameters()).isEmpty();
        });
        assertFailed(result(1), "BadRecords", "more than 1 bad record, the first", "flights/hour=1/a.json, line 1");
        assertThat(result(2))
                .isInstanceOfSatisfying(
                        PartitionResult.Processed.class,
                        processed -> assertThat(processed.badRecords()).isEqualTo(1));
        assertThat(fixture.s3.keys("lake"))
                .containsExactly(VersionedFiles.first(result(0)), VersionedFiles.first(result(2)));
    }

    @Test
    void namesThatAreNoColumnsAreInTheResultUnlessTheyAreKeys() throws IOException {
        writeSpec("string", "{\"mode\": \"list\"}");
        raw(0, "{\"carrier\":\"AA\",\"Hour\":7,\"coupon\":1,\"price\\n2\":2}");

        process(1);

        assertThat(result(0)).isInstanceOfSatisfying(PartitionResult.Processed.class, processed -> {
            assertThat(processed.names().unknownColumns()).hasSize(2).contains("coupon");
            assertThat(processed.names().emptyColumns()).doesNotContain("carrier");
        });
    }

    /** The column's name is misspelled in the records. */
    @Test
    void columnThatNoRecordHasIsInTheResultBesideTheFieldThatIsNone() throws IOException {
        writeSpec("string", "{\"mode\": \"list\"}");
        raw(0, "{\"carier\":\"AA\"}");
        raw(1, "{\"Hour\":7}");

        process(2);

        assertThat(List.of(result(0), result(1)))
                .extracting(result -> ((PartitionResult.Processed) result).names())
                .containsExactly(new UnmatchedNames(List.of("carier"), List.of("carrier")), UnmatchedNames.NONE);
    }

    @Test
    void databaseIsKeptForConversionsAlone() throws IOException {
        writeSpec("string", "{\"mode\": \"list\"}");
        raw(0, "{\"carrier\":\"AA\"}");
        process(1);
        List<Path> first = fixture.scratchFiles();
        process(1);
        assertThat(fixture.scratchFiles()).hasSize(1).isEqualTo(first);

        fixture.writeSpec(
                "json", "{\"name\": \"carrier\", \"type\": \"string\"}", "\"processor\": {\"type\": \"register\"}");
        process(1);
        assertThat(fixture.scratchFiles()).isEmpty();
    }

    @Test
    void conditionOfAUserLeavesNoDatabase() throws IOException {
        fixture.writeSpec("parquet", "{\"name\": \"carrier\", \"type\": \"string\"}", """
                "source": {"location": "s3://landing/flights/", "format": "json", "layout": "hive",
                           "partitionKeys": [{"name": "hour", "type": "int"}]},
                "processor": {"type": "convert", "expect": [{"name": "known", "sql": "carrier <> ''"}]}""");
        fixture.s3.put("landing", "flights/hour=0/a.json", "{\"carrier\":\"AA\"}");

        assertProcessed(fixture.process(1).getFirst(), 1);
        assertThat(fixture.scratchFiles()).isEmpty();
    }

    @Test
    void badRecordsAreKeptUnderThePartitionsName() throws IOException {
        writeSpec("string", "{\"mode\": \"list\"}");
        raw(0, "{\"carrier\":\"AA\"}\n{\"carrier\":");

        process(1);

        assertThat(quarantine())
                .hasValue(
                        "{\"file\":\"s3://landing/flights/hour=0/a.json\",\"line\":2,"
                                + "\"reason\":\"expected a value, found the end of the data\",\"raw\":\"{\\\"carrier\\\":\"}\n");
    }

    /** The table lacks the whole partition, and a later pass may leave out no record. */
    @Test
    void badRecordsOfAPartitionThatIsNotPublishedAreNotKept() throws IOException {
        writeSpec("string", "{\"mode\": \"list\"}");
        raw(0, "{\"carrier\":\"AA\"}\n{\"carrier\":");
        fixture.refuseUploads();

        process(1);

        assertFailed(result(0), "AccessDenied", "Access Denied");
        assertThat(quarantine()).isEmpty();
    }

    /** As when a pass's result is lost, or refused by the catalog, and the object is corrected before the next pass. */
    @Test
    void recordsThatALaterAttemptTakesInAreNotKept() throws IOException {
        writeSpec("string", "{\"mode\": \"list\"}");
        raw(0, "{\"carrier\":\"AA\"}\n{\"carrier\":");
        process(1);
        raw(0, "{\"carrier\":\"AA\"}\n{\"carrier\":\"UA\"}");

        process(1);

        assertProcessed(result(0), 2);
        assertThat(quarantine()).hasValue("");

        raw(0, "{\"carrier\":\"AA\"}\n{\"carrier\":");
        process(1);
        assertThat(quarantine())
                .hasValueSatisfying(records -> assertThat(records).contains("\"line\":2"));
        fixture.s3.delete("landing", source(0) + "a.json");

        process(1);

        assertSkipped(true, false);
        assertThat(quarantine()).hasValue("");
    }

    @Test
    void partitionWhoseBadRecordsCannotBeKeptFails() throws IOException {
        writeSpec("string", "{\"mode\": \"list\"}");
        raw(0, "{\"carrier\":\"AA\"}\n{\"carrier\":");
        fixture.s3
                .faults()
                .on("PutObject")
                .where(call -> call.target().contains("/quarantine/"))
                .then(Fault.accessDenied());

        process(1);

        assertFailed(result(0), "AccessDenied", "Access Denied");
    }

    private Optional<String> quarantine() {
        return fixture.s3.text("state", "runs/nightly-1/quarantine/inserted_at=2013%2F02%2F08%2F00/bad-records.jsonl");
    }

    @Test
    void whatMayPassIsTriedAgain() throws IOException {
        writeSpec("string", "{\"mode\": \"list\"}");
        raw(0, "{\"carrier\":\"AA\"}");
        fixture.cutFirstRead();

        assertThat(process(1)).isEqualTo(new Receipt.Processed(7, 1, 0));
    }

    @Test
    void uploadThatIsRefusedIsThePartitionsFailure() throws IOException {
        writeSpec("string", "{\"mode\": \"list\"}");
        raw(0, "{\"carrier\":\"AA\"}");
        fixture.refuseUploads();

        assertThat(process(1)).isEqualTo(new Receipt.Processed(7, 0, 1));
        assertThat(result(0)).isInstanceOf(PartitionResult.Failed.class);
        assertThat(fixture.s3.keys("lake")).isEmpty();
    }

    @Test
    void unsupportedTypeFailsEachPartitionByName() throws IOException {
        writeSpec("binary", "{\"mode\": \"list\"}");
        raw(0, "{}");
        raw(1, "{}");

        assertThat(process(2)).isEqualTo(new Receipt.Processed(7, 0, 2));
        assertFailed(result(1), "UnsupportedType", "column 'carrier': 'binary' is not a type");
    }

    @Test
    void onlyTheCalendarExpectsPartitionsWithoutRawData() throws IOException {
        writeSpec("string", "{\"mode\": \"list\"}");
        assertThat(process(1)).isEqualTo(new Receipt.Processed(7, 1, 0));
        assertSkipped(true, false);

        fixture.s3.put("landing", source(0), "");
        process(1);
        assertSkipped(false, true);

        writeSpec("string", "{\"mode\": \"calendar\", \"ahead\": \"P1D\"}");
        process(1);
        assertThat(result(0))
                .isInstanceOfSatisfying(
                        PartitionResult.Processed.class,
                        processed -> assertThat(processed.held().files()).isZero());
    }

    @Test
    void partitionWithoutDataIsWhatTheSpecSays() throws IOException {
        fixture.s3.put("landing", source(0) + "_SUCCESS", "");

        writeSpec("string", "{\"mode\": \"list\"}");
        process(1);
        assertFailed(result(0), "NoObjects", "holds no data objects");

        writeSpec("string", "{\"mode\": \"list\"}, \"onEmpty\": \"skip\"");
        process(1);
        assertSkipped(false, false);

        writeSpec("string", "{\"mode\": \"list\"}, \"onEmpty\": \"register\"");
        process(1);
        assertThat(result(0))
                .isInstanceOfSatisfying(
                        PartitionResult.Processed.class,
                        processed -> assertThat(processed.held().files()).isZero());
    }

    /** With the old version, readers would find rows that the parameters say do not exist. */
    @Test
    void partitionWithoutDataAnyMoreIsRegisteredAtAnEmptyVersion() throws IOException {
        writeSpec("string", "{\"mode\": \"list\"}, \"onEmpty\": \"register\"");
        raw(0, "{\"carrier\":\"AA\"}");
        process(1);
        fixture.s3.delete("landing", source(0) + "a.json").put("landing", source(0) + "_SUCCESS", "");

        process(1);

        assertThat(result(0)).isInstanceOfSatisfying(PartitionResult.Processed.class, processed -> {
            assertThat(processed.held().files()).isZero();
            assertThat(fixture.s3.keys("lake", processed.prefix())).isEmpty();
            assertThat(processed.version().orElseThrow().superseded()).hasSize(1);
        });
    }

    @Test
    void partitionWithFilesOfOthersIsNotRegisteredAsEmpty() throws IOException {
        writeSpec("string", "{\"mode\": \"list\"}, \"onEmpty\": \"register\"");
        fixture.s3.put("landing", source(0) + "_SUCCESS", "").put("lake", target(0) + "part-00000.parquet", "theirs");

        process(1);

        assertFailed(result(0), "ForeignObjects", "part-00000.parquet");
        assertThat(fixture.s3.keys("lake")).hasSize(1);
    }

    private void assertSkipped(boolean isGone, boolean hasOnlyFolders) throws IOException {
        assertThat(result(0)).isInstanceOfSatisfying(PartitionResult.Skipped.class, skipped -> {
            assertThat(skipped.gone()).isEqualTo(isGone);
            assertThat(skipped.onlyFolders()).isEqualTo(hasOnlyFolders);
        });
    }

    private void writeSpec(String type, String detection) {
        fixture.writeSpec("""
                {"database": "analytics", "table": "flights", "location": "s3://lake/flights/", "format": "parquet",
                 "columns": [{"name": "carrier", "type": "%s"}],
                 "partitionKeys": [{"name": "inserted_at", "type": "string", "format": "yyyy/MM/dd/HH"}],
                 "layout": "hive",
                 "source": {"location": "s3://landing/flights/", "format": "json",
                            "partitionKeys": [{"name": "hour", "type": "int"}], "layout": "hive"},
                 "processor": {"type": "convert", "maxBadRecords": 1}, "onPartial": "fail", "detection": %s}
                """.formatted(type, detection));
    }

    private void raw(int hour, String content) {
        fixture.s3.put("landing", source(hour) + "a.json", content);
    }

    private static String source(int hour) {
        return "flights/hour=" + hour + "/";
    }

    private static String target(int hour) {
        return "flights/inserted_at=2013%%2F02%%2F08%%2F%02d/".formatted(hour);
    }

    private Receipt process(int hours) throws IOException {
        return fixture.receipt(IntStream.range(0, hours)
                .mapToObj(hour -> new Partition(
                        PartitionValues.of("2013/02/08/%02d".formatted(hour)), target(hour), Optional.of(source(hour))))
                .toList());
    }

    private PartitionResult result(int hour) {
        return fixture.results().get(hour);
    }
}
