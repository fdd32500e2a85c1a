package io.fanin.core.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.catalog.table.PrefixParameters;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.KeyZone;
import io.fanin.model.table.SourceDefinition;
import io.fanin.model.table.TableDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

    private static final String NO_TIME = " no time";

    private static final Pattern INTERVAL = Pattern.compile(" every ([0-9]{1,2})$");

    public ProgressScope {
        keys = List.copyOf(keys);
    }

    /**
     * The scope for a run with this resolved spec.
     *
     * @param created when Glue's table was created
     */
    public static ProgressScope of(ResolvedSpec spec, Optional<Instant> created) {
        ProgressScope unconverted = of(spec.definition(), created);
        return new ProgressScope(
                unconverted.location,
                unconverted.layout,
                unconverted.keys,
                spec.source().map(ProgressScope::signature),
                created,
                spec.timeZone());
    }

    /**
     * The scope of a table whose data is not converted, and whose keys have no stated zone.
     *
     * @param created when Glue's table was created
     */
    public static ProgressScope of(TableDefinition definition, Optional<Instant> created) {
        return new ProgressScope(
                definition.location().uri(),
                definition.layout(),
                definition.keys().stream().map(ProgressScope::signature).toList(),
                Optional.empty(),
                created,
                Optional.empty());
    }

    /**
     * The parameters of the table whose prefixes are read like this.
     *
     * @return empty if the table has been created again, or has other keys
     */
    public Optional<PrefixParameters> parametersOf(CatalogTable table) {
        if (table.created().isPresent()
                && tableCreated.isPresent()
                && !table.created().equals(tableCreated)) {
            return Optional.empty();
        }
        return keysNamed(table.keys()).map(known -> PrefixParameters.of(layout, known));
    }

    /**
     * The keys as they were understood: with their formats, intervals and whether they are times.
     *
     * @param named names and types of the table's keys, however they are understood now
     * @return empty if the table had others
     */
    Optional<List<PartitionKey>> keysNamed(List<PartitionKey> named) {
        List<PartitionKey> known = IntStream.range(0, Math.min(named.size(), keys.size()))
                .mapToObj(i -> key(named.get(i), keys.get(i)))
                .flatMap(Optional::stream)
                .toList();
        return known.size() == keys.size() && known.size() == named.size() ? Optional.of(known) : Optional.empty();
    }

    private static Optional<PartitionKey> key(PartitionKey named, String signature) {
        String plain = signature(new PartitionKey(named.name(), named.type()));
        boolean hasNoTime = signature.endsWith(NO_TIME);
        String timed = hasNoTime ? signature.substring(0, signature.length() - NO_TIME.length()) : signature;
        Matcher every = INTERVAL.matcher(timed);
        Optional<Integer> interval = every.find() ? Optional.of(Integer.valueOf(every.group(1))) : Optional.empty();
        String rest = interval.isPresent() ? timed.substring(0, every.start()) : timed;
        Optional<String> format =
                rest.startsWith(plain + " ") ? Optional.of(rest.substring(plain.length() + 1)) : Optional.empty();
        try {
            return Optional.of(new PartitionKey(
                            named.name(),
                            named.type(),
                            format,
                            hasNoTime ? Optional.of(false) : Optional.empty(),
                            interval))
                    .filter(key -> signature(key).equals(signature));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
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
                + key.canonical().interval().map(units -> " every " + units).orElse("")
                + (key.hasNoTime() ? NO_TIME : "");
    }
}
