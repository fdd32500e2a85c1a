package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.fakes.FakeGlue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Producers that write data, and other tools that write to the table, at any moment. */
final class ExternalWriter {

    private static final int FIRST_OF_LATE = 6;
    private static final int FIRST_OF_TABLE = 16;
    private static final int COLUMNS_CHANGED = 21;
    private static final int LAST_OF_TABLE = 39;

    private final HistoryWorld world;

    ExternalWriter(HistoryWorld world) {
        this.world = world;
    }

    /** Does a number of things, with pauses between them. */
    void act(int times) {
        for (int i = 0; i < times; i++) {
            for (int pauses = world.random().below(60); pauses > 0; pauses--) {
                world.scheduler().pause();
            }
            act();
        }
    }

    /** Changes the table, now. */
    void meddle() {
        if (world.oracle().catalog().hasTable()) {
            tool(world.random().between(FIRST_OF_TABLE, LAST_OF_TABLE));
        }
    }

    private void act() {
        if (world.mode().isByJob() && world.random().chance(0.05)) {
            said(FaultKind.JOB_DELETED, "deletes the job");
            world.aws().glue().deleteJob(SimulatedSpecs.JOB_NAME);
            return;
        }
        world.putJob();
        if (world.random().chance(world.vanishes() ? 0.7 : 0.05)) {
            if (world.random().chance(0.3)) {
                bringBack();
            } else {
                empty();
            }
            return;
        }
        if (world.keepsElsewhere() && world.random().chance(0.4)) {
            registerSome();
            return;
        }
        List<Integer> unmarked = world.readiness().unmarked();
        if (!unmarked.isEmpty() && world.random().chance(0.5)) {
            world.readiness().mark(world.random().one(unmarked));
            return;
        }
        SimulatedLake lake = world.lake();
        if (world.countsGaps() && world.random().chance(0.2)) {
            changeGaps();
            return;
        }
        List<Integer> movable = world.verify() == 0 ? lake.movable() : List.of();
        if (!movable.isEmpty() && world.random().chance(0.2)) {
            move(world.random().one(movable));
            return;
        }
        List<Integer> filled = lake.partitions().stream().filter(lake::hasData).toList();
        boolean hasTable = world.oracle().catalog().hasTable();
        boolean late = (world.mutant().needsAJob() || world.mode().makesVersions())
                && world.random().chance(0.5);
        int what = late ? FIRST_OF_LATE : world.random().between(0, hasTable ? LAST_OF_TABLE : FIRST_OF_TABLE - 1);
        if (what == 0) {
            said(
                    FaultKind.NO_DATA_CAME,
                    "no data comes: " + lake.empty(lake.next(), world.random().one("_SUCCESS", "")));
        } else if (what < FIRST_OF_LATE || filled.isEmpty()) {
            said(
                    FaultKind.DATA_ARRIVED,
                    "data arrives: " + lake.put(lake.next(), world.random().chance(0.8)));
        } else if (what < 9) {
            said(
                    FaultKind.DATA_CAME_LATE,
                    "data comes late: " + lake.put(world.random().one(filled), true));
        } else if (what < 11) {
            said(
                    FaultKind.DATA_VANISHED,
                    "data vanishes: " + lake.remove(world.random().one(filled), world.random()));
        } else if (what < 13) {
            said(FaultKind.DATA_BROKE, "data breaks: " + lake.put(world.random().one(filled), false));
        } else if (what < 14) {
            said(
                    FaultKind.STRAY_FOLDER_APPEARED,
                    "a folder that is not a partition appears: "
                            + lake.putStray(world.random().one(lake.strays())));
        } else if (what < 16) {
            said(FaultKind.DATA_REPAIRED, "data is repaired");
            lake.repair();
        } else {
            tool(needed(what));
        }
    }

    /** A number drawn at random, or the one with which a mutant is noticed. */
    private int needed(int what) {
        if (world.mutant().needsTheTableDropped()) {
            return LAST_OF_TABLE;
        }
        return world.mutant().needsColumnsChanged() ? COLUMNS_CHANGED : what;
    }

    /** Makes a period one without data, or writes its data after all. */
    private void changeGaps() {
        SimulatedLake lake = world.lake();
        if (!lake.gaps().isEmpty() && world.random().chance(0.3)) {
            int number = world.random().one(lake.gaps());
            said(
                    FaultKind.GAP_FILLED,
                    "data comes at last: " + lake.put(number, world.random().chance(0.8)));
        } else {
            said(FaultKind.PERIOD_LEFT_OUT, "nothing comes for " + lake.prefix(lake.next()));
            lake.skip();
        }
    }

    /** Moves a partition's data to another folder with the same values; it is in both for a while. */
    private void move(int number) {
        said(FaultKind.DATA_MOVED, "data is copied: " + world.lake().prefix(number));
        Runnable rest = world.lake().move(number);
        for (int pauses = world.random().below(60); pauses > 0; pauses--) {
            world.scheduler().pause();
        }
        rest.run();
        said(FaultKind.DATA_MOVED, "data has moved: " + world.lake().prefix(number));
    }

    /** Drops partitions that runs have registered, and registers them like another tool, immediately. */
    void adopt() {
        FakeGlue glue = world.aws().glue();
        for (List<String> values :
                List.copyOf(world.oracle().catalog().partitions().keySet())) {
            if (world.random().chance(0.7)) {
                int number = world.oracle().observed().number(values).orElseThrow();
                said(FaultKind.PARTITION_ADOPTED, "drops " + values + ", and registers it");
                world.oracle().foreign(() -> {
                    glue.dropPartition(HistoryWorld.DATABASE, HistoryWorld.TABLE, values);
                    glue.putPartition(
                            HistoryWorld.DATABASE,
                            HistoryWorld.TABLE,
                            values,
                            world.lake().location(number));
                });
            }
        }
    }

    /** Restores removed data, if there is any, immediately. */
    void bringBack() {
        List<Integer> gone = world.lake().cleared();
        if (!gone.isEmpty()) {
            int number = world.random().one(gone);
            said(FaultKind.PREFIX_FILLED_AGAIN, "data is back: " + world.lake().tablePrefix(number));
            world.lake().bringBack(number);
            world.oracle().versions().disturbed(world.lake().tablePrefix(number));
        }
    }

    /** Removes all data of one or more registered partitions, immediately. */
    void empty() {
        List<Integer> there = new ArrayList<>();
        world.oracle().catalog().partitions().keySet().stream()
                .flatMap(values -> world.oracle().observed().number(values).stream())
                .filter(number -> world.lake().holdsAnything(world.lake().tablePrefix(number)))
                .forEach(there::add);
        for (int most = world.random().one(1, 1, 2, 3, LAST_OF_TABLE); most > 0 && !there.isEmpty(); most--) {
            int number = world.random().one(there);
            there.remove(Integer.valueOf(number));
            said(FaultKind.PREFIX_EMPTIED, "all data vanishes: " + world.lake().tablePrefix(number));
            world.oracle().versions().disturbed(world.lake().tablePrefix(number));
            world.lake().clear(number);
        }
    }

    /** Switches a partition back to an earlier version, if there is one. */
    void restore() {
        VersionOracle versions = world.oracle().versions();
        Map<List<String>, JsonNode> partitions = world.oracle().catalog().partitions();
        List<String> old = versions.known().stream()
                .filter(folder -> !versions.isCurrent(folder))
                .toList();
        if (old.isEmpty()) {
            return;
        }
        String folder = world.random().one(old);
        for (Map.Entry<List<String>, JsonNode> partition : partitions.entrySet()) {
            String current = CatalogView.prefix(partition.getValue());
            if (VersionFile.withoutVersion(current).equals(VersionFile.withoutVersion(folder))) {
                said(FaultKind.VERSION_RESTORED, "restores " + folder);
                world.oracle()
                        .foreign(() -> world.aws()
                                .glue()
                                .alterPartition(
                                        HistoryWorld.DATABASE,
                                        HistoryWorld.TABLE,
                                        partition.getKey(),
                                        one -> ((ObjectNode) one.get("StorageDescriptor"))
                                                .put("Location", LakeBuckets.uri(folder))));
                versions.restored(folder);
            }
        }
    }

    /** Drops its own registrations for periods without data, once a run has reported them as missing. */
    void dropWhatIsNotThere() {
        world.lake().gaps().stream()
                .map(world.lake().layout()::values)
                .filter(world.oracle().observed().outstanding()::contains)
                .filter(world.oracle().catalog().partitions()::containsKey)
                .forEach(this::drop);
    }

    private void drop(List<String> values) {
        said(FaultKind.PARTITION_DROPPED, "drops " + values);
        world.oracle()
                .foreign(() -> world.aws().glue().dropPartition(HistoryWorld.DATABASE, HistoryWorld.TABLE, values));
    }

    private void tool(int what) {
        int changes = world.trace().length();
        FakeGlue glue = world.aws().glue();
        if (what < 21) {
            alter(
                    FaultKind.TABLE_DESCRIBED,
                    "describes the table",
                    table -> table.put("Description", "changed " + changes));
        } else if (what <= COLUMNS_CHANGED) {
            changeColumns();
        } else if (what < 25) {
            alter(
                    FaultKind.COLUMN_COMMENTED,
                    "comments a column",
                    table -> ((ObjectNode) table.at("/StorageDescriptor/Columns/0"))
                            .put("Comment", "changed " + changes));
        } else if (what < 29) {
            alter(
                    FaultKind.PARAMETER_SET,
                    "sets a parameter",
                    table -> parameters(table).put("owner", "changed " + changes));
        } else if (what < 33 && !world.oracle().observed().files().record().isMissingNode()) {
            // Without the record, only the parameters show that the table is partial.
            alter(FaultKind.PARAMETERS_WIPED, "wipes our parameters", table -> {
                ObjectNode parameters = parameters(table);
                parameters.remove(world.oracle().catalog().parameters().keySet());
            });
        } else if (what < 36 && !world.oracle().catalog().partitions().isEmpty()) {
            List<String> values = world.random()
                    .one(List.copyOf(world.oracle().catalog().partitions().keySet()));
            drop(values);
        } else if (what < 39) {
            registerSome();
        } else if (what == LAST_OF_TABLE) {
            said(FaultKind.TABLE_DROPPED, "drops the table");
            ObjectNode before =
                    glue.table(HistoryWorld.DATABASE, HistoryWorld.TABLE).deepCopy();
            world.oracle().foreign(() -> glue.dropTable(HistoryWorld.DATABASE, HistoryWorld.TABLE));
            if (world.random().chance(0.5)) {
                makeAnew(before);
            }
        }
    }

    /** Registers some partitions, mostly at their locations, sometimes with a copy of the data. */
    private void registerSome() {
        if (world.lake().next() == 0 || !world.oracle().catalog().hasTable()) {
            return;
        }
        int number = world.random().below(world.lake().next());
        List<String> values = world.lake().layout().values(number);
        if (world.oracle().catalog().partitions().containsKey(values)) {
            return;
        }
        boolean isElsewhere = world.keepsElsewhere();
        String location = isElsewhere
                ? new LakeArchive(world.lake().folders().buckets()).keep(number)
                : world.lake().location(number);
        said(
                isElsewhere ? FaultKind.PARTITION_REGISTERED_ELSEWHERE : FaultKind.PARTITION_REGISTERED,
                "registers " + values + " at " + location);
        world.oracle()
                .foreign(() ->
                        world.aws().glue().putPartition(HistoryWorld.DATABASE, HistoryWorld.TABLE, values, location));
    }

    /** Drops its own registrations at other locations, so that runs register the data in the table's folder. */
    void dropWhatIsElsewhere() {
        world.oracle().catalog().partitions().entrySet().stream()
                .filter(one -> LakeArchive.holds(CatalogView.location(one.getValue())))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::drop);
    }

    /**
     * Creates the table again without partitions, with all former parameters, or without those that runs have written.
     */
    private void makeAnew(ObjectNode description) {
        if (world.random().chance(0.5)) {
            List<String> names = new ArrayList<>();
            parameters(description).fieldNames().forEachRemaining(names::add);
            names.removeIf(name -> !name.startsWith("fanin."));
            parameters(description).remove(names);
        }
        world.clock().advance(Duration.ofSeconds(2));
        said(FaultKind.TABLE_MADE_ANEW, "makes the table anew");
        world.oracle()
                .foreign(() -> world.aws().glue().putTable(HistoryWorld.DATABASE, HistoryWorld.TABLE, description));
    }

    /** Removes the last column, or restores it. */
    private void changeColumns() {
        if (world.oracle().catalog().columns().size() < SimulatedSpecs.COLUMNS.size()) {
            restoreColumns();
        } else {
            alter(
                    FaultKind.COLUMN_REMOVED,
                    "removes a column",
                    table -> columns(table).remove(SimulatedSpecs.COLUMNS.size() - 1));
        }
    }

    /** Restores the removed column, if there is one, immediately. */
    void restoreColumns() {
        CatalogView catalog = world.oracle().catalog();
        if (catalog.hasTable() && catalog.columns().size() < SimulatedSpecs.COLUMNS.size()) {
            alter(
                    FaultKind.COLUMN_RESTORED,
                    "restores a column",
                    table -> columns(table)
                            .addObject()
                            .put("Name", SimulatedSpecs.COLUMNS.getLast())
                            .put("Type", "int"));
        }
    }

    private static ArrayNode columns(ObjectNode table) {
        return (ArrayNode) table.at("/StorageDescriptor/Columns");
    }

    private interface Change {
        void apply(ObjectNode table);
    }

    private void alter(FaultKind kind, String what, Change change) {
        said(kind, what);
        world.oracle()
                .foreign(() -> world.aws().glue().alterTable(HistoryWorld.DATABASE, HistoryWorld.TABLE, change::apply));
    }

    private static ObjectNode parameters(ObjectNode table) {
        return table.withObjectProperty("Parameters");
    }

    private void said(FaultKind kind, String what) {
        world.trace().add(kind, "outsider", what);
    }
}
