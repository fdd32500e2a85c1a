package io.fanin.cli.execution;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.table.TableName;
import java.util.List;
import java.util.Optional;

/**
 * The author, reason and end of waivers.
 *
 * @param by the author
 * @param until when the waivers end; empty for never
 */
public record WaiverArgument(String reason, String by, Optional<String> until) {

    /**
     * The input of an execution that waives these partitions.
     *
     * @throws io.fanin.cli.console.CommandFailedException if one begins like an array but is not valid JSON
     */
    public SpecArgument inputFor(TableName table, List<String> partitions) {
        ObjectNode input = PartitionArgument.inputFor(table);
        ArrayNode waive = input.putArray("waive");
        for (String partition : partitions) {
            ObjectNode one = waive.addObject();
            one.set("partition", PartitionArgument.read(partition));
            one.put("reason", reason).put("by", by);
            until.ifPresent(moment -> one.put("until", moment));
        }
        return new SpecArgument(input);
    }
}
