package io.fanin.tablecreator.registration;

import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.run.PartitionLabel;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunReport;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.processor.OnBadRecord;
import io.fanin.model.spec.processor.RawRecords;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Raw records that are not in the table, of registered partitions.
 *
 * @param sample the first of these partitions
 */
public record DroppedRecords(long records, List<RunReport.BadRecords> sample) {

    public static final DroppedRecords NONE = new DroppedRecords(0, List.of());

    /** The maximum number of partitions in the sample. */
    private static final int MAX_NAMED = 10;

    /** The dropped records of registered results. */
    public static DroppedRecords of(List<PartitionResult.Processed> registered, List<PartitionKey> keys) {
        List<PartitionResult.Processed> lacking =
                registered.stream().filter(result -> result.badRecords() > 0).toList();
        return new DroppedRecords(
                lacking.stream()
                        .mapToLong(PartitionResult.Processed::badRecords)
                        .sum(),
                lacking.stream()
                        .limit(MAX_NAMED)
                        .map(result -> named(result, keys))
                        .toList());
    }

    /** The dropped records of all passes up to that of a report. */
    public static DroppedRecords of(RunReport report) {
        return new DroppedRecords(
                report.counts().badRecords().orElse(0), report.details().badRecordsSample());
    }

    public DroppedRecords and(DroppedRecords later) {
        return new DroppedRecords(
                records + later.records,
                Stream.concat(sample.stream(), later.sample.stream())
                        .limit(MAX_NAMED)
                        .toList());
    }

    /** The number of these records; empty if there are none. */
    public OptionalLong count() {
        return records == 0 ? OptionalLong.empty() : OptionalLong.of(records);
    }

    /** The URI of their folder; empty if there are none, or they are not kept. */
    public Optional<String> quarantine(ResolvedSpec spec, RunFolder run) {
        boolean kept = spec.processor() instanceof RawRecords reading
                && reading.onBadRecordOrDefault() == OnBadRecord.QUARANTINE;
        return kept && records > 0 ? Optional.of(run.quarantineUri()) : Optional.empty();
    }

    private static RunReport.BadRecords named(PartitionResult.Processed result, List<PartitionKey> keys) {
        PartitionLabel name = PartitionLabel.of(result.partition(), keys, "");
        return new RunReport.BadRecords(name.partition(), name.prefix(), result.badRecords());
    }
}
