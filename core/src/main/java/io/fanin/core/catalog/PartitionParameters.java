package io.fanin.core.catalog;

import io.fanin.core.run.Inventory;
import io.fanin.core.run.PartitionResult;
import io.fanin.core.run.RunFolder;
import java.util.HashMap;
import java.util.Map;

/**
 * What a registered partition says of itself. {@code numRows}, {@code numFiles} and {@code totalSize} are Hive's names,
 * which planners read, so the number of rows is there only when it was counted, and a partition that is registered before
 * it is filled says none of them.
 */
public final class PartitionParameters {

    /** The hash over the partition's objects, {@link Inventory#hash()}. */
    static final String INVENTORY = "fanin.inventory";

    /** When the newest object was last modified, in ISO's form. */
    static final String NEWEST = "fanin.newest";

    /** The URI of the folder of the run that registered it. */
    static final String RUN = "fanin.run";

    static final String FILES = "numFiles";
    static final String BYTES = "totalSize";
    static final String ROWS = "numRows";

    private PartitionParameters() {}

    public static Map<String, String> of(PartitionResult.Processed result, RunFolder run) {
        Inventory inventory = result.inventory();
        Map<String, String> parameters = new HashMap<>();
        if (inventory.files() > 0) {
            parameters.put(FILES, String.valueOf(inventory.files()));
            parameters.put(BYTES, String.valueOf(inventory.bytes()));
        }
        result.rows().ifPresent(rows -> parameters.put(ROWS, String.valueOf(rows)));
        parameters.put(INVENTORY, inventory.hash());
        inventory.newest().ifPresent(newest -> parameters.put(NEWEST, newest.toString()));
        parameters.put(RUN, run.uri());
        return parameters;
    }
}
