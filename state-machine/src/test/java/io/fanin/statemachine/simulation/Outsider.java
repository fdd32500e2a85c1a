package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.fakes.FakeGlue;
import java.util.List;

/** Producers that write data, and other tools that write to the table, at any moment. */
final class Outsider {

    private static final int FIRST_OF_LATE = 6;
    private static final int FIRST_OF_TABLE = 16;
    private static final int LAST_OF_TABLE = 39;

    private final World world;

    Outsider(World world) {
        this.world = world;
    }

    /** Does so many things, with pauses between them. */
    void act(int times) {
        for (int i = 0; i < times; i++) {
            for (int pauses = world.dice().below(60); pauses > 0; pauses--) {
                world.baton().pause();
            }
            act();
        }
    }

    /** Changes the table, now. */
    void meddle() {
        if (world.oracle().catalog().hasTable()) {
            tool(world.dice().between(FIRST_OF_TABLE, LAST_OF_TABLE));
        }
    }

    private void act() {
        if (world.making() != Making.AS_IT_IS && world.dice().chance(0.05)) {
            said(Mishap.JOB_DELETED, "deletes the job");
            world.aws().glue().deleteJob(Specs.JOB_NAME);
            return;
        }
        world.putJob();
        Lake lake = world.lake();
        List<Integer> filled = lake.partitions().stream().filter(lake::hasData).toList();
        boolean hasTable = world.oracle().catalog().hasTable();
        boolean late = world.sabotage().needsAJob() && world.dice().chance(0.5);
        int what = late ? FIRST_OF_LATE : world.dice().between(0, hasTable ? LAST_OF_TABLE : FIRST_OF_TABLE - 1);
        if (what == 0) {
            said(
                    Mishap.NO_DATA_CAME,
                    "no data comes: " + lake.empty(lake.next(), world.dice().one("_SUCCESS", "")));
        } else if (what < FIRST_OF_LATE || filled.isEmpty()) {
            said(
                    Mishap.DATA_ARRIVED,
                    "data arrives: " + lake.put(lake.next(), world.dice().chance(0.8)));
        } else if (what < 9) {
            said(
                    Mishap.DATA_CAME_LATE,
                    "data comes late: " + lake.put(world.dice().one(filled), true));
        } else if (what < 11) {
            said(
                    Mishap.DATA_VANISHED,
                    "data vanishes: " + lake.remove(world.dice().one(filled), world.dice()));
        } else if (what < 13) {
            said(Mishap.DATA_BROKE, "data breaks: " + lake.put(world.dice().one(filled), false));
        } else if (what < 14) {
            said(
                    Mishap.STRAY_FOLDER_APPEARED,
                    "a folder that is no partition appears: "
                            + lake.putStray(world.dice().one(lake.layout().strays())));
        } else if (what < 16) {
            said(Mishap.DATA_MENDED, "data is mended");
            lake.mend();
        } else {
            tool(world.sabotage().needsTheTableDropped() ? LAST_OF_TABLE : what);
        }
    }

    private void tool(int what) {
        int changes = world.trace().length();
        FakeGlue glue = world.aws().glue();
        if (what < 21) {
            alter(
                    Mishap.TABLE_DESCRIBED,
                    "describes the table",
                    table -> table.put("Description", "changed " + changes));
        } else if (what < 25) {
            alter(
                    Mishap.COLUMN_COMMENTED,
                    "comments a column",
                    table -> ((ObjectNode) table.at("/StorageDescriptor/Columns/0"))
                            .put("Comment", "changed " + changes));
        } else if (what < 29) {
            alter(
                    Mishap.PARAMETER_SET,
                    "sets a parameter",
                    table -> parameters(table).put("owner", "changed " + changes));
        } else if (what < 33) {
            alter(Mishap.PARAMETERS_WIPED, "wipes our parameters", table -> {
                ObjectNode parameters = parameters(table);
                parameters.remove(world.oracle().catalog().parameters().keySet());
            });
        } else if (what < 36 && !world.oracle().catalog().partitions().isEmpty()) {
            List<String> values = world.dice()
                    .one(List.copyOf(world.oracle().catalog().partitions().keySet()));
            said(Mishap.PARTITION_DROPPED, "drops " + values);
            world.oracle().foreign(() -> glue.dropPartition(World.DATABASE, World.TABLE, values));
        } else if (what < 39 && world.lake().next() > 0) {
            int number = world.dice().below(world.lake().next());
            List<String> values = world.lake().layout().values(number);
            if (!world.oracle().catalog().partitions().containsKey(values)) {
                said(Mishap.PARTITION_REGISTERED, "registers " + values);
                world.oracle()
                        .foreign(() -> glue.putPartition(
                                World.DATABASE,
                                World.TABLE,
                                values,
                                world.lake().location(number)));
            }
        } else if (what == LAST_OF_TABLE) {
            said(Mishap.TABLE_DROPPED, "drops the table");
            world.oracle().foreign(() -> glue.dropTable(World.DATABASE, World.TABLE));
        }
    }

    private interface Change {
        void apply(ObjectNode table);
    }

    private void alter(Mishap mishap, String what, Change change) {
        said(mishap, what);
        world.oracle().foreign(() -> world.aws().glue().alterTable(World.DATABASE, World.TABLE, change::apply));
    }

    private static ObjectNode parameters(ObjectNode table) {
        return table.withObjectProperty("Parameters");
    }

    private void said(Mishap mishap, String what) {
        world.trace().add(mishap, "outsider", what);
    }
}
