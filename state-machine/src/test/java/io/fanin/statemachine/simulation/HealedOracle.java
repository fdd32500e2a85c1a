package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The rules after a final undisturbed run: everything is as if there had been no faults. */
final class HealedOracle {

    private static final Duration OUTSIDE_AGAIN = Duration.ofDays(1);

    /** The time ahead of a run within which a period counts, reduced by the time that may have passed since. */
    private static final Duration COUNTS_AHEAD = Duration.ofHours(12);

    private final ObservedState observed;
    private final VersionOracle versions;

    /** Partitions that a run over the whole table has planned to process. */
    private final Set<List<String>> planned = new HashSet<>();

    /** Partitions whose data arrived in the table's folder like late data. */
    private final Set<Integer> followed = new HashSet<>();

    /** Whether all runs look for partitions left by a move of the table; runs of the newest part do so once a day. */
    private boolean looksOutside;

    HealedOracle(ObservedState observed, VersionOracle versions) {
        this.observed = observed;
        this.versions = versions;
    }

    void planned(String run) {
        RunFiles files = observed.files();
        if (SimulatedSpecs.SCANS.contains(files.mode(run).orElse("list"))) {
            planned.addAll(files.planned(run));
        }
    }

    /**
     * Called when data has arrived in the table's folder like late data, before all windows; only unregistered data
     * counts.
     */
    void dataFollowed(int partition) {
        List<String> values = observed.lake().layout().values(partition);
        if (!observed.isRegistered(values)) {
            planned.remove(values);
            followed.add(partition);
        }
    }

    /** Called when the table's former location is empty. */
    void oldPlaceEmptied() {
        String last = observed.files().record().path("outside").asText();
        looksOutside = last.isEmpty()
                || !Instant.parse(last)
                        .plus(OUTSIDE_AGAIN)
                        .isAfter(observed.world().clock().instant());
    }

    /** @param last the undisturbed run; empty if the table was found to need none */
    void requireHealed(Optional<SimulatedExecution> last, SimulatedSpecs.Last kind) {
        JsonNode record = observed.files().record();
        CatalogView catalog = observed.catalog();
        last.ifPresent(run -> observed.require(
                run.status() == SimulatedExecution.Status.SUCCEEDED, "the last run failed: " + run.failure()));
        observed.require(
                last.isPresent() || kind != SimulatedSpecs.Last.EVERYTHING, "a look at everything was left out");
        boolean isLacking =
                observed.world().countsGaps() && catalog.parameters().containsKey("fanin.missing");
        observed.require(
                catalog.status().equals(isLacking ? "PARTIAL" : "COMPLETE"),
                "the table is " + catalog.parameters() + " at last");
        requireCounted(kind);
        requireMark(kind);
        observed.require(record.path("outstanding").isEmpty(), "something is outstanding at last");
        observed.lake().layout().timeZone().filter(zone -> record.has("basis")).ifPresent(zone -> {
            String said = catalog.parameters().getOrDefault("fanin.timeZone", "");
            observed.require(said.equals(zone), "the keys are said to be in the zone '" + said + "' at last");
        });
        record.path("empty").forEach(partition -> {
            List<String> values = RunFiles.values(partition);
            observed.require(
                    kind != SimulatedSpecs.Last.EVERYTHING || observed.isRegistered(values),
                    values + " is called empty at last, and is not registered");
        });
        JsonNode lease = observed.files().lease();
        observed.require(lease.path("holder").isMissingNode(), "the lease is held at last: " + lease);
        observed.lake().partitions().forEach(number -> requireHealed(number, kind));
        Set<List<String>> foreign = catalog.partitions().keySet().stream()
                .filter(values -> observed.number(values).isEmpty())
                .collect(Collectors.toSet());
        observed.require(foreign.isEmpty(), foreign + " are no partitions of the lake");
    }

    /** Requires correct counts. A run of the newest part does not see periods before it that never had data. */
    private void requireCounted(SimulatedSpecs.Last kind) {
        SimulatedLake lake = observed.lake();
        Map<String, String> parameters = observed.catalog().parameters();
        int said = Integer.parseInt(parameters.getOrDefault("fanin.missing", "0"));
        Set<Integer> all = missingBetween(lake.partitions());
        Set<Integer> known = kind == SimulatedSpecs.Last.RECENT
                ? missingBetween(lake.partitions().stream()
                        .filter(number -> !lake.wasEmpty(number)
                                && !followed.contains(number)
                                && planned.contains(lake.layout().values(number)))
                        .toList())
                : all;
        observed.require(
                known.size() <= said && said <= all.size(),
                said + " are said to be missing at last, and " + all + " are");
        known.stream().findFirst().flatMap(lake.layout()::moment).ifPresent(first -> {
            observed.world().trace().count(FaultKind.PERIOD_MISSING_AT_LAST);
            String through = parameters.getOrDefault("fanin.complete_through", "");
            observed.require(
                    through.compareTo(first.toString()) < 0,
                    "the table is said to be complete through " + through + ", and " + first + " is missing");
        });
    }

    /**
     * Requires that the table is complete through the period before the first missing one, or otherwise through its
     * newest one, unless that is too far in the future to count.
     */
    private void requireMark(SimulatedSpecs.Last kind) {
        SimulatedLake lake = observed.lake();
        if (kind == SimulatedSpecs.Last.RECENT || lake.layout().moment(0).isEmpty()) {
            return;
        }
        int newest = lake.partitions().getLast();
        LocalDateTime now = LocalDateTime.ofInstant(observed.world().clock().instant(), ZoneOffset.UTC);
        if (lake.layout()
                .moment(newest)
                .filter(now.plus(COUNTS_AHEAD)::isBefore)
                .isPresent()) {
            return;
        }
        int last = observed.world().countsGaps()
                ? missingBetween(lake.partitions()).stream()
                        .findFirst()
                        .map(first -> first - 1)
                        .orElse(newest)
                : newest;
        String expected = lake.layout().moment(last).map(Object::toString).orElse("");
        String said = observed.catalog().parameters().getOrDefault("fanin.complete_through", "");
        observed.require(
                said.equals(expected),
                "the table is said to be complete through '" + said + "' at last, and is through '" + expected + "'");
    }

    /** The periods between those with data that have no data, and are not waived. */
    private Set<Integer> missingBetween(List<Integer> there) {
        Set<Integer> missing = new TreeSet<>(observed.lake().gaps());
        missing.removeIf(gap -> there.isEmpty() || gap < there.getFirst() || gap > there.getLast());
        List<List<String>> waived = observed.waived();
        boolean someWaived =
                missing.removeIf(gap -> waived.contains(observed.lake().layout().values(gap)));
        if (someWaived) {
            observed.world().trace().count(FaultKind.GAP_WAIVED_AT_LAST);
        }
        return missing;
    }

    private void requireHealed(int number, SimulatedSpecs.Last kind) {
        SimulatedLake lake = observed.lake();
        List<String> values = lake.layout().values(number);
        boolean mayBeUnseen = !planned.contains(values) || observed.wasTakenAway(values) || lake.wasEmpty(number);
        if (kind == SimulatedSpecs.Last.RECENT && mayBeUnseen) {
            return;
        }
        Optional<JsonNode> waiver = observed.waiver(values);
        if (waiver.isPresent()) {
            observed.require(
                    kind != SimulatedSpecs.Last.EVERYTHING || isJustlyWaived(waiver.get(), number, values),
                    values + " is still waived at last: " + waiver);
            return;
        }
        Optional<JsonNode> partition = observed.partition(values);
        observed.require(partition.isPresent(), values + " is not registered at last");
        partition.ifPresent(one -> {
            String inventory = CatalogView.parameter(one, "fanin.inventory");
            boolean isCompared = kind == SimulatedSpecs.Last.EVERYTHING && !inventory.isEmpty();
            observed.require(
                    !isCompared || inventory.equals(lake.hash(number)),
                    values + " is registered with other objects than it has");
            observed.require(
                    isAtItsPlace(number, one, kind), values + " is registered at " + CatalogView.location(one));
            observed.require(!isCompared || isMade(number, one), values + " is not what its raw data is at last");
        });
    }

    /**
     * Whether a partition's location is correct. Another tool registers data where it finds it, and a run leaves that
     * location.
     */
    private boolean isAtItsPlace(int number, JsonNode partition, SimulatedSpecs.Last kind) {
        String location = CatalogView.location(partition);
        boolean isOfLastRuns = kind == SimulatedSpecs.Last.EVERYTHING
                && !CatalogView.run(partition).isEmpty();
        boolean isLeftBehind = !observed.world().mode().hasSource()
                && !CatalogView.run(partition).isEmpty()
                && !observed.lake().isInFolder(location)
                && (kind != SimulatedSpecs.Last.RECENT || looksOutside);
        return isOfLastRuns
                ? observed.lake().isAtItsPlace(number, location)
                : !isLeftBehind && observed.lake().isPlace(number, location);
    }

    private boolean isMade(int number, JsonNode partition) {
        return observed.world().mode().makesVersions()
                ? versions.isMade(number, partition)
                : observed.lake().isMade(number, CatalogView.location(partition));
    }

    /**
     * Whether a waiver is justified: it is for the partition's data as it is, and the partition is not registered,
     * unless it failed after its registration.
     */
    private boolean isJustlyWaived(JsonNode waiver, int number, List<String> values) {
        return observed.isOfDataAsItIs(waiver, number)
                && (!observed.isRegistered(values) || waiver.path("failure").has("registeredBy"));
    }
}
