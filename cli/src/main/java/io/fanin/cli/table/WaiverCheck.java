package io.fanin.cli.table;

import io.fanin.cli.aws.Deployment;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.console.Hints;
import io.fanin.cli.execution.PartitionArgument;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.parallel.Workers;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.RecordedWaiver;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.Waivers;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.KeyZone;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableName;
import io.fanin.model.text.LogSafe;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds partitions that are probably waived, or unwaived, by mistake, because their names are wrong. */
public record WaiverCheck(Deployment stack, Clock clock) {

    private static final int PARALLEL = 16;

    /**
     * The information about partitions before they are waived.
     *
     * @param warnings one for each unknown partition: it has not failed, is not a period that counts as missing, and
     *     its folder in S3 has no object
     * @param missing whether one of them is a period that may count as missing
     * @param partitions as the input of an execution
     */
    public record Found(List<String> warnings, boolean missing, List<String> partitions) {}

    /**
     * The information about partitions before their waivers are removed.
     *
     * @param notWaived those that are not waived, as given
     * @param partitions all of them, as the input of an execution
     */
    public record ToUnwaive(List<String> notWaived, List<String> partitions) {}

    /**
     * Takes four requests, and those for the first object of each partition that is neither outstanding nor waived, in
     * each form in which its folder may be written.
     *
     * @param partitions as Hive and Glue print them, JSON arrays of values, or beginnings of periods
     * @throws CommandFailedException if there is no such table, it cannot have one of them, or one is registered and
     *     has not failed since
     */
    public Found check(TableName name, List<String> partitions, Hints hints) {
        CatalogTable known = stack.catalog()
                .table(name)
                .orElseThrow(() -> new CommandFailedException(
                        "there is no table " + name + " in the catalog: nothing is waived",
                        "create it: " + hints.command("run", "SPEC")));
        TableRecord record = stack.record(known);
        CatalogTable table = record.restored(known);
        List<PartitionValues> values = partitions.stream()
                .map(partition -> PartitionArgument.values(partition, table))
                .toList();
        Check check = new Check(table, record);
        check.requireDifferent(values);
        check.requireUnregistered(values, hints);
        return check.of(values, named(partitions, table));
    }

    private static List<String> named(List<String> partitions, CatalogTable table) {
        return partitions.stream()
                .map(partition -> PartitionArgument.named(partition, table))
                .toList();
    }

    /**
     * Looks for those that are not waived, in two requests; for none if the catalog does not have the table.
     *
     * @param partitions as Hive and Glue print them, JSON arrays of values, or beginnings of periods
     * @throws CommandFailedException if the table cannot have one of them
     */
    public ToUnwaive unwaived(TableName name, List<String> partitions) {
        return stack.catalog()
                .table(name)
                .map(known -> {
                    TableRecord record = stack.record(known);
                    CatalogTable table = record.restored(known);
                    EquivalentValues forms = new EquivalentValues(table.keys());
                    Set<PartitionValues> waived =
                            Waivers.byValues(record, forms).keySet();
                    return new ToUnwaive(
                            partitions.stream()
                                    .filter(partition -> !waived.contains(
                                            forms.canonical(PartitionArgument.values(partition, table))))
                                    .toList(),
                            named(partitions, table));
                })
                .orElseGet(() -> new ToUnwaive(List.of(), partitions));
    }

    private final class Check {

        private final CatalogTable table;
        private final TableRecord record;
        private final PartitionFolders folders;
        private final FirstObjects objects;
        private final EquivalentValues forms;

        private Check(CatalogTable table, TableRecord record) {
            this.table = table;
            this.record = record;
            this.folders = PartitionFolders.of(table, record, stack);
            this.objects = new FirstObjects(stack.clients().pages());
            this.forms = new EquivalentValues(table.keys());
        }

        /** Requires different partitions: an execution fails if one is named twice, in whatever form. */
        private void requireDifferent(List<PartitionValues> partitions) {
            Set<PartitionValues> seen = new HashSet<>();
            partitions.stream()
                    .filter(values -> !seen.add(forms.canonical(values)))
                    .findFirst()
                    .ifPresent(twice -> {
                        throw new CommandFailedException(
                                LogSafe.of(twice.nameFor(table.keys()) + " is named twice: nothing is waived"));
                    });
        }

        /**
         * Requires that the partitions are not registered, unless they have failed since. Waived ones are left to the
         * execution, which knows their failures.
         */
        private void requireUnregistered(List<PartitionValues> partitions, Hints hints) {
            Map<PartitionValues, OutstandingFailure> failures =
                    forms.index(record.outstanding(), OutstandingFailure::values);
            Set<PartitionValues> waived = Waivers.byValues(record, forms).keySet();
            stack.catalog().find(table, table.keys(), partitions).forEach((values, registered) -> {
                PartitionValues canonical = forms.canonical(values);
                boolean hasFailedSince = Optional.ofNullable(failures.get(canonical))
                        .filter(failure -> !failure.healedBy(registered))
                        .isPresent();
                if (!hasFailedSince && !waived.contains(canonical)) {
                    String partition = values.nameFor(table.keys());
                    throw new CommandFailedException(
                            LogSafe.of(partition + " is registered, and has not failed since: nothing is waived"),
                            "what is known of it: "
                                    + hints.command("explain", table.name().toString(), partition));
                }
            });
        }

        private Found of(List<PartitionValues> partitions, List<String> names) {
            Set<PartitionValues> known = Stream.concat(
                            record.outstanding().stream().map(OutstandingFailure::values),
                            record.waived().stream().map(RecordedWaiver::values))
                    .map(forms::canonical)
                    .collect(Collectors.toSet());
            Map<Boolean, List<PartitionValues>> others = partitions.stream()
                    .filter(values -> !known.contains(forms.canonical(values)))
                    .collect(Collectors.partitioningBy(this::mayBeMissing));
            return new Found(warnings(others.get(false)), !others.get(true).isEmpty(), names);
        }

        private List<String> warnings(List<PartitionValues> unknown) {
            return Workers.THREADS.each(PARALLEL, unknown, this::warning).stream()
                    .flatMap(Optional::stream)
                    .toList();
        }

        /** A period counts as missing only until now. */
        private boolean mayBeMissing(PartitionValues values) {
            return record.progress().missing().isPresent()
                    && new PartitionTime(table.keys())
                            .of(values)
                            .map(record.timeZone().orElse(KeyZone.UTC)::begin)
                            .filter(begin -> !begin.isAfter(clock.instant()))
                            .isPresent();
        }

        private Optional<String> warning(PartitionValues values) {
            KnownPartition partition = KnownPartition.unprocessed(values);
            List<S3Location> places = Stream.of(folders.own(partition, objects), folders.raw(partition, objects))
                    .flatMap(Optional::stream)
                    .toList();
            return places.stream().anyMatch(objects::isIn)
                    ? Optional.empty()
                    : Optional.of(LogSafe.of(values.nameFor(table.keys())
                            + " has not failed, and does not count as missing; "
                            + (places.isEmpty()
                                    ? "where its data would lie is not known"
                                    : places.stream()
                                            .map(S3Location::uri)
                                            .collect(Collectors.joining(" or ", "S3 has no object of it under ", "")))
                            + ": check its name"));
        }
    }
}
