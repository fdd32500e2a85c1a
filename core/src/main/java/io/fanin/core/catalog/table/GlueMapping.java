package io.fanin.core.catalog.table;

import io.fanin.core.catalog.CatalogException;
import io.fanin.model.names.FaninNames;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.table.Column;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.text.LogSafe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

/** Converts between Glue's model of tables and this project's; pure. */
public final class GlueMapping {

    static final String EXTERNAL_TABLE = "EXTERNAL_TABLE";

    private GlueMapping() {}

    static String locationText(Table table) {
        return Optional.ofNullable(table.storageDescriptor())
                .map(StorageDescriptor::location)
                .orElse("");
    }

    static Optional<S3Location> location(Table table) {
        try {
            return Optional.of(S3Location.of(locationText(table)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * The table's keys.
     *
     * @throws KeyParameterException if a parameter of one is not valid
     * @throws IllegalArgumentException if the type of one is not supported
     */
    static List<PartitionKey> keys(Table table) {
        return table.partitionKeys().stream()
                .map(key -> key(key.name(), key.type() == null ? "" : key.type(), table.parameters()))
                .toList();
    }

    private static PartitionKey key(String name, String type, Map<String, String> parameters) {
        KeyType known = KeyType.of(type);
        Map<String, String> own = new LinkedHashMap<>();
        Stream.of(FaninNames.keyFormat(name), FaninNames.keyTime(name), FaninNames.keyInterval(name))
                .filter(parameter -> !parameters.getOrDefault(parameter, "").isBlank())
                .forEach(parameter -> own.put(parameter, parameters.get(parameter)));
        try {
            return new PartitionKey(
                    name,
                    known,
                    Optional.ofNullable(own.get(FaninNames.keyFormat(name))),
                    Optional.ofNullable(own.get(FaninNames.keyTime(name))).map(GlueMapping::isTime),
                    Optional.ofNullable(own.get(FaninNames.keyInterval(name))).map(GlueMapping::interval));
        } catch (IllegalArgumentException e) {
            throw own.isEmpty() ? e : new KeyParameterException(own, e);
        }
    }

    private static boolean isTime(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + LogSafe.name(text) + "' is neither true nor false");
        };
    }

    private static int interval(String units) {
        try {
            return Integer.parseInt(units);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + LogSafe.name(units) + "' is not a number", e);
        }
    }

    static List<PartitionKey> keysOrNone(Table table) {
        try {
            return keys(table);
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    static List<Column> columns(Table table) {
        return columns(glueColumns(table));
    }

    static List<Column> columns(List<software.amazon.awssdk.services.glue.model.Column> columns) {
        return columns.stream()
                .map(column -> new Column(column.name(), column.type() == null ? "" : column.type()))
                .toList();
    }

    static List<software.amazon.awssdk.services.glue.model.Column> glueColumns(Table table) {
        return table.storageDescriptor() == null
                ? List.of()
                : table.storageDescriptor().columns();
    }

    /**
     * The input for CreateTable.
     *
     * @throws CatalogException if no reader could read the table: quoted CSV with columns that are not strings
     */
    public static TableInput tableInput(TableDefinition definition, Map<String, String> extraParameters) {
        StorageFormat storage = StorageFormat.of(definition.format(), definition.csv());
        if (definition.format() == DataFormat.CSV && definition.csv().quoted()) {
            requireStrings(definition);
        }
        Map<String, String> parameters = new LinkedHashMap<>(storage.tableParameters());
        parameters.putAll(
                PrefixParameters.of(definition.layout(), definition.keys()).values());
        parameters.putAll(extraParameters);
        return TableInput.builder()
                .name(definition.name().table())
                .tableType(EXTERNAL_TABLE)
                .parameters(parameters)
                .partitionKeys(definition.keys().stream()
                        .map(key -> column(key.canonicalName(), key.type().hiveName()))
                        .toList())
                .storageDescriptor(storage.descriptor().toBuilder()
                        .location(definition.location().uri())
                        .columns(definition.columns().stream()
                                .map(GlueMapping::glueColumn)
                                .toList())
                        .build())
                .build();
    }

    private static void requireStrings(TableDefinition definition) {
        definition.columns().stream()
                .filter(column -> !column.type().equalsIgnoreCase("string"))
                .findFirst()
                .ifPresent(column -> {
                    throw new CatalogException(
                            "table " + definition.name() + " cannot be created: its column '"
                                    + column.name() + "' is of type " + column.type()
                                    + ", but quoted CSV has columns of type string only; declare it string, or leave quotes out");
                });
    }

    static software.amazon.awssdk.services.glue.model.Column glueColumn(Column column) {
        return column(column.name(), column.type());
    }

    private static software.amazon.awssdk.services.glue.model.Column column(String name, String type) {
        return software.amazon.awssdk.services.glue.model.Column.builder()
                .name(name)
                .type(type)
                .build();
    }
}
