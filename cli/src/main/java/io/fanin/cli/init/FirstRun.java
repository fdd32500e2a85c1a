package io.fanin.cli.init;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.core.run.folder.ManifestSummary;
import io.fanin.model.cost.StateTransitions;
import io.fanin.model.cost.TableRun;
import io.fanin.model.run.NextStep;
import io.fanin.model.spec.processor.ProcessorSpec;
import java.util.Map;
import java.util.Optional;

/**
 * The expected result of a first run with a spec.
 *
 * @param found the partitions that exist
 * @param unregistered those of them that are not registered, which a run processes
 * @param registered the partitions that are registered
 * @param gone those of them whose folder does not exist any more
 * @param elsewhere those of them that lie outside the table's folder, or have no location
 * @param unfit names that do not fit the layout
 * @param unfitExample one of them, with the reason
 * @param batches the invocations of the processor, if none fails
 * @param requests by service and operation: those of detection and registration
 * @param stateTransitions those of the execution
 * @param dollars for the requests and state transitions at list prices
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record FirstRun(
        Amount found,
        Amount unregistered,
        Amount registered,
        Amount gone,
        Amount elsewhere,
        Amount unfit,
        Optional<String> unfitExample,
        long batches,
        Map<String, Long> requests,
        long stateTransitions,
        double dollars) {

    /** The maximum number of names in an answer of a listing or of GetPartitions. */
    private static final long PAGE = 1000;

    /** The maximum number of partitions in a batch that Glue registers. */
    private static final long GLUE_BATCH = 100;

    private static final double CENT_OF_A_CENT = 10_000;

    static FirstRun of(PartitionCounts counts, RegisteredSample.Comparison compared, ProcessorSpec processor) {
        long work = compared.unregistered().count();
        int batches = ManifestSummary.of((int) Math.min(work, Integer.MAX_VALUE), processor)
                .batches();
        Map<String, Long> requests = Map.of(
                "S3 ListObjectsV2",
                counts.folders().count() + counts.found().count() / PAGE,
                "Glue GetPartitions",
                1 + compared.registered().count() / PAGE,
                "Glue BatchCreatePartition",
                Math.ceilDiv(work, GLUE_BATCH),
                "Glue BatchGetPartition",
                Math.ceilDiv(work, PAGE));
        long transitions = StateTransitions.estimate(next(work, processor), processor.needsCheck(), batches);
        double dollars = TableRun.of(requests, transitions).dollars();
        return new FirstRun(
                counts.found(),
                compared.unregistered(),
                compared.registered(),
                compared.gone(),
                compared.elsewhere(),
                counts.unfit(),
                counts.unfitExample(),
                batches,
                requests,
                transitions,
                Math.ceil(dollars * CENT_OF_A_CENT) / CENT_OF_A_CENT);
    }

    private static NextStep next(long work, ProcessorSpec processor) {
        return work == 0 ? NextStep.NOTHING_NEW : NextStep.toProcess(processor);
    }
}
