package io.fanin.core.catalog.partition;

import io.fanin.core.catalog.ParallelRequests;
import io.fanin.core.catalog.Rounds;
import io.fanin.core.catalog.partition.RegistrationOutcome.Change;
import io.fanin.core.catalog.partition.RegistrationOutcome.LeftToOthers;
import io.fanin.core.catalog.partition.RegistrationOutcome.Refused;
import io.fanin.core.catalog.partition.RegistrationOutcome.Registered;
import io.fanin.core.catalog.partition.WriteAnswer.Failure;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.PartitionValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.glue.model.Table;

/**
 * One registration, in rounds. A round creates the open partitions, reads those that exist already or may have been
 * created, and updates those that are neither as intended nor newer, nor left to another tool. Partitions that are open
 * after the last round are refused. At the end everything is read back: a partition that Glue does not have at its
 * location is not registered.
 */
final class RegistrationRounds {

    private final CatalogTable table;
    private final Map<PartitionValues, PartitionRegistration> wanted;
    private final PartitionReader reader;
    private final PartitionWriter writer;

    /** The remaining partitions, each with the failure that left it open. */
    private final Map<PartitionValues, Failure> open = new LinkedHashMap<>();

    private final Map<PartitionValues, Failure> refused = new HashMap<>();

    /** For each partition, the last write that had an effect, or may have had one. */
    private final Map<PartitionValues, Change> changes = new HashMap<>();

    RegistrationRounds(
            CatalogTable table,
            Map<PartitionValues, PartitionRegistration> wanted,
            PartitionReader reader,
            PartitionWriter writer) {
        this.table = table;
        this.wanted = wanted;
        this.reader = reader;
        this.writer = writer;
    }

    Map<PartitionValues, RegistrationOutcome> outcomes(Rounds rounds) {
        Failure untried = new Failure(FailureCode.UNTRIED.word(), "not sent");
        wanted.keySet().forEach(values -> open.put(values, untried));
        int attempts = rounds.repeat(open.size(), requests -> {
            update(requests, read(create(requests)));
            return open.size();
        });
        return confirm(attempts);
    }

    /** Creates the open partitions; returns those whose state has to be read. */
    private Set<PartitionValues> create(ParallelRequests requests) {
        List<PartitionRegistration> missing =
                open.keySet().stream().map(wanted::get).toList();
        Map<PartitionValues, WriteAnswer> answers =
                writer.create(requests, table.name(), missing, one -> PartitionInputs.of(raw(), one));
        answers.forEach((values, answer) -> note(values, answer, Change.CREATED));
        return answers.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof WriteAnswer.Exists
                        || entry.getValue() instanceof WriteAnswer.Unknown)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Reads partitions; returns those that have to be updated. */
    private List<Update> read(Set<PartitionValues> toRead) {
        List<Update> updates = new ArrayList<>();
        present(toRead).forEach((values, present) -> {
            PartitionRegistration registration = wanted.get(values);
            if (present.isSettled(registration)) {
                open.remove(values);
            } else {
                updates.add(new Update(present, registration));
            }
        });
        return updates;
    }

    private void update(ParallelRequests requests, List<Update> updates) {
        Map<PartitionValues, Change> effects = updates.stream()
                .collect(Collectors.toMap(one -> one.registration().values(), Update::effect));
        writer.update(
                        requests,
                        table.name(),
                        updates,
                        one -> PartitionInputs.replacing(one.present(), raw(), one.registration()))
                .forEach((values, answer) -> note(values, answer, effects.get(values)));
    }

    private record Update(PresentPartition present, PartitionRegistration registration) {

        Change effect() {
            return present.isOfRun() ? Change.UPDATED : Change.ADOPTED;
        }
    }

    private Map<PartitionValues, PresentPartition> present(Set<PartitionValues> values) {
        return reader.read(
                table.name(),
                PartitionReader.weight(table.columns()),
                values,
                partition -> PresentPartition.of(partition, raw()));
    }

    private void note(PartitionValues values, WriteAnswer answer, Change change) {
        switch (answer) {
            case WriteAnswer.Accepted() -> {
                changes.put(values, change);
                open.remove(values);
            }
            case WriteAnswer.Unknown(Failure failure) -> {
                changes.put(values, change);
                open.put(values, failure);
            }
            case WriteAnswer.Exists(Failure failure) -> open.put(values, failure);
            case WriteAnswer.Again(Failure failure) -> open.put(values, failure);
            case WriteAnswer.Refused(Failure failure) -> {
                refused.put(values, failure);
                open.remove(values);
            }
        }
    }

    private Map<PartitionValues, RegistrationOutcome> confirm(int attempts) {
        Set<PartitionValues> expected = wanted.keySet().stream()
                .filter(values -> !refused.containsKey(values))
                .collect(Collectors.toSet());
        Map<PartitionValues, PresentPartition> present = present(expected);
        Map<PartitionValues, RegistrationOutcome> outcomes = new HashMap<>();
        wanted.forEach((values, registration) -> outcomes.put(values, outcome(registration, present, attempts)));
        return outcomes;
    }

    private RegistrationOutcome outcome(
            PartitionRegistration registration, Map<PartitionValues, PresentPartition> all, int attempts) {
        PartitionValues values = registration.values();
        if (refused.containsKey(values)) {
            Failure failure = refused.get(values);
            return new Refused(values, failure.code(), failure.message());
        }
        PresentPartition present = all.get(values);
        if (present != null && present.isLeftToOthers(registration)) {
            return new LeftToOthers(values, present.location().orElseThrow());
        }
        if (open.containsKey(values)) {
            Failure failure = open.get(values);
            return present != null && present.isSettled(registration)
                    ? registered(registration, present)
                    : new Refused(values, failure.code(), failure.message() + " (after " + attempts + " attempts)");
        }
        if (present == null) {
            return new Refused(
                    values, FailureCode.NOT_VERIFIED, "Glue accepted it, but reading it back did not find it");
        }
        return present.isWhereMeant(registration) || present.isNewerThan(registration)
                ? registered(registration, present)
                : new Refused(
                        values,
                        FailureCode.NOT_VERIFIED,
                        "Glue has it at " + present.location().orElse("no location") + " instead of "
                                + registration.locationUri());
    }

    private Registered registered(PartitionRegistration registration, PresentPartition present) {
        PartitionValues values = registration.values();
        return new Registered(
                values,
                present.isNewerThan(registration) ? Change.KEPT : changes.getOrDefault(values, Change.UNCHANGED));
    }

    private Table raw() {
        return table.raw();
    }
}
