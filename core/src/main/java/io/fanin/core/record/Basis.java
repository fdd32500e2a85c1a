package io.fanin.core.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.core.partition.PartitionKey;
import io.fanin.core.table.TableDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a table's progress is about. Where it is another now, because the table was made anew, or its prefixes lie elsewhere
 * or are read in another way, the progress counts for nothing.
 *
 * @param location the URI of the table's folder
 * @param layout {@code hive} or a template
 * @param keys name, type and format of each, in their order
 * @param tableCreated when Glue's table was created; empty where Glue does not say
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Basis(String location, String layout, List<String> keys, Optional<Instant> tableCreated) {

    public Basis {
        keys = List.copyOf(keys);
    }

    /**
     * Of a table as a run with this definition sees it.
     *
     * @param created of Glue's table
     */
    public static Basis of(TableDefinition definition, Optional<Instant> created) {
        return new Basis(
                definition.location().uri(),
                definition.layout(),
                definition.keys().stream().map(Basis::signature).toList(),
                created);
    }

    private static String signature(PartitionKey key) {
        return key.canonicalName()
                + " "
                + key.type().hiveName()
                + key.format().map(format -> " " + format).orElse("");
    }
}
