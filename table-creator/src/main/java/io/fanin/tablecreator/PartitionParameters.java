package io.fanin.tablecreator;

import io.fanin.core.run.Inventory;
import io.fanin.core.run.PartitionResult;
import io.fanin.core.run.RunFolder;
import java.util.HashMap;
import java.util.Map;

/**
 * What a registered partition says of itself. {@code numRows}, {@code numFiles} and {@code totalSize} are Hive's names,
 * which planners read, so the number of rows is there only when it was counted.
 */
final class PartitionParameters {

    private PartitionParameters() {}

    static Map<String, String> of(PartitionResult.Processed result, RunFolder run) {
        Inventory inventory = result.inventory();
        Map<String, String> parameters = new HashMap<>();
        parameters.put("numFiles", String.valueOf(inventory.files()));
        parameters.put("totalSize", String.valueOf(inventory.bytes()));
        result.rows().ifPresent(rows -> parameters.put("numRows", String.valueOf(rows)));
        parameters.put("fanin.inventory", inventory.hash());
        inventory.newest().ifPresent(newest -> parameters.put("fanin.newest", newest.toString()));
        parameters.put("fanin.run", run.uri());
        return parameters;
    }
}
