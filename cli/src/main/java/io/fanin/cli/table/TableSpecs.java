package io.fanin.cli.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.cli.aws.Deployment;
import io.fanin.cli.execution.SpecArgument;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.model.json.Json;
import io.fanin.model.run.RunId;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableName;
import java.util.Optional;

/** Finds the specs of tables for commands that name only the table. */
public record TableSpecs(Deployment stack) {

    /** The key under which {@code fanin apply} stores a table's spec in the stack's folder of specs. */
    public static String key(S3Location folder, TableName table) {
        return folder.prefix() + table.database() + "/" + table.table() + ".json";
    }

    /** The stored spec, otherwise that of the run that changed the table's record last; empty if there is neither. */
    public Optional<SpecArgument> find(TableName table) {
        return stored(table).or(() -> ofLastRun(table));
    }

    private Optional<SpecArgument> stored(TableName table) {
        return stack.specsLocation()
                .filter(folder -> new S3ObjectStore(stack.clients().s3(), folder.bucket())
                        .get(key(folder, table))
                        .isPresent())
                .map(folder -> new SpecArgument(
                        Json.documents().createObjectNode().put("spec", folder.uriOf(key(folder, table)))));
    }

    private Optional<SpecArgument> ofLastRun(TableName table) {
        Optional<RunId> last = stack.records().read(table).changedBy();
        return last.flatMap(run -> stack.run(run).findSpec())
                .map(spec -> new SpecArgument(Json.documents().<ObjectNode>valueToTree(spec)));
    }
}
