package io.fanin.detector;

import io.fanin.core.catalog.CatalogTable;
import io.fanin.core.partition.PartitionKey;
import io.fanin.core.spec.CsvSpec;
import io.fanin.core.spec.SpecException;
import io.fanin.core.spec.SpecReader;
import io.fanin.core.spec.TableSpec;
import io.fanin.core.table.Column;
import io.fanin.core.table.CsvOptions;
import io.fanin.core.table.S3Location;
import io.fanin.core.table.TableDefinition;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Completes a spec with what the catalog says. The spec wins, except where the two contradict each other on what is
 * registered already: its columns, keys and format.
 */
final class SpecResolution {

    private SpecResolution() {}

    /**
     * The spec with nothing left out.
     *
     * @throws SpecException when something is missing or contradicts the catalog
     */
    static TableSpec resolve(TableSpec spec, Optional<CatalogTable> catalog) {
        TableDefinition definition = catalog.map(table -> existing(spec, table)).orElseGet(() -> absent(spec));
        TableSpec resolved = spec.resolved(definition);
        SpecReader.check(resolved);
        return resolved;
    }

    private static TableDefinition absent(TableSpec spec) {
        return new TableDefinition(
                spec.tableName(),
                required(spec, "location", spec.location()),
                required(spec, "format", spec.format()),
                spec.csv().map(CsvSpec::options).orElse(CsvOptions.DEFAULT),
                required(spec, "columns", spec.columns()),
                required(spec, "partitionKeys", spec.partitionKeys()),
                spec.layout().orElse(TableDefinition.HIVE_LAYOUT));
    }

    private static <T> T required(TableSpec spec, String field, Optional<T> value) {
        return value.orElseThrow(() -> SpecException.at(
                "$." + field, "is missing, and the catalog has no table " + spec.tableName() + " to take it from"));
    }

    private static TableDefinition existing(TableSpec spec, CatalogTable table) {
        table.whyUnusable().ifPresent(why -> {
            throw SpecException.at("$.table", why);
        });
        spec.columns().filter(columns -> !sameColumns(columns, table.columns())).ifPresent(columns -> {
            throw contradiction("columns", columns, table.columns());
        });
        spec.partitionKeys()
                .filter(keys -> !sameColumns(asColumns(keys), asColumns(table.keys())))
                .ifPresent(keys -> {
                    throw contradiction("partitionKeys", asColumns(keys), asColumns(table.keys()));
                });
        spec.format().filter(format -> format != table.format().orElseThrow()).ifPresent(format -> {
            throw contradiction(
                    "format", format.label(), table.format().orElseThrow().label());
        });
        spec.csv().map(CsvSpec::options).filter(csv -> !csv.equals(table.csv())).ifPresent(csv -> {
            throw contradiction("csv", csv, table.csv());
        });
        return new TableDefinition(
                table.name(),
                location(spec, table),
                table.format().orElseThrow(),
                table.csv(),
                table.columns(),
                spec.partitionKeys().map(keys -> namedAs(table.keys(), keys)).orElse(table.keys()),
                spec.layout().or(table::layout).orElse(TableDefinition.HIVE_LAYOUT));
    }

    private static S3Location location(TableSpec spec, CatalogTable table) {
        return spec.location()
                .or(table::location)
                .orElseThrow(() -> SpecException.at(
                        "$.location", "is missing, and table " + table.name() + " has no location in S3"));
    }

    /** Keys are never renamed: the catalog's names, the spec's formats. */
    private static List<PartitionKey> namedAs(List<PartitionKey> catalog, List<PartitionKey> spec) {
        return IntStream.range(0, catalog.size())
                .mapToObj(i -> new PartitionKey(
                        catalog.get(i).name(),
                        catalog.get(i).type(),
                        spec.get(i).format().or(catalog.get(i)::format)))
                .toList();
    }

    private static List<Column> asColumns(List<PartitionKey> keys) {
        return keys.stream()
                .map(key -> new Column(key.name(), key.type().hiveName()))
                .toList();
    }

    private static boolean sameColumns(List<Column> spec, List<Column> catalog) {
        return canonical(spec).equals(canonical(catalog));
    }

    private static List<Column> canonical(List<Column> columns) {
        return columns.stream()
                .map(column -> new Column(
                        column.name().toLowerCase(Locale.ROOT),
                        column.type().toLowerCase(Locale.ROOT).replace(" ", "").replaceAll("\\binteger\\b", "int")))
                .toList();
    }

    private static SpecException contradiction(String field, Object spec, Object catalog) {
        return SpecException.at(
                "$." + field,
                "contradicts the catalog: the spec says " + spec + ", the table has " + catalog
                        + "; leave the field out, or correct it");
    }
}
