package io.fanin.core.tables;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.model.json.Json;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.spec.CsvSpec;
import io.fanin.model.spec.OnNewColumns;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.SpecException.Problem;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.spec.rules.SpecReader;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Completes a spec from the catalog. The spec takes precedence, but its columns, keys and format must not contradict
 * the catalog, since registered partitions depend on them.
 */
public final class SpecResolution {

    /** Fields of a spec that the catalog has as well, and what depends on them. */
    private static final List<String> OF_CATALOG =
            List.of("format", "csv", "columns", "onNewColumns", "partitionKeys", "layout", "timeZone");

    private SpecResolution() {}

    /**
     * The spec with its omitted fields set from the table's parameters in the catalog; the table's own definition is
     * still missing.
     *
     * @throws SpecException if a parameter has a value that is invalid in a spec
     */
    public static TableSpec completed(TableSpec spec, CatalogTable table) {
        return SpecParameters.completed(spec, table);
    }

    /**
     * A spec with the same fields but for the columns, the format, the keys and how their values are written: whoever
     * has changed these in the catalog since is right. It deregisters nothing.
     *
     * @throws SpecException if it is no spec without them
     */
    public static TableSpec besidesCatalog(ResolvedSpec earlier) {
        ObjectNode fields = Json.documents().valueToTree(earlier.document());
        fields.withObject("/detection").remove("vanished");
        return new SpecReader().read(fields.without(OF_CATALOG));
    }

    /**
     * The resolved spec of a table in the catalog, with all fields set.
     *
     * @throws SpecException if a field contradicts the catalog
     */
    public static ResolvedSpec resolve(TableSpec given, CatalogTable table) {
        TableSpec spec = completed(given, table);
        ResolvedSpec resolved = typed(spec.resolved(existing(spec, table)), table);
        requireColumnsByName(resolved, table);
        requireTextsOfQuotedCsv(resolved);
        try {
            SpecReader.checkResolved(resolved.document());
        } catch (SpecException e) {
            throw SpecParameters.ofPrefixes(e, given, table);
        }
        return resolved;
    }

    /**
     * The resolved spec of a table that the catalog does not have, with all fields set.
     *
     * @throws SpecException if a field is missing
     */
    public static ResolvedSpec resolveNew(TableSpec spec) {
        ResolvedSpec resolved = spec.resolved(absent(spec));
        SpecReader.checkResolved(resolved.document());
        return resolved;
    }

    /** Values are checked against types only if the rules of the table's SerDe are known. */
    private static ResolvedSpec typed(ResolvedSpec spec, CatalogTable table) {
        if (spec.definition().format() == DataFormat.PARQUET
                || spec.definition().format() == DataFormat.AVRO
                || !table.hasRulesForValues()) {
            return spec;
        }
        return switch (spec.processor()) {
            case ProcessorSpec.Validate validate -> spec.with(validate.withoutTypes());
            case ProcessorSpec.Job job -> spec.with(job.withoutTypes());
            default -> spec;
        };
    }

    /** Requires that readers find columns by name: checks of columns find them by name in the objects. */
    private static void requireColumnsByName(ResolvedSpec spec, CatalogTable table) {
        boolean parquet = spec.definition().format() == DataFormat.PARQUET;
        Optional<String> elsewhere = table.columnsElsewhere().filter(setting -> spec.checksColumnsByName());
        if (elsewhere.isPresent()) {
            throw SpecException.at(
                    "$.processor",
                    "cannot check columns of table " + table.name() + ": with its setting " + elsewhere.get()
                            + " readers do not find them under their names; change the setting, or check none (%s)"
                                    .formatted(
                                            parquet
                                                    ? "\"schema\": \"ignore\", without statistics, notNull and sql"
                                                    : "no notNull, no sql"));
        }
    }

    /** Other types are not checked there, see {@link CatalogTable#hasRulesForValues}. */
    private static void requireTextsOfQuotedCsv(ResolvedSpec spec) {
        boolean looksAtTypes =
                spec.validation().flatMap(ProcessorSpec.Validate::types).orElse(false);
        TableDefinition definition = spec.definition();
        if (looksAtTypes
                && definition.format() == DataFormat.CSV
                && definition.csv().quoted()) {
            definition.columns().stream()
                    .filter(column -> !"string".equalsIgnoreCase(column.type()))
                    .findFirst()
                    .ifPresent(column -> {
                        throw SpecException.at(
                                "$.processor.types",
                                "expected false: OpenCSVSerde reads texts, and how a query engine makes %s of the column"
                                                .formatted(column.type())
                                        + " '" + column.name() + "' is not checked");
                    });
        }
    }

    private static TableDefinition absent(TableSpec spec) {
        requireComplete(spec);
        Optional<DataFormat> unknown = spec.format().filter(format -> !format.isCreated());
        if (unknown.isPresent()) {
            throw SpecException.at(
                    "$.format",
                    "'" + unknown.get().label() + "' is only for tables that exist, and the catalog has no table "
                            + spec.tableName() + ": create it with its SerDe, or state parquet, json or csv");
        }
        return new TableDefinition(
                spec.tableName(),
                spec.location().orElseThrow(),
                spec.format().orElseThrow(),
                spec.csv().map(CsvSpec::options).orElse(CsvOptions.DEFAULT),
                spec.columns().orElseThrow(),
                spec.partitionKeys().orElseThrow(),
                spec.layout().orElse(TableDefinition.HIVE_LAYOUT));
    }

    private static void requireComplete(TableSpec spec) {
        Map<String, Optional<?>> needed = new LinkedHashMap<>();
        needed.put("location", spec.location());
        needed.put("format", spec.format());
        needed.put("columns", spec.columns());
        needed.put("partitionKeys", spec.partitionKeys());
        needed.values().removeIf(Optional::isPresent);
        if (!needed.isEmpty()) {
            throw SpecException.of(needed.keySet().stream()
                    .map(field -> new Problem(
                            "$." + field,
                            "is missing, and the catalog has no table " + spec.tableName() + " to take it from"))
                    .toList());
        }
    }

    /**
     * The reason why partitions of the table cannot be registered as the spec requires it: the table is unusable, or
     * the spec's processor has to know a format that only the table's SerDe knows, or would have to write buckets.
     *
     * @param completed with the fields from the table's parameters
     */
    static Optional<String> whyUnusable(TableSpec completed, CatalogTable table) {
        return table.whyUnusable()
                .or(() -> table.whyOfUnknownFormat()
                        .filter(why -> completed.processorOrDefault().needsFormat())
                        .map(why -> why + ". " + registering(completed)))
                .or(() -> table.whyOfBuckets()
                        .filter(why -> completed.processorOrDefault().makesVersions())
                        .map(why -> why + ", which "
                                + completed.processorOrDefault().type()
                                + " does not write: create the table again without CLUSTERED BY, or write its partitions"
                                + " with an engine that knows its buckets"))
                .or(() -> table.isProjected() && completed.processorOrDefault().makesVersions()
                        ? Optional.of("Athena reads all that lies in the folders of table " + table.name()
                                + " while projection.enabled is true, and "
                                + completed.processorOrDefault().type()
                                + " keeps several versions of a partition there: switch projection off first")
                        : Optional.empty());
    }

    private static String registering(TableSpec spec) {
        return "The processor register registers its partitions without reading them: {\"database\": \""
                + spec.database() + "\", \"table\": \"" + spec.table()
                + "\", \"processor\": {\"type\": \"register\"}}";
    }

    private static TableDefinition existing(TableSpec spec, CatalogTable table) {
        whyUnusable(spec, table).ifPresent(why -> {
            throw SpecException.at("$.table", why);
        });
        DataFormat format = table.format();
        List<Column> columns = columns(spec, table);
        if (columns.size() > table.columns().size() && table.hasColumnsOfRegistry()) {
            throw SpecException.at(
                    "$.columns",
                    "the columns of table " + table.name()
                            + " are those of a schema in the Glue Schema Registry: register a"
                            + " version with the new ones, have the table refer to it, and leave them out here");
        }
        if (columns.size() > table.columns().size()) {
            table.avroSchema().ifPresent(parameter -> {
                throw SpecException.at(
                        "$.columns",
                        "readers take the columns of table " + table.name() + " from its parameter " + parameter
                                + ", and others as null: add the new ones to that schema and to the table's columns, and"
                                + " leave them out here");
            });
        }
        requireSameColumns(
                table,
                "partitionKeys",
                asColumns(spec.partitionKeys().orElse(table.keys())),
                asColumns(table.keys()),
                "");
        require(table, spec.format().orElse(format) == format, "format", "the table's is " + format.label());
        require(
                table,
                spec.csv().isEmpty() || format == DataFormat.CSV,
                "csv",
                "the table's format is " + format.label());
        require(
                table,
                spec.csv().map(csv -> csv.allows(table.csv())).orElse(true),
                "csv",
                "the table has " + shown(table.csv()));
        return new TableDefinition(
                table.name(),
                location(spec, table),
                format,
                table.csv(),
                columns,
                spec.partitionKeys().map(keys -> namedAs(table.keys(), keys)).orElse(table.keys()),
                spec.layout().or(table::layout).orElse(TableDefinition.HIVE_LAYOUT));
    }

    /** The table's columns, followed by those that the spec may add. */
    private static List<Column> columns(TableSpec spec, CatalogTable table) {
        List<Column> known = table.columns();
        Optional<List<Column>> more = spec.columnsToAppend(known);
        if (more.isEmpty()) {
            requireSameColumns(table, "columns", spec.columns().orElse(known), known, moreColumns(spec, known));
        }
        return Stream.concat(known.stream(), more.stream().flatMap(List::stream))
                .toList();
    }

    private static String moreColumns(TableSpec spec, List<Column> known) {
        if (spec.onNewColumnsOrDefault() == OnNewColumns.APPEND) {
            return ": only columns behind the table's own can be added";
        }
        return spec.columns().flatMap(given -> Column.appended(known, given)).isPresent()
                ? ", or say \"onNewColumns\": \"append\" to have it added to the table"
                : ", or change the table's columns first (ALTER TABLE), and then name its partitions in a run";
    }

    private static S3Location location(TableSpec spec, CatalogTable table) {
        return spec.location()
                .or(table::location)
                .orElseThrow(() -> SpecException.at(
                        "$.location", "is missing, and table " + table.name() + " has no location in S3"));
    }

    /**
     * Keys are never renamed: their names are the catalog's, their formats the spec's. A key that the spec declares not
     * to be a time has no format or interval of the catalog's (a date or timestamp may have a format of the spec's),
     * and one to which it gives a format is a time, whatever the catalog says.
     */
    private static List<PartitionKey> namedAs(List<PartitionKey> catalog, List<PartitionKey> spec) {
        return IntStream.range(0, catalog.size())
                .mapToObj(i -> new PartitionKey(
                        catalog.get(i).name(),
                        catalog.get(i).type(),
                        spec.get(i).hasNoTime()
                                ? spec.get(i).format()
                                : spec.get(i).format().or(catalog.get(i)::format),
                        spec.get(i).format().isPresent()
                                ? spec.get(i).time()
                                : spec.get(i).time().or(catalog.get(i)::time),
                        spec.get(i).hasNoTime()
                                ? spec.get(i).interval()
                                : spec.get(i).interval().or(catalog.get(i)::interval)))
                .toList();
    }

    private static List<Column> asColumns(List<PartitionKey> keys) {
        return keys.stream()
                .map(key -> new Column(key.name(), key.type().hiveName()))
                .toList();
    }

    private static void requireSameColumns(
            CatalogTable table, String field, List<Column> given, List<Column> catalog, String hint) {
        for (int i = 0; i < Math.max(given.size(), catalog.size()); i++) {
            require(
                    table,
                    at(given, i).map(Column::canonical).equals(at(catalog, i).map(Column::canonical)),
                    field,
                    "number " + (i + 1) + " is " + shown(given, i) + " in the spec and " + shown(catalog, i)
                            + " in the table",
                    hint);
        }
    }

    private static Optional<Column> at(List<Column> columns, int i) {
        return i < columns.size() ? Optional.of(columns.get(i)) : Optional.empty();
    }

    private static String shown(List<Column> columns, int i) {
        return at(columns, i).map(c -> "'" + c.name() + " " + c.type() + "'").orElse("absent");
    }

    private static String shown(CsvOptions csv) {
        return "the delimiter '" + csv.delimiter() + "', " + (csv.quoted() ? "quoted" : "unquoted") + " fields, "
                + (csv.header() ? "a header" : "no header")
                + csv.readersNull()
                        .map(text -> " and the null text '" + text + "'")
                        .orElse(" and no null text")
                + csv.readersEscape()
                        .map(escape -> " and the escape character '" + escape + "'")
                        .orElse("");
    }

    private static void require(CatalogTable table, boolean holds, String field, String contradiction) {
        require(table, holds, field, contradiction, "");
    }

    private static void require(CatalogTable table, boolean holds, String field, String contradiction, String hint) {
        if (!holds) {
            throw SpecException.at(
                    "$." + field,
                    "contradicts the catalog: " + contradiction + "; leave the field out, or correct it" + hint
                            + "; if it is the table that is wrong and no partition of it is to be kept, drop it (aws glue"
                            + " delete-table --database-name %s --name %s): the next run creates it as the spec has it"
                                    .formatted(
                                            table.name().database(),
                                            table.name().table()));
        }
    }
}
