package io.fanin.detector.select;

import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.inventory.Inventories;
import io.fanin.core.parallel.Workers;
import io.fanin.detector.catalog.PublishedTableState;
import io.fanin.detector.inspect.Inspected;
import io.fanin.detector.inspect.Verdict;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.partition.Periods;
import io.fanin.model.run.PartitionLabel;
import io.fanin.model.run.detection.Vanished;
import io.fanin.model.run.detection.VanishedList;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.spec.detection.OnVanished;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.text.Counted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds registered partitions whose data is gone: a listing of the whole table has not shown their prefixes, and one
 * more request for each shows that its registered location is empty.
 *
 * <p>A partition counts only if it had data when it was registered, or if that is unknown because another tool
 * registered it, and its period is over. Partitions registered outside the table's location are ignored.
 */
public final class VanishedSearch implements VanishedPartitions {

    /** Unless forced, a run deregisters at most one in this number of a table's partitions, rounded up. */
    private static final int ONE_IN = 20;

    private static final int PARALLEL = 16;

    private final DetectionSpec.Full spec;
    private final TableDefinition table;
    private final GlueCatalog catalog;
    private final Inventories inventories;
    private final Workers workers;
    private final EquivalentValues forms;
    private final Set<PartitionValues> outstanding;
    private final SelectionRules rules;
    private final PartitionTime time;
    private final Periods periods;
    private final SampledCount vanished = new SampledCount();
    private final List<VanishedList.Entry> entries = new ArrayList<>();
    private final List<Partition> withRawData = new ArrayList<>();
    private long registered;
    private long own;

    /**
     * @param published its outstanding and waived partitions do not count as vanished, since they are reported already
     */
    public VanishedSearch(
            DetectionSpec.Full spec,
            TableDefinition table,
            PublishedTableState published,
            SelectionRules rules,
            GlueCatalog catalog,
            Inventories inventories,
            Workers workers) {
        this.spec = spec;
        this.table = table;
        this.catalog = catalog;
        this.inventories = inventories;
        this.workers = workers;
        this.forms = published.forms();
        this.outstanding = published.failures().keySet();
        this.rules = rules;
        this.time = new PartitionTime(table.keys());
        this.periods = new Periods(table.keys());
    }

    @Override
    public void take(
            List<ObservedPartition> chunk, List<Inspected> inspected, Supplier<Set<PartitionValues>> toVerify) {
        registered += chunk.stream().filter(one -> one.registered().isPresent()).count();
        if (!spec.searchesVanished()) {
            return;
        }
        Set<PartitionValues> chosen = inspected.stream()
                .filter(one -> one.verdict() instanceof Verdict.Ready)
                .map(one -> forms.canonical(one.candidate().partition().values()))
                .collect(Collectors.toCollection(() -> new HashSet<>(toVerify.get())));
        List<PartitionValues> unseen = chunk.stream()
                .filter(one ->
                        !one.hasFolder() && !outstanding.contains(one.canonical()) && !chosen.contains(one.canonical()))
                .flatMap(one -> one.registered().stream())
                .filter(this::mayHaveHadData)
                .map(RegisteredPartition::values)
                .toList();
        if (unseen.isEmpty()) {
            return;
        }
        Map<PartitionValues, RegisteredPartition> known = catalog.find(table, unseen);
        List<RegisteredPartition> asked = unseen.stream()
                .filter(known::containsKey)
                .map(known::get)
                .filter(one -> location(one).filter(table.location()::holds).isPresent())
                .toList();
        List<Boolean> held = workers.each(
                PARALLEL, asked, one -> inventories.holdsAnything(location(one).orElseThrow()));
        Map<PartitionValues, Partition> raw = rawData(chunk);
        IntStream.range(0, asked.size())
                .filter(i -> !held.get(i))
                .mapToObj(asked::get)
                .forEach(gone -> add(gone, raw));
    }

    /** Of registered partitions without a folder in the table, where raw data was seen: the first prefix of each. */
    private static Map<PartitionValues, Partition> rawData(List<ObservedPartition> chunk) {
        return chunk.stream()
                .filter(one -> !one.hasFolder()
                        && one.registered().isPresent()
                        && !one.prefixes().isEmpty())
                .collect(Collectors.toMap(
                        one -> one.registered().orElseThrow().values(),
                        one -> one.prefixes().getFirst()));
    }

    private boolean mayHaveHadData(RegisteredPartition partition) {
        return partition.run().isEmpty()
                ? time.of(partition.values())
                        .filter(period -> !rules.isOver(period, periods))
                        .isEmpty()
                : partition.heldData();
    }

    private void add(RegisteredPartition partition, Map<PartitionValues, Partition> raw) {
        S3Location location = location(partition).orElseThrow();
        boolean isOwn = partition.run().isPresent();
        vanished.add(PartitionLabel.of(
                new Partition(partition.values(), location.prefix()),
                table.keys(),
                isOwn ? "" : "registered by another tool, and never deregistered"));
        own += isOwn ? 1 : 0;
        if (isOwn && entries.size() < VanishedList.MAX) {
            entries.add(new VanishedList.Entry(partition.values(), location.uri(), partition.registeredBy()));
            Optional.ofNullable(raw.get(partition.values())).ifPresent(withRawData::add);
        }
    }

    private static Optional<S3Location> location(RegisteredPartition partition) {
        return partition.location().flatMap(S3Location::find);
    }

    @Override
    public Optional<VanishedList> list() {
        return own == 0
                        || spec.vanishedOrDefault() != OnVanished.DEREGISTER
                        || tooMany().isPresent()
                ? Optional.empty()
                : Optional.of(new VanishedList(VanishedList.VERSION, entries));
    }

    @Override
    public List<Partition> withRawData() {
        return list().isPresent() ? List.copyOf(withRawData) : List.of();
    }

    @Override
    public Optional<Vanished> found() {
        Optional<VanishedList> list = list();
        return Optional.of(new Vanished(
                vanished.tally().count(),
                vanished.tally().sample(),
                list.map(all -> (long) all.partitions().size()).orElse(0L),
                list.map(VanishedList::token),
                spec.vanishedOrDefault() == OnVanished.DEREGISTER ? tooMany() : Optional.empty()));
    }

    private Optional<String> tooMany() {
        long most = (registered + ONE_IN - 1) / ONE_IN;
        return spec.isForced() || own <= most
                ? Optional.empty()
                : Optional.of(Counted.of(own, "partition") + " of the table's " + registered
                        + " would be deregistered, and a run deregisters " + most
                        + " at most (one in " + ONE_IN + "): none is. Where their data is meant to be gone, run once"
                        + " with \"force\": true beside \"vanished\": \"deregister\"");
    }
}
