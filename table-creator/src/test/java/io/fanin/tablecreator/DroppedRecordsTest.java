package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.fakes.Fault;
import io.fanin.model.json.Json;
import io.fanin.model.names.FaninNames;
import io.fanin.model.run.BatchResult;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.RunReport.BadRecords;
import io.fanin.model.run.UnmatchedNames;
import io.fanin.model.spec.TableSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The report of raw records that are not in the table, of registered partitions. */
class DroppedRecordsTest {

    private static final String QUARANTINE = "s3://state/runs/nightly-1/quarantine/";

    private final RunFixture fixture = new RunFixture();

    @Test
    void badRecordsOfACompleteTableAreCounted() {
        Pass pass = fixture.pass(RUN, 0, hours(3)).result(bad(0, 0, 2)).result(bad(2, 2, 1));
        convert("quarantine");

        TableCreatorAnswer answer = pass.register();

        RunReport report = fixture.report(RUN);
        assertThat(report.counts().badRecords()).hasValue(3);
        assertThat(report.details().badRecordsSample()).containsExactly(named(0, 2), named(2, 1));
        assertThat(report.details().quarantine()).hasValue(QUARANTINE);
        assertThat(answer.counts().badRecords()).hasValue(3);
        assertThat(answer.links().quarantine()).hasValue(QUARANTINE);
    }

    @Test
    void namesThatAreNoColumnsAreReportedByAllPassesTogether() {
        fixture.pass(RUN, 0, hours(3))
                .result(with(0, "price2", "coupon"))
                .result(with(1, "coupon"))
                .failing(2)
                .register();

        TableCreatorAnswer answer =
                fixture.pass(RUN, 1, hour(2)).result(with(2, "a")).register();

        assertThat(fixture.report(RUN).details().names().unknownColumns()).containsExactly("a", "coupon", "price2");
        assertThat(answer.links().names())
                .isEqualTo(new UnmatchedNames(List.of("a", "coupon", "price2"), List.of("price")));
    }

    private static BatchResult with(int hour, String... unknownColumns) {
        PartitionResult.Processed sound = (PartitionResult.Processed) Pass.lacking(hour(hour), 0);
        return new BatchResult(
                hour == 2 ? 0 : hour,
                List.of(new PartitionResult.Processed(
                        sound.partition(),
                        sound.inventory(),
                        sound.rows(),
                        sound.written(),
                        sound.parameters(),
                        sound.version(),
                        new PartitionResult.LeftOut(
                                0L, new UnmatchedNames(List.of(unknownColumns), List.of("price", "hour" + hour))),
                        Optional.empty())));
    }

    @Test
    void laterPassesAddToWhatEarlierOnesHaveLeftOut() {
        fixture.pass(RUN, 0, hours(3)).result(bad(0, 0, 2)).failing(1, 2).register();
        fixture.pass(RUN, 1, hour(1), hour(2)).result(bad(0, 1, 5)).failing(1).register();

        fixture.pass(RUN, 2, hour(2)).register();

        assertThat(fixture.report(RUN).counts().badRecords()).hasValue(7);
        assertThat(fixture.report(RUN).details().badRecordsSample()).containsExactly(named(0, 2), named(1, 5));
    }

    @Test
    void partitionThatGlueRefusesIsNotCounted() {
        fixture.createTable()
                .aws
                .faults()
                .on("BatchCreatePartition")
                .thenFailEntry(hour(1).values().values(), new Fault.Fail(400, "InvalidInputException", "no"));

        fixture.pass(RUN, 0, hours(2)).result(bad(0, 0, 2)).result(bad(1, 1, 4)).register();

        assertThat(fixture.report(RUN).counts().registered()).isEqualTo(1);
        assertThat(fixture.report(RUN).counts().badRecords()).hasValue(2);
    }

    @Test
    void isNamedUpToABoundInAllPassesTogether() {
        Pass pass = fixture.pass(RUN, 0, hours(8)).failing(7);
        IntStream.range(0, 7).forEach(hour -> pass.result(bad(hour, hour, 1)));
        pass.register();
        Pass next = fixture.pass(
                RUN, 1, IntStream.range(7, 20).mapToObj(RunFixture::hour).toList());
        IntStream.range(7, 20).forEach(hour -> next.result(bad(hour - 7, hour, 1)));

        next.register();

        assertThat(fixture.report(RUN).counts().badRecords()).hasValue(20);
        assertThat(fixture.report(RUN).details().badRecordsSample())
                .hasSize(10)
                .startsWith(named(0, 1))
                .endsWith(named(9, 1));
    }

    @Test
    void recordsThatAreIgnoredLieNowhere() {
        Pass pass = fixture.pass(RUN, 0, hour(0)).result(bad(0, 0, 2));
        convert("ignore");

        TableCreatorAnswer answer = pass.register();

        assertThat(answer.counts().badRecords()).hasValue(2);
        assertThat(answer.links().quarantine()).isEmpty();
        assertThat(fixture.report(RUN).details().quarantine()).isEmpty();
    }

    /** Only the field counts, whatever parameters a partition brings. */
    @Test
    void parametersOfAPartitionForgeNoCount() {
        PartitionResult forged = new PartitionResult.Processed(
                        hour(0), new Inventory(1, 1, Optional.empty(), "abc"), OptionalLong.of(60))
                .with(Map.of(FaninNames.BAD_RECORDS, "7"));

        TableCreatorAnswer answer = fixture.pass(RUN, 0, hour(0))
                .result(new BatchResult(0, List.of(forged)))
                .register();

        assertThat(answer.counts().registered()).isEqualTo(1);
        assertThat(answer.counts().badRecords()).isEmpty();
        assertThat(fixture.partition(hour(0))
                        .at("/Parameters/fanin.bad_records")
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void passThatLeavesNothingOutSaysNothingOfIt() {
        Pass pass = fixture.pass(RUN, 0, hours(2));
        convert("quarantine");

        TableCreatorAnswer answer = pass.register();

        assertThat(Json.text(answer) + Json.text(fixture.report(RUN))).doesNotContain("badRecords", "quarantine");
    }

    /** A batch of one partition, which is sound but for a number of bad records. */
    private static BatchResult bad(int batch, int hour, long records) {
        return new BatchResult(batch, List.of(Pass.lacking(hour(hour), records)));
    }

    private static BadRecords named(int hour, long count) {
        return new BadRecords("dt=2013-02-08/hour=" + hour, hour(hour).prefix(), count);
    }

    private void convert(String onBadRecord) {
        String spec = """
                {"database":"analytics","table":"flights","source":{"location":"s3://landing/raw/"},
                 "processor":{"type":"convert","onBadRecord":"%s"}}
                """.formatted(onBadRecord);
        fixture.writeSpec(RUN, Json.read(spec, TableSpec.class, "spec").resolved(RunFixture.DEFINITION));
    }
}
