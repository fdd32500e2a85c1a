package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.fakes.Call;
import io.fanin.statemachine.simulation.FunctionRun.Function;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Looks on from outside, and knows after each effect what must be true whatever has gone wrong. */
final class Oracle {

    private static final Pattern RESULT = Pattern.compile("state/runs/([^/]+)/pass-(\\d+)/results/(\\d+)\\.json");
    private static final Pattern MANIFEST = Pattern.compile("state/runs/([^/]+)/pass-(\\d+)/manifest\\.json");
    private static final Pattern REPORT = Pattern.compile("state/runs/([^/]+)/pass-(\\d+)/report\\.json");
    /** As many partitions as Glue makes visible in one request. */
    private static final int ONE_REQUEST = 100;

    private static final Set<String> CATALOG_WRITES = Set.of(
            "CreateTable",
            "UpdateTable",
            "DeleteTable",
            "BatchCreatePartition",
            "BatchUpdatePartition",
            "UpdatePartition",
            "BatchDeletePartition",
            "DeletePartition");

    private final HistoryWorld world;
    private final RunFiles files;
    private final List<String> violations = new ArrayList<>();
    private final Set<Processed> processed = new HashSet<>();
    private final Map<List<String>, Integer> numbers = new HashMap<>();
    private final Set<String> reported = new HashSet<>();
    private final Set<List<String>> dropped = new HashSet<>();

    /** Partitions that a run which looked at the whole table set out to process. */
    private final Set<List<String>> planned = new HashSet<>();

    /** Runs whose processors wrote a result after their caller had given them up. */
    private final Set<String> haunted = new HashSet<>();

    private final TableGenerations generations = new TableGenerations();
    private final Owners owners;
    private final Attempts attempts = new Attempts();

    private CatalogView catalog;
    private Optional<Holding> holding = Optional.empty();
    private Map<String, Set<String>> inbox = Map.of();
    private boolean wiped;
    private boolean tableWasDropped;
    private List<List<String>> outstanding = List.of();

    Oracle(HistoryWorld world) {
        this.world = world;
        this.files = new RunFiles(world.aws().s3());
        this.catalog = CatalogView.of(world.aws().glue());
        this.owners = new Owners(world, files, violations);
    }

    /** What a processor has found sound: in this run, a partition with this inventory. */
    private record Processed(String run, List<String> values, String inventory, String held) {}

    /** Whose lease it is, as he was when he took it. */
    private record Holding(SimulatedExecution execution, int redrives) {}

    List<String> violations() {
        return violations;
    }

    Attempts attempts() {
        return attempts;
    }

    RunFiles files() {
        return files;
    }

    CatalogView catalog() {
        return catalog;
    }

    /** Somebody else changes the catalog. */
    void foreign(Runnable change) {
        CatalogView before = catalog;
        change.run();
        catalog = CatalogView.of(world.aws().glue());
        generations.changed(before, catalog);
        tableWasDropped |= before.hasTable() && !catalog.hasTable();
        wiped |= before.hasTable() && !catalog.parameters().equals(before.parameters());
        before.partitions().keySet().stream()
                .filter(values -> !catalog.partitions().containsKey(values))
                .forEach(dropped::add);
    }

    /** A request has had its effect, if it has any. */
    void observe(Call call) {
        if (call.target().startsWith("state/") && call.operation().startsWith("DeleteObject")) {
            entriesDeleted();
        }
        if (call.target().startsWith("state/inbox/") && call.operation().equals("PutObject")) {
            inbox = inbox();
        }
        if (call.operation().equals("PutObject")) {
            Matcher result = RESULT.matcher(call.target());
            Matcher report = REPORT.matcher(call.target());
            Matcher manifest = MANIFEST.matcher(call.target());
            if (result.matches()) {
                resultWritten(result.group(1), call.target());
            } else if (report.matches() && reported.add(call.target())) {
                passEnded(report.group(1), Integer.parseInt(report.group(2)));
            } else if (manifest.matches() && !manifest.group(2).equals("0")) {
                owners.resumed(manifest.group(1));
            } else if (manifest.matches() && manifest.group(1).startsWith(Rival.RUNS)) {
                owners.begun(manifest.group(1));
            } else if (manifest.matches()) {
                owners.begun(manifest.group(1));
                generations.decidedBy(world.invocation().orElseThrow());
                planned(manifest.group(1));
            } else if (call.target().endsWith("/" + RunFiles.LEASE)) {
                leaseWritten();
            } else if (call.target().endsWith("/" + RunFiles.RECORD)) {
                recordWritten();
            }
        } else if (call.operation().equals("GetTable") && catalog.hasTable()) {
            world.invocation()
                    .filter(one -> one.function() == Function.DETECTOR)
                    .ifPresent(generations::seenBy);
        } else if (CATALOG_WRITES.contains(call.operation())) {
            CatalogView before = catalog;
            catalog = CatalogView.of(world.aws().glue());
            if (!catalog.equals(before)) {
                catalogWritten(before);
            }
        }
    }

    /** Nobody takes a lease from an execution that is running, unless it was redriven after it had been found dead. */
    private void leaseWritten() {
        String holder = files.lease().path("holder").asText();
        holding.filter(before -> !holder.isEmpty() && !before.execution().arn().equals(holder))
                .ifPresent(before -> require(
                        !before.execution().isRunning()
                                || before.redrives() != before.execution().redrives(),
                        "the lease of " + before.execution() + ", which is running, was taken by " + holder));
        holding = world.engine().executions().stream()
                .filter(one -> one.arn().equals(holder))
                .findFirst()
                .map(one -> new Holding(one, one.redrives()));
    }

    /** The partitions that the table's record has as given up. */
    List<List<String>> waived() {
        return recorded("waived");
    }

    List<List<String>> outstanding() {
        return recorded("outstanding");
    }

    private List<List<String>> recorded(String kind) {
        List<List<String>> recorded = new ArrayList<>();
        files.record().path(kind).forEach(one -> recorded.add(RunFiles.values(one.at("/partition/values"))));
        return recorded;
    }

    /** Attempts count only what the partition itself has caused, and what is given up may come back. */
    private void recordWritten() {
        List<List<String>> before = outstanding;
        outstanding = outstanding();
        files.record().path("waived").forEach(one -> {
            List<String> values = RunFiles.values(one.at("/partition/values"));
            require(!outstanding.contains(values), values + " is both waived and outstanding");
            require(
                    one.has("failure") || !before.contains(values),
                    values + " was outstanding, and is waived without what was known of it");
        });
        files.record().path("outstanding").forEach(failure -> {
            List<String> values = RunFiles.values(failure.at("/partition/values"));
            require(
                    failure.path("attempts").asInt() <= attempts.of(values),
                    failure.path("attempts") + " attempts of " + values + " are counted, and it has failed "
                            + attempts.of(values) + " times itself");
        });
    }

    /** The prefixes that each entry of the inbox names, by the entries' keys. */
    private Map<String, Set<String>> inbox() {
        Map<String, Set<String>> entries = new HashMap<>();
        for (String key : world.aws().s3().keys(HistoryWorld.STATE_BUCKET, "inbox/")) {
            entries.put(key, new HashSet<>(files.read(key).findValuesAsText("prefix")));
        }
        return entries;
    }

    /** What an entry has named is somewhere else by then. */
    private void entriesDeleted() {
        Map<String, Set<String>> before = inbox;
        inbox = inbox();
        before.forEach((key, prefixes) -> {
            if (!inbox.containsKey(key)) {
                world.lake().partitions().stream()
                        .filter(number -> prefixes.contains(world.lake().prefix(number)))
                        .forEach(number -> require(
                                isKnown(number) || isToldOf(number) || isOutstanding(number),
                                "an entry of the inbox is gone that named "
                                        + world.lake().prefix(number)
                                        + ", which is neither registered as it is nor outstanding"));
            }
        });
    }

    /** After all events have been taken up by an undisturbed run. */
    void requireNothingForgotten() {
        world.lake()
                .partitions()
                .forEach(number -> require(
                        isKnown(number),
                        world.lake().prefix(number) + " is not registered as it is, although S3 has told of it"));
        require(inbox().isEmpty(), "the inbox still holds " + inbox());
    }

    /** Whether nothing has to be done for a partition, or others have seen to it that nobody can know. */
    private boolean isKnown(int number) {
        List<String> values = world.lake().layout().values(number);
        return !world.lake().hasData(number)
                || dropped.contains(values)
                || tableWasDropped
                || waiver(values).filter(one -> isOfDataAsItIs(one, number)).isPresent()
                || Optional.ofNullable(catalog.partitions().get(values))
                        .map(partition -> CatalogView.parameter(partition, "fanin.inventory"))
                        .filter(inventory -> inventory.isEmpty()
                                || inventory.equals(world.lake().hash(number)))
                        .isPresent();
    }

    private boolean isToldOf(int number) {
        String prefix = world.lake().prefix(number);
        return world.events().speaksOf(prefix)
                || inbox.values().stream().anyMatch(prefixes -> prefixes.contains(prefix));
    }

    private boolean isOutstanding(int number) {
        List<String> values = world.lake().layout().values(number);
        return files.record().path("outstanding").findValues("partition").stream()
                .anyMatch(partition -> RunFiles.values(partition.path("values")).equals(values));
    }

    private void planned(String run) {
        String mode =
                files.read("runs/" + run + "/spec.json").at("/detection/mode").asText("list");
        if (Set.of("list", "full").contains(mode)) {
            files.read("runs/" + run + "/pass-0/manifest.json")
                    .forEach(batch -> batch.path("partitions")
                            .forEach(partition -> planned.add(RunFiles.values(partition.path("values")))));
        }
    }

    private void resultWritten(String run, String target) {
        if (world.invocation().filter(one -> one.answer().isPresent()).isPresent()) {
            haunted.add(run);
        }
        for (JsonNode one : files.read(target.substring("state/".length())).path("partitions")) {
            attempts.processed(one);
            if (one.path("outcome").asText().equals("processed")) {
                processed.add(new Processed(
                        run,
                        RunFiles.values(one.at("/partition/values")),
                        one.at("/inventory/hash").asText(),
                        one.at(one.has("written") ? "/written/hash" : "/inventory/hash")
                                .asText()));
            }
        }
    }

    private void catalogWritten(CatalogView before) {
        generations.changed(before, catalog);
        world.invocation().map(FunctionRun::run).ifPresent(this::requireTableOf);
        if (before.hasTable()) {
            require(catalog.hasTable(), "the table was dropped");
            require(
                    before.description().equals(catalog.description()),
                    "what others said of the table was changed from " + before.description() + " to "
                            + catalog.description());
        }
        before.partitions()
                .keySet()
                .forEach(values -> require(catalog.partitions().containsKey(values), values + " was dropped"));
        catalog.partitions().forEach((values, partition) -> {
            if (!partition.equals(before.partitions().get(values))) {
                dropped.remove(values);
                registered(values, partition);
            }
        });
        if (!before.parameters().equals(catalog.parameters())
                && !catalog.status().isEmpty()) {
            wiped = false;
        }
        if (isAlone()) {
            requireTrueFlag();
            world.invocation()
                    .map(FunctionRun::run)
                    .filter(run -> !haunted.contains(run))
                    .ifPresent(run -> requireFlagOf(run));
        }
    }

    /** A run calls no table complete that lacks what the run saw registered in the one before. */
    private void requireTableOf(String run) {
        Set<List<String>> lost = generations.lostTo(run, catalog);
        require(
                lost.isEmpty() || !catalog.status().equals("COMPLETE"),
                "the table is COMPLETE, and " + run + " saw " + lost + " in the one before, which was dropped");
    }

    /** What the run's processors say of its partitions, whatever the record says. */
    private void requireFlagOf(String run) {
        int pass = 0;
        while (files.read("runs/" + run + "/pass-" + (pass + 1) + "/manifest.json")
                .isArray()) {
            pass++;
        }
        Set<List<String>> sound = new HashSet<>();
        Set<List<String>> left = new HashSet<>();
        String folder = "runs/" + run + "/pass-" + pass + "/";
        for (JsonNode batch : files.read(folder + "manifest.json")) {
            Map<List<String>, String> outcomes = outcomes(folder, batch);
            batch.path("partitions").forEach(partition -> {
                List<String> values = RunFiles.values(partition.path("values"));
                String outcome = outcomes.getOrDefault(values, "none");
                if (outcome.equals("processed")) {
                    sound.add(values);
                } else if (!outcome.equals("skipped") && !isRegistered(values)) {
                    left.add(values);
                }
            });
        }
        if (sound.size() > ONE_REQUEST) {
            world.trace().count(FaultKind.MORE_THAN_ONE_BATCH_OF_GLUE);
        }
        boolean some = sound.stream().anyMatch(values -> isBy(run, values));
        boolean all = sound.stream().allMatch(values -> isRegistered(values) || dropped.contains(values));
        boolean isPartial = catalog.status().equals("PARTIAL");
        if (!isPartial && !wiped) {
            require(
                    left.isEmpty(),
                    "the table says " + catalog.status() + " while " + left + " of " + run + " are left");
            require(
                    all || !some,
                    "the table is not said to be partial while some of " + run + "'s " + sound.size()
                            + " are registered");
        }
    }

    private boolean isBy(String run, List<String> values) {
        return Optional.ofNullable(catalog.partitions().get(values))
                .filter(partition ->
                        CatalogView.parameter(partition, "fanin.run").contains("/" + run + "/"))
                .isPresent();
    }

    private Map<List<String>, String> outcomes(String folder, JsonNode batch) {
        Map<List<String>, String> outcomes = new HashMap<>();
        files.read(folder + "results/" + batch.path("id").asInt() + ".json")
                .path("partitions")
                .forEach(one -> outcomes.put(
                        RunFiles.values(one.at("/partition/values")),
                        one.path("outcome").asText()));
        return outcomes;
    }

    private void registered(List<String> values, JsonNode partition) {
        String inventory = CatalogView.parameter(partition, "fanin.inventory");
        String folder = CatalogView.parameter(partition, "fanin.run");
        String run = folder.replaceFirst(".*/runs/", "").replace("/", "");
        List<Processed> found = processed.stream()
                .filter(one -> one.run().equals(run)
                        && one.values().equals(values)
                        && one.inventory().equals(inventory))
                .toList();
        require(
                !found.isEmpty(),
                values + " was registered by " + run + " with " + inventory + ", which no processor of it found sound");
        require(
                found.stream().noneMatch(one -> world.lake().isBroken(one.held())),
                values + " was registered with objects that cannot be read");
        Optional<Integer> number = Optional.ofNullable(numbers().get(values));
        require(number.isPresent(), values + " is no partition of the lake");
        number.ifPresent(one -> require(
                world.lake().location(one).equals(CatalogView.location(partition)),
                values + " was registered at " + CatalogView.location(partition)));
    }

    /** No other table-creator is under way, so that nobody writes between what this one reads and writes. */
    private boolean isAlone() {
        return world.engine().underWay().stream()
                        .filter(one -> one.function() == Function.TABLE_CREATOR)
                        .count()
                <= 1;
    }

    private void requireTrueFlag() {
        JsonNode record = files.record();
        if (catalog.status().equals("COMPLETE")) {
            require(
                    record.path("outstanding").isEmpty(),
                    "the table says COMPLETE while its record has outstanding " + record.path("outstanding"));
        }
        Optional.ofNullable(catalog.parameters().get("fanin.complete_through"))
                .ifPresent(moment -> record.path("outstanding").forEach(failure -> {
                    Optional<Integer> number =
                            Optional.ofNullable(numbers().get(RunFiles.values(failure.at("/partition/values"))));
                    number.flatMap(world.lake().layout()::moment)
                            .ifPresent(outstanding -> require(
                                    outstanding.toString().compareTo(moment) > 0,
                                    "complete_through " + moment + " runs ahead of " + failure.path("partition")));
                }));
    }

    private void passEnded(String run, int pass) {
        if (!world.invocation().orElseThrow().wasAlone()) {
            return;
        }
        JsonNode report = files.report(run, pass);
        Set<List<String>> failures = new HashSet<>();
        report.path("failures").forEach(failure -> failures.add(RunFiles.values(failure.path("values"))));
        require(
                report.path("outstanding").asInt() == failures.size(),
                run + "'s report counts other failures than it names");
        requireNothingLost(run, pass, failures);
        if (!wiped && catalog.hasTable()) {
            requireParameter(run, "fanin.status", report.path("status"));
            requireParameter(run, "fanin.failed", report.path("outstanding"));
            requireParameter(run, "fanin.registered", report.path("registered"));
            requireParameter(run, "fanin.waived", report.path("waived"));
            requireParameter(run, "fanin.complete_through", report.path("completeThrough"));
            require(
                    Objects.equals(
                            catalog.parameters().get("fanin.run"),
                            "s3://" + HistoryWorld.STATE_BUCKET + "/runs/" + run + "/"),
                    "the table names another run than " + run + ": " + catalog.parameters());
        }
        Set<List<String>> recorded = Set.copyOf(outstanding());
        require(
                recorded.equals(failures),
                run + " reports " + failures + " as outstanding, and the record has " + recorded);
    }

    private void requireParameter(String run, String name, JsonNode reported) {
        require(
                Objects.equals(catalog.parameters().get(name), reported.isMissingNode() ? null : reported.asText()),
                run + "'s report says " + reported + ", and the table's " + name + " is "
                        + catalog.parameters().get(name));
    }

    /** Each partition of the manifest is registered, or outstanding, or turned out to be none. */
    private void requireNothingLost(String run, int pass, Set<List<String>> failures) {
        String folder = "runs/" + run + "/pass-" + pass + "/";
        for (JsonNode batch : files.read(folder + "manifest.json")) {
            Map<List<String>, String> outcomes = outcomes(folder, batch);
            batch.path("partitions").forEach(partition -> {
                List<String> values = RunFiles.values(partition.path("values"));
                boolean accounted = failures.contains(values)
                        || waived().contains(values)
                        || dropped.contains(values)
                        || isRegistered(values)
                        || "skipped".equals(outcomes.get(values));
                require(accounted, values + " of " + run + " is neither registered nor outstanding: " + outcomes);
            });
        }
    }

    private boolean isRegistered(List<String> values) {
        return catalog.partitions().containsKey(values);
    }

    /** What the execution says is what its report says. */
    void executionEnded(SimulatedExecution execution) {
        execution
                .output()
                .ifPresent(output -> require(
                        output.has("status")
                                || files.read("runs/" + execution.run() + "/report.json")
                                        .isMissingNode(),
                        execution + " registered something, and ends with " + output));
        execution.output().filter(output -> output.has("status")).ifPresent(output -> {
            JsonNode report = files.report(execution.run(), output.path("pass").asInt());
            for (String name : List.of("status", "registered", "failed", "outstanding")) {
                require(
                        output.path(name).equals(report.path(name)),
                        execution + " ends with " + name + " " + output.path(name) + ", and its report says "
                                + report.path(name));
            }
        });
        execution.failure().ifPresent(failure -> {
            require(
                    !failure.detail().isBlank() && !failure.detail().equals("null"),
                    execution + " failed without a word: " + failure);
            require(!failure.error().startsWith("java."), execution + " failed unexpectedly: " + failure);
            require(
                    !failure.error().equals(Engine.THROTTLED),
                    execution + " has not waited until it was no longer throttled");
            if (failure.error().endsWith(".TablePartialException")) {
                require(
                        failure.detail().contains(HistoryWorld.DATABASE + "." + HistoryWorld.TABLE + " is partial"),
                        execution + " does not name its table: " + failure);
            }
        });
    }

    /** After an undisturbed run everything is as if nothing had ever gone wrong. */
    void requireHealed(SimulatedExecution last, Specs.Last kind) {
        require(last.status() == SimulatedExecution.Status.SUCCEEDED, "the last run failed: " + last.failure());
        require(catalog.status().equals("COMPLETE"), "the table is " + catalog.parameters() + " at last");
        require(files.record().path("outstanding").isEmpty(), "something is outstanding at last");
        files.record().path("empty").forEach(partition -> {
            List<String> values = RunFiles.values(partition);
            require(
                    kind != Specs.Last.EVERYTHING || isRegistered(values),
                    values + " is called empty at last, and is not registered");
        });
        require(files.lease().path("holder").isMissingNode(), "the lease is held at last: " + files.lease());
        for (int number : world.lake().partitions()) {
            List<String> values = world.lake().layout().values(number);
            boolean mayBeUnseen = !planned.contains(values)
                    || dropped.contains(values)
                    || world.lake().wasEmpty(number);
            if (kind == Specs.Last.RECENT && mayBeUnseen) {
                continue;
            }
            Optional<JsonNode> waiver = waiver(values);
            if (waiver.isPresent()) {
                require(
                        kind != Specs.Last.EVERYTHING || isJustlyWaived(waiver.get(), number, values),
                        values + " is still waived at last: " + waiver);
                continue;
            }
            Optional<JsonNode> partition =
                    Optional.ofNullable(catalog.partitions().get(values));
            require(partition.isPresent(), values + " is not registered at last");
            partition.ifPresent(one -> {
                String inventory = CatalogView.parameter(one, "fanin.inventory");
                require(
                        kind != Specs.Last.EVERYTHING
                                || inventory.isEmpty()
                                || inventory.equals(world.lake().hash(number)),
                        values + " is registered with other objects than it has");
                require(
                        CatalogView.location(one).equals(world.lake().location(number)),
                        values + " is registered at " + CatalogView.location(one));
                require(
                        kind != Specs.Last.EVERYTHING
                                || inventory.isEmpty()
                                || world.lake().isMade(number),
                        values + " is not what its raw data is at last");
            });
        }
        Set<List<String>> foreign = catalog.partitions().keySet().stream()
                .filter(values -> !numbers().containsKey(values))
                .collect(Collectors.toSet());
        require(foreign.isEmpty(), foreign + " are no partitions of the lake");
    }

    private Optional<JsonNode> waiver(List<String> values) {
        for (JsonNode one : files.record().path("waived")) {
            if (RunFiles.values(one.at("/partition/values")).equals(values)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    private boolean isOfDataAsItIs(JsonNode waiver, int number) {
        return waiver.at("/inventory/hash").asText().equals(world.lake().hash(number));
    }

    /** It is not registered either, unless it failed after it was. */
    private boolean isJustlyWaived(JsonNode waiver, int number, List<String> values) {
        return isOfDataAsItIs(waiver, number)
                && (!isRegistered(values) || waiver.path("failure").has("registeredBy"));
    }

    private Map<List<String>, Integer> numbers() {
        for (int number = numbers.size(); number < world.lake().next(); number++) {
            numbers.put(world.lake().layout().values(number), number);
        }
        return numbers;
    }

    private void require(boolean condition, String violation) {
        if (!condition) {
            world.trace().add("ORACLE", violation);
            violations.add(violation);
        }
    }
}
