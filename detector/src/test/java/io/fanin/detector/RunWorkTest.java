package io.fanin.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.record.RecordedRun;
import io.fanin.core.record.TableRecord;
import io.fanin.detector.catalog.TableSnapshot;
import io.fanin.detector.select.DetectionResult;
import io.fanin.detector.select.PendingPartitions;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.Candidate;
import io.fanin.model.run.detection.Plan;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.Column;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The next steps after a detection, without reads or writes. */
class RunWorkTest {

    @ParameterizedTest(name = "{0} to process by {1}, new columns {2}, otherwise {3}: {4}")
    @CsvSource({
        "0, validate, false, NOTHING_NEW, NOTHING_NEW",
        "0, validate, false, PARTIAL,     PARTIAL",
        "0, validate, false, REGISTER,    REGISTER",
        "0, validate, true,  NOTHING_NEW, REGISTER",
        "0, glue-job, true,  PARTIAL,     REGISTER",
        "2, validate, false, NOTHING_NEW, PROCESS",
        "2, validate, true,  REGISTER,    PROCESS",
        "2, glue-job, false, NOTHING_NEW, PROCESS_BY_JOB",
    })
    void workDecidesTheNextStep(
            int partitions, String processor, boolean newColumns, NextStep withoutWork, NextStep expected) {
        try (RunWork result = result(spec(processor), partitions, newColumns, withoutWork)) {
            assertThat(result.next()).isEqualTo(expected);
            assertThat(result.manifest().partitions()).isEqualTo(partitions);
        }
    }

    @ParameterizedTest(name = "{0} partitions at {1} ms each: {2} ms")
    @CsvSource(
            nullValues = "unknown",
            value = {"2, 500, 1000", "0, 500, 0", "2, unknown, unknown"})
    void planCostsAsMuchTimeAsTheLastRunTook(int partitions, Long each, Long expected) {
        OptionalLong millis = each == null ? OptionalLong.empty() : OptionalLong.of(each);
        TableRecord record = TableRecord.NEW.with(
                new RecordedRun(new RunId("r0"), "s3://state/runs/r0/", 1, millis, Optional.empty(), Optional.empty()));
        try (RunWork result = result(spec("validate"), partitions, false, NextStep.NOTHING_NEW)) {
            Plan plan = result.plan(new RunId("r1"), Map.of(), record);

            assertThat(plan.cost().processorMillis()).isEqualTo(Optional.ofNullable(expected));
            assertThat(plan.next()).isEqualTo(result.next());
        }
    }

    private static RunWork result(ResolvedSpec spec, int partitions, boolean newColumns, NextStep withoutWork) {
        List<Candidate> candidates = IntStream.range(0, partitions)
                .mapToObj(hour -> new Candidate(
                        DetectorFixture.partition(
                                "flights/dt=2013-02-08/hour=" + hour + "/", "2013-02-08", String.valueOf(hour)),
                        Reason.NEW))
                .toList();
        DetectionResult detected = DetectionResult.unseen(
                PendingPartitions.of(candidates, spec.definition().keys()),
                withoutWork,
                LocalDateTime.MAX,
                TableRecord.NEW);
        RunWork result = RunWork.of(new TableSnapshot(spec, Optional.empty(), TableRecord.NEW), true, detected);
        return newColumns
                ? new RunWork(
                        spec,
                        TableRecord.NEW,
                        detected.with(detected.report().adding(List.of(new Column("carrier", "string")))),
                        true,
                        result.waivers())
                : result;
    }

    private static ResolvedSpec spec(String processor) {
        String job = processor.equals("glue-job") ? ", 'job': 'delays'" : "";
        return DetectorFixture.resolved(
                DetectorFixture.COMPLETE + ", 'layout': 'hive', 'processor': {'type': '" + processor + "'" + job + "}");
    }
}
