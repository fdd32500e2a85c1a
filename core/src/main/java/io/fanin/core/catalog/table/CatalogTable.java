package io.fanin.core.catalog.table;

import io.fanin.core.catalog.CatalogException;
import io.fanin.model.names.FaninNames;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.glue.model.Table;

/** A table as the catalog had it when it was read. */
public final class CatalogTable {

    private final TableName name;
    private final Table raw;
    private final Optional<S3Location> location;
    private final List<PartitionKey> keys;
    private final List<Column> columns;
    private final Optional<StorageFormat> storage;
    private final Map<String, String> parameters;
    private final Optional<String> whyUnusable;

    public CatalogTable(TableName name, Table raw) {
        this.name = name;
        this.raw = raw;
        this.location = GlueMapping.location(raw);
        this.keys = GlueMapping.keysOrNone(raw);
        this.columns = GlueMapping.columns(raw);
        this.storage = StorageFormat.of(raw);
        this.parameters = Map.copyOf(raw.parameters());
        this.whyUnusable = TableSupport.whyUnusable(name, raw);
    }

    /** The table parameter that holds the format of the key's times in prefixes. */
    public static String keyFormatParameter(PartitionKey key) {
        return FaninNames.keyFormat(key.name());
    }

    public TableName name() {
        return name;
    }

    /** Empty where the table has none, or one outside S3. */
    public Optional<S3Location> location() {
        return location;
    }

    /**
     * The partition keys, with the formats that the table's parameters give them; empty if a key's type is not
     * supported; {@link #whyUnusable()} then returns the reason.
     */
    public List<PartitionKey> keys() {
        return keys;
    }

    /** The columns that are no keys. */
    public List<Column> columns() {
        return columns;
    }

    /** Empty where the table's SerDe is not supported. */
    public Optional<DataFormat> format() {
        return storage.map(StorageFormat::format);
    }

    /** How the table's CSV is written; the default where the table's format is another. */
    public CsvOptions csv() {
        return storage.map(StorageFormat::csv).orElse(CsvOptions.DEFAULT);
    }

    /** Whether the table's SerDe reads values by rules of its own: another SerDe than the one that a new table has, or its settings. */
    public boolean hasRulesForValues() {
        return StorageFormat.hasRulesForValues(raw);
    }

    public Map<String, String> parameters() {
        return parameters;
    }

    /** {@code hive} or a template, where the table's parameters contain it. */
    public Optional<String> layout() {
        return Optional.ofNullable(parameters.get(FaninNames.LAYOUT));
    }

    /** Glue's table type, for example {@code EXTERNAL_TABLE}. */
    public Optional<String> tableType() {
        return Optional.ofNullable(raw.tableType());
    }

    /**
     * Why partitions of this table cannot be registered or would not be read: a view, a table format with a metadata
     * layer of its own, partition projection, an unsupported SerDe or key type. The text names the table, what is wrong
     * and what to do.
     */
    public Optional<String> whyUnusable() {
        return whyUnusable;
    }

    /** Why the data of this table cannot be read: the same, but for a table that is not partitioned, which can. */
    public Optional<String> whyUnreadable() {
        return whyUnusable.isEmpty() ? whyUnusable : TableSupport.whyUnreadable(name, raw);
    }

    /**
     * Must be called before anything is written to the table.
     *
     * @throws CatalogException when it is unusable
     */
    public void requireUsable() {
        whyUnusable.ifPresent(why -> {
            throw new CatalogException("no partition can be registered: " + why);
        });
    }

    /**
     * Must be called before partitions of this definition are written.
     *
     * @throws CatalogException when the table is unusable, or has other partition keys
     */
    public void requireUsableFor(TableDefinition definition) {
        requireUsable();
        if (!hasKeysOf(definition)) {
            throw new CatalogException("no partition can be registered: table " + name + " has other partition keys, "
                    + signatures(keys) + ", than the run was begun for, " + signatures(definition.keys())
                    + ". Start a new execution for the table");
        }
    }

    /** Whether the partition keys are those of the definition, in its order; formats may differ. */
    public boolean hasKeysOf(TableDefinition definition) {
        return signatures(keys).equals(signatures(definition.keys()));
    }

    private static List<String> signatures(List<PartitionKey> keys) {
        return keys.stream()
                .map(key -> key.canonicalName() + " " + key.type().hiveName())
                .toList();
    }

    /** When the table was created; a different time means that it was dropped and created again. */
    public Optional<Instant> created() {
        return Optional.ofNullable(raw.createTime());
    }

    /**
     * Checks a table that was read before.
     *
     * @param before when it was created then; empty if that is not known
     * @throws CatalogException when it was dropped and created again since: what was registered in it is gone
     */
    public CatalogTable requireCreated(Optional<Instant> before) {
        if (before.isPresent() && created().isPresent() && !before.equals(created())) {
            throw recreated(name, "was created again");
        }
        return this;
    }

    public static CatalogException recreated(TableName table, String what) {
        return new CatalogException(
                "Table " + table + " " + what + ", and the partitions that were registered in it went with"
                        + " it. Start a new execution for the table instead of redriving an earlier one.");
    }

    public Table raw() {
        return raw;
    }

    @Override
    public String toString() {
        return "CatalogTable[" + name + "]";
    }
}
