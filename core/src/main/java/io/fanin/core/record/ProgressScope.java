package io.fanin.core.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.table.KeyZone;
import io.fanin.model.table.SourceDefinition;
import io.fanin.model.table.TableDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The subject of a table's progress. If it has changed, because the table was recreated, or its prefixes have moved or
 * are read differently, the progress is ignored.
 *
 * @param location the URI of the table's folder
 * @param layout {@code hive} or a template
 * @param keys name, type and format of each, in their order
 * @param source the location, layout and keys of the raw data that is converted; empty if there is none
 * @param tableCreated when Glue's table was created; empty if Glue does not return it
 * @param timeZone of the keys; empty if not stated
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ProgressScope(
        String location,
        String layout,
        List<String> keys,
        Optional<String> source,
        Optional<Instant> tableCreated,
        Optional<KeyZone> timeZone) {

    public ProgressScope {
        keys = List.copyOf(keys);
    }

    /**
     * The scope for a run with this resolved spec.
     *
     * @param created when Glue's table was created
     */
    public static ProgressScope of(TableSpec spec, Optional<Instant> created) {
        return of(spec.definition(), spec.sourceDefinition().map(ProgressScope::signature), created, spec.timeZone());
    }

    /**
     * The scope of a table whose data is not converted, and whose keys have no stated zone.
     *
     * @param created when Glue's table was created
     */
    public static ProgressScope of(TableDefinition definition, Optional<Instant> created) {
        return of(definition, Optional.empty(), created, Optional.empty());
    }

    private static ProgressScope of(
            TableDefinition definition,
            Optional<String> source,
            Optional<Instant> created,
            Optional<KeyZone> timeZone) {
        return new ProgressScope(
                definition.location().uri(),
                definition.layout(),
                definition.keys().stream().map(ProgressScope::signature).toList(),
                source,
                created,
                timeZone);
    }

    private static String signature(SourceDefinition source) {
        return source.keys().stream()
                .map(ProgressScope::signature)
                .collect(Collectors.joining(", ", source.location().uri() + " " + source.layout() + " (", ")"));
    }

    private static String signature(PartitionKey key) {
        return key.canonicalName()
                + " "
                + key.type().hiveName()
                + key.format().map(format -> " " + format).orElse("")
                + (key.tellsNoTime() ? " no time" : "");
    }
}
