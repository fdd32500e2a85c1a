package io.fanin.processor;

import static io.fanin.processor.ProcessorFixture.LAKE;
import static io.fanin.processor.ProcessorFixture.STATE;
import static io.fanin.processor.ProcessorFixture.hour;
import static io.fanin.processor.ProcessorFixture.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.run.folder.RunFolderException;
import io.fanin.fakes.Call;
import io.fanin.fakes.Fault;
import io.fanin.model.json.Json;
import io.fanin.model.run.Batch;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.Receipt;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.spec.detection.IsoDuration;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** One batch, from the spec in the run folder to the result object and the receipt. */
class ProcessorTest {

    private static final String RESULT = "runs/nightly-1/pass-0/results/7.json";

    private static final DetectionSpec AHEAD = new DetectionSpec.Calendar(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(IsoDuration.of("P1D")),
            Optional.empty(),
            Optional.empty());

    private final ProcessorFixture fixture = new ProcessorFixture();

    @Test
    void soundBatchHasItsInventoryRowsAndReceipt() {
        Receipt receipt = fixture.process(fixture.batch(7, 2));

        assertThat(receipt).isEqualTo(new Receipt.Processed(7, 2, 0));
        assertThat(fixture.results(7))
                .hasSize(2)
                .first()
                .isInstanceOfSatisfying(PartitionResult.Processed.class, processed -> {
                    assertThat(processed.partition()).isEqualTo(hour(0));
                    assertThat(processed.rows()).isEqualTo(OptionalLong.of(2));
                    assertThat(processed.inventory().files()).isEqualTo(1);
                    assertThat(processed.inventory().bytes()).isEqualTo(6);
                });
    }

    @Test
    void specIsReadOnceForAllBatchesOfARun() {
        fixture.process(fixture.batch(7, 2));
        fixture.s3.log().reset();

        fixture.process(fixture.batch(8, 2));

        assertThat(fixture.s3.log().calls("GetObject"))
                .noneMatch(call -> call.target().endsWith("/spec.json"));
    }

    @Test
    void prefixWithOnlyAFolderMarkerIsSkipped() {
        Batch batch = fixture.batch(7, 2);
        fixture.s3.delete(LAKE, key(0));
        fixture.s3.put(LAKE, hour(0).prefix(), "");

        Receipt receipt = fixture.process(batch);

        assertThat(receipt).isEqualTo(new Receipt.Processed(7, 2, 0));
        assertThat(fixture.results(7))
                .hasSize(2)
                .first()
                .isInstanceOfSatisfying(PartitionResult.Skipped.class, skipped -> {
                    assertThat(skipped.partition()).isEqualTo(hour(0));
                    assertThat(skipped.why()).contains(hour(0).prefix(), "not a partition");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "_SUCCESS"})
    void periodOfTheCalendarIsSoundBeforeItIsFilled(String name) {
        Batch batch = fixture.batch(7, 2);
        fixture.writeSpec(DataFormat.JSON, CsvOptions.DEFAULT, AHEAD);
        fixture.s3.delete(LAKE, key(0));
        fixture.s3.put(LAKE, hour(0).prefix() + name, "");
        fixture.s3.delete(LAKE, key(1));

        fixture.process(batch);

        assertThat(fixture.results(7))
                .hasSize(2)
                .allSatisfy(result -> assertThat(result)
                        .isInstanceOfSatisfying(PartitionResult.Processed.class, processed -> {
                            assertThat(processed.rows()).isEmpty();
                            assertThat(processed.inventory().files()).isZero();
                        }));
    }

    /** The calendar excuses missing data, but no defects. */
    @Test
    void unsoundPeriodOfTheCalendarFails() {
        Batch batch = fixture.batch(7, 1);
        fixture.writeSpec(DataFormat.JSON, CsvOptions.DEFAULT, AHEAD);
        fixture.s3.put(LAKE, key(0), "{");

        assertThat(fixture.process(batch)).isEqualTo(new Receipt.Processed(7, 0, 1));
    }

    @Test
    void resultSaysHowLongTheBatchTook() {
        fixture.takes(Duration.ofMillis(1_500));

        fixture.process(fixture.batch(7, 3));

        assertThat(fixture.result(7).millis()).hasValue(4_500);
    }

    @Test
    void resultIsWrittenBeforeTheReceiptIsGiven() {
        Batch batch = fixture.batch(7, 2);
        fixture.s3.log().reset();

        fixture.process(batch);

        List<Call> calls = fixture.s3.log().calls();
        assertThat(calls.getFirst().target()).isEqualTo("state/runs/nightly-1/spec.json");
        assertThat(calls.getLast()).satisfies(last -> {
            assertThat(last.operation()).isEqualTo("PutObject");
            assertThat(last.target()).isEqualTo(STATE + "/" + RESULT);
        });
    }

    @Test
    void resultThatCannotBeWrittenGivesNoReceipt() {
        Batch batch = fixture.batch(7, 2);
        fixture.s3.faults().on("PutObject").then(Fault.accessDenied());

        assertThatThrownBy(() -> fixture.process(batch)).isInstanceOf(S3Exception.class);
    }

    @Test
    void sameInputWritesTheSameUnderTheSameKeys() {
        Batch batch = fixture.batch(7, 3);
        fixture.s3.put(LAKE, key(1), "not JSON");
        Receipt first = fixture.process(batch);
        List<String> keys = fixture.s3.keys(STATE);
        String result = fixture.s3.text(STATE, RESULT).orElseThrow();

        assertThat(fixture.process(batch)).isEqualTo(first);
        assertThat(fixture.s3.keys(STATE)).isEqualTo(keys);
        assertThat(fixture.s3.text(STATE, RESULT)).hasValue(result);
    }

    @Test
    void laterProcessingReplacesTheResult() {
        Batch batch = fixture.batch(7, 1);
        fixture.s3.put(LAKE, key(0), "not JSON");
        assertThat(fixture.process(batch)).isEqualTo(new Receipt.Processed(7, 0, 1));
        fixture.s3.put(LAKE, key(0), "{}");

        assertThat(fixture.process(batch)).isEqualTo(new Receipt.Processed(7, 1, 0));
        assertThat(fixture.results(7)).hasOnlyElementsOfType(PartitionResult.Processed.class);
    }

    @Test
    void passesDoNotOverwriteEachOther() {
        Batch batch = fixture.batch(7, 1);

        fixture.process(batch);
        fixture.process(1, batch);

        assertThat(fixture.s3.keys(STATE)).contains(RESULT, "runs/nightly-1/pass-1/results/7.json");
    }

    @ParameterizedTest
    @CsvSource({
        "JSON,    a.json, '{}',          true",
        "JSON,    a.json, 'a,b',         false",
        "CSV,     a.csv,  'carrier\nAA', true",
        "PARQUET, a.parquet, 'no Parquet at all', false",
    })
    void objectsAreReadAsTheTablesFormatSays(DataFormat format, String name, String text, boolean sound) {
        fixture.writeSpec(format, CsvOptions.DEFAULT);
        fixture.s3.put(LAKE, hour(0).prefix() + name, text);

        fixture.process(new Batch(7, List.of(hour(0))));

        assertThat(fixture.results(7)).singleElement().matches(r -> r instanceof PartitionResult.Processed == sound);
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 2"})
    void headerOfCsvIsNoRow(boolean header, long rows) {
        fixture.writeSpec(DataFormat.CSV, new CsvOptions('|', false, header));
        fixture.s3.put(LAKE, hour(0).prefix() + "a.csv", "carrier\nAA\n");

        fixture.process(new Batch(7, List.of(hour(0))));

        assertThat(((PartitionResult.Processed) fixture.results(7).getFirst()).rows())
                .hasValue(rows);
    }

    @Test
    void expiredRunIsNamed() {
        Batch batch = fixture.batch(7, 1);
        fixture.s3.delete(STATE, "runs/nightly-1/spec.json");

        assertThatThrownBy(() -> fixture.process(batch))
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("s3://state/runs/nightly-1/spec.json");
    }

    @Test
    void longestReceiptHasSixtyBytesAtMost() {
        assertThat(Json.text(new Receipt.Processed(2_499, 100_000_000, 100_000_000))
                        .getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(60);
    }
}
