package io.fanin.core.catalog.table;

import io.fanin.core.catalog.GlueCall;
import io.fanin.core.catalog.GlueRetries;
import io.fanin.model.table.TableDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

/**
 * Creates missing databases and tables. Existing ones are read first, so that a role without permission to create can
 * use them; a table that another client creates concurrently is used as well.
 */
public final class GlueTableCreator {

    private final GlueClient glue;
    private final TableReader reader;
    private final GlueRetries retries;

    public GlueTableCreator(GlueClient glue, TableReader reader, GlueRetries retries) {
        this.glue = glue;
        this.reader = reader;
        this.retries = retries;
    }

    public Table createTableIfAbsent(
            TableDefinition definition, List<List<String>> indexes, Map<String, String> extraParameters) {
        Optional<Table> present = reader.find(definition.name());
        if (present.isPresent()) {
            return present.get();
        }
        TableInput input = GlueMapping.tableInput(definition, extraParameters);
        createDatabaseIfAbsent(definition.name().database());
        createIfAbsent(
                GlueCall.onTable("CreateTable", definition.name()),
                () -> glue.createTable(request -> {
                    request.databaseName(definition.name().database()).tableInput(input);
                    if (!indexes.isEmpty()) {
                        request.partitionIndexes(PartitionIndexes.inputs(indexes));
                    }
                }));
        return reader.get(definition.name());
    }

    private void createDatabaseIfAbsent(String database) {
        if (!databaseExists(database)) {
            createIfAbsent(
                    GlueCall.onDatabase("CreateDatabase", database),
                    () -> glue.createDatabase(request -> request.databaseInput(input -> input.name(database))));
        }
    }

    private boolean databaseExists(String database) {
        return retries.repeatable(GlueCall.onDatabase("GetDatabase", database), () -> {
            try {
                glue.getDatabase(request -> request.name(database));
                return true;
            } catch (EntityNotFoundException e) {
                return false;
            }
        });
    }

    private void createIfAbsent(GlueCall call, Runnable create) {
        retries.repeatable(call, () -> {
            try {
                create.run();
                return true;
            } catch (AlreadyExistsException e) {
                return false;
            }
        });
    }
}
