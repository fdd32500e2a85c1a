package io.fanin.core.catalog.table;

import io.fanin.model.layout.ProjectedTable;
import io.fanin.model.names.FaninNames;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableName;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

/** Recognises tables whose partitions cannot be registered, or could not be read once registered. */
final class TableSupport {

    static final String PROJECTION = ProjectedTable.ENABLED;

    private static final Set<String> VIEW_TYPES = Set.of("VIRTUAL_VIEW", "MATERIALIZED_VIEW");

    /** Formats that keep their own list of files, each with the packages of its classes. */
    private static final Map<String, List<String>> OTHER_FORMATS = Map.of(
            "iceberg", List.of("org.apache.iceberg."),
            "hudi", List.of("org.apache.hudi.", "com.uber.hoodie."),
            "delta", List.of("io.delta."));

    private static final String STORAGE_HANDLER = "storage_handler";

    /** Returns the problem with a table, in words that follow its name. */
    @FunctionalInterface
    private interface Check {
        Optional<String> problemOf(Table table);
    }

    private static final Check KEYS = TableSupport::keys;

    private static final List<Check> CHECKS = List.of(
            TableSupport::view,
            TableSupport::link,
            TableSupport::governed,
            TableSupport::otherFormat,
            TableSupport::storageHandler,
            TableSupport::symlinks,
            TableSupport::unpartitioned,
            TableSupport::projection,
            TableSupport::serde,
            TableSupport::location,
            KEYS,
            TableSupport::columnNamedLikeKey);

    private static final List<Check> CHECKS_WITHOUT_KEYS = List.of(
            TableSupport::view,
            TableSupport::link,
            TableSupport::governed,
            TableSupport::otherFormat,
            TableSupport::storageHandler,
            TableSupport::symlinks,
            TableSupport::serde,
            TableSupport::location);

    private TableSupport() {}

    static Optional<String> whyUnusable(TableName name, Table table) {
        return why(name, table, CHECKS);
    }

    /** The same reason, if a parameter that somebody has set for a key is what makes it unusable. */
    static Optional<String> whyOfKeyParameters(TableName name, Table table) {
        return CHECKS.stream()
                .filter(check -> check.problemOf(table).isPresent())
                .findFirst()
                .filter(check -> check.equals(KEYS) && hasWrongKeyParameters(table))
                .flatMap(check -> whyUnusable(name, table));
    }

    private static boolean hasWrongKeyParameters(Table table) {
        try {
            GlueMapping.keys(table);
            return false;
        } catch (KeyParameterException e) {
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The reason why this project cannot read the objects of a table, although others can. */
    static Optional<String> whyOfUnknownFormat(TableName name, Table table) {
        return why(name, table, List.of(TableSupport::format));
    }

    /**
     * The reason why a table cannot be read; unlike other operations, reading also supports tables without partitions.
     */
    static Optional<String> whyUnreadable(TableName name, Table table) {
        return why(name, table, table.partitionKeys().isEmpty() ? CHECKS_WITHOUT_KEYS : CHECKS)
                .or(() -> whyOfUnknownFormat(name, table))
                .or(() -> why(name, table, List.of(TableSupport::onlyValidated, TableSupport::columnsElsewhere)));
    }

    /** The reason why partitions of the table have to be written by what knows its buckets. */
    static Optional<String> whyOfBuckets(TableName name, Table table) {
        return why(name, table, List.of(TableSupport::buckets));
    }

    private static Optional<String> why(TableName name, Table table, List<Check> checks) {
        return checks.stream()
                .map(check -> check.problemOf(table))
                .flatMap(Optional::stream)
                .findFirst()
                .map(problem -> "table " + name + " " + problem);
    }

    private static Optional<String> view(Table table) {
        boolean view =
                (table.tableType() != null && VIEW_TYPES.contains(table.tableType())) || table.viewDefinition() != null;
        return when(view, "is a view: name the table that it reads");
    }

    private static Optional<String> link(Table table) {
        if (table.targetTable() != null) {
            return Optional.of("is a resource link to " + table.targetTable().databaseName() + "."
                    + table.targetTable().name() + ": name that table");
        }
        return when(table.federatedTable() != null, "belongs to a federated catalog: register it where it is managed");
    }

    private static Optional<String> governed(Table table) {
        return when(
                "GOVERNED".equals(table.tableType()),
                "is a governed table of Lake Formation, whose objects are listed in transactions: name a table of type "
                        + GlueMapping.EXTERNAL_TABLE);
    }

    /**
     * For example the manifests of a Delta table: the partition's location is that of its manifests, not of its data.
     */
    private static Optional<String> symlinks(Table table) {
        return when(
                StorageFormat.inputFormat(table).endsWith(".SymlinkTextInputFormat"),
                "reads lists of files instead of folders (SymlinkTextInputFormat): register it with the tool that"
                        + " writes those lists");
    }

    private static Optional<String> otherFormat(Table table) {
        return Stream.of(
                        parameter(table, "table_type"),
                        parameter(table, "spark.sql.sources.provider"),
                        parameter(table, "classification"),
                        parameter(table, STORAGE_HANDLER),
                        StorageFormat.inputFormat(table),
                        StorageFormat.library(table))
                .flatMap(text -> otherFormat(text).stream())
                .findFirst()
                .map(format -> "is of format " + format
                        + ", which keeps its own list of files and reads no registered partitions: write to it with "
                        + "an engine that knows that format");
    }

    /** The format whose name or class this is. */
    private static Optional<String> otherFormat(String text) {
        return OTHER_FORMATS.entrySet().stream()
                .filter(format -> text.equals(format.getKey())
                        || format.getValue().stream().anyMatch(text::startsWith))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static Optional<String> storageHandler(Table table) {
        String handler = table.parameters().getOrDefault(STORAGE_HANDLER, "");
        return when(
                !handler.isBlank(),
                "is read by the storage handler " + handler + ", which finds its data by itself: write to it with"
                        + " an engine that has that class");
    }

    private static Optional<String> unpartitioned(Table table) {
        return when(table.partitionKeys().isEmpty(), "has no partition keys: create it again with PARTITIONED BY");
    }

    private static Optional<String> projection(Table table) {
        return when(
                isProjected(table) && !registersBesideProjection(table),
                "has " + PROJECTION + "=true, with which Athena ignores registered partitions: fanin init --cut-over "
                        + "says how to replace it without a gap; or register nothing and rely on projection");
    }

    /** Source: Hive's <a href="https://cwiki.apache.org/confluence/display/Hive/AvroSerDe">AvroSerDe</a>. */
    static Optional<String> avroSchema(Table table) {
        Map<String, String> ofSerDe = Optional.ofNullable(table.storageDescriptor())
                .map(StorageDescriptor::serdeInfo)
                .map(SerDeInfo::parameters)
                .orElse(Map.of());
        return Stream.of("avro.schema.literal", "avro.schema.url")
                .filter(name -> ofSerDe.containsKey(name) || table.parameters().containsKey(name))
                .findFirst();
    }

    static boolean isProjected(Table table) {
        return parameter(table, PROJECTION).equals("true");
    }

    static boolean registersBesideProjection(Table table) {
        return parameter(table, FaninNames.PROJECTION).equals(FaninNames.REGISTER);
    }

    private static Optional<String> serde(Table table) {
        return when(
                !StorageFormat.hasSerDe(table),
                "has no SerDe, without which no query engine reads it: create it again with one");
    }

    private static Optional<String> format(Table table) {
        return when(
                StorageFormat.of(table).isEmpty(),
                "has " + StorageFormat.describe(table)
                        + ", which is not read here: only Parquet, Avro, JSON, and CSV with one character between fields,"
                        + " double quotes and one line of header at most are");
    }

    /**
     * Trino's BackgroundHiveSplitLoader refuses a partition with another number of files, unless their names tell the
     * buckets.
     */
    private static Optional<String> buckets(Table table) {
        StorageDescriptor storage = table.storageDescriptor();
        return when(
                storage.numberOfBuckets() != null
                        && storage.numberOfBuckets() > 0
                        && !storage.bucketColumns().isEmpty(),
                "is clustered by %s into %d buckets, and query engines take the files of a partition for these"
                        .formatted(String.join(", ", storage.bucketColumns()), storage.numberOfBuckets()));
    }

    private static Optional<String> onlyValidated(Table table) {
        return when(
                StorageFormat.of(table)
                        .filter(storage -> storage.format() == DataFormat.AVRO)
                        .isPresent(),
                "is of format avro, whose values are not read here: only those of Parquet, JSON and CSV are");
    }

    private static Optional<String> columnsElsewhere(Table table) {
        return StorageFormat.columnsElsewhere(table)
                .map(setting ->
                        "has the setting " + setting + ", with which its columns are not those of the same names in its"
                                + " objects: they are read by their names here");
    }

    private static Optional<String> location(Table table) {
        String location = GlueMapping.locationText(table);
        try {
            S3Location.of(location);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(
                    location.isEmpty()
                            ? "has no location, expected one such as s3://bucket/prefix/"
                            : "has a location that is not used: " + e.getMessage());
        }
    }

    private static Optional<String> keys(Table table) {
        try {
            List<PartitionKey> keys = GlueMapping.keys(table);
            return when(keys.isEmpty(), "has no partition keys");
        } catch (KeyParameterException e) {
            return Optional.of(e.getMessage());
        } catch (IllegalArgumentException e) {
            return Optional.of("has a partition key that is not supported: " + e.getMessage());
        }
    }

    private static Optional<String> columnNamedLikeKey(Table table) {
        Set<String> keys =
                table.partitionKeys().stream().map(TableSupport::canonicalName).collect(Collectors.toSet());
        return GlueMapping.glueColumns(table).stream()
                .filter(column -> keys.contains(canonicalName(column)))
                .findFirst()
                .map(column -> "has both a column and a partition key named '" + column.name()
                        + "', which makes every query of it fail: rename or drop the column");
    }

    private static String canonicalName(Column column) {
        return column.name().toLowerCase(Locale.ROOT);
    }

    private static String parameter(Table table, String name) {
        return table.parameters().getOrDefault(name, "").toLowerCase(Locale.ROOT);
    }

    private static Optional<String> when(boolean wrong, String problem) {
        return wrong ? Optional.of(problem) : Optional.empty();
    }
}
