package io.fanin.core.catalog.table;

import io.fanin.core.catalog.CatalogException;
import io.fanin.model.names.FaninNames;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

/** A table of the catalog, as of the time at which it was read. */
public final class CatalogTable {

    /** The names of the fields with which Glue's UpdateTable writes a table, as Glue spells them. */
    public static final List<String> INPUT_FIELDS =
            TableInputs.fieldsOf(TableInput.builder().build());

    /** The names of those of its storage descriptor. */
    public static final List<String> STORAGE_FIELDS =
            TableInputs.fieldsOf(StorageDescriptor.builder().build());

    private final TableName name;
    private final Table raw;
    private final List<PartitionKey> keys;
    private final List<Column> columns;
    private final Map<String, String> parameters;

    public CatalogTable(TableName name, Table raw) {
        this.name = name;
        this.raw = raw;
        this.keys = GlueMapping.keysOrNone(raw);
        this.columns = GlueMapping.columns(raw);
        this.parameters = Map.copyOf(raw.parameters());
    }

    public TableName name() {
        return name;
    }

    /** The table's folder; empty if it has none, or one outside S3. */
    public Optional<S3Location> location() {
        return GlueMapping.location(raw);
    }

    /**
     * The partition keys, with the formats from the table's parameters; empty if a key's type is not supported;
     * {@link #whyUnusable()} then returns the reason.
     */
    public List<PartitionKey> keys() {
        return keys;
    }

    /** The columns without the keys. */
    public List<Column> columns() {
        return columns;
    }

    /** The data format; {@link DataFormat#OTHER} if only the table's SerDe can read its objects. */
    public DataFormat format() {
        return StorageFormat.of(raw).map(StorageFormat::format).orElse(DataFormat.OTHER);
    }

    /** The format of the table's CSV; the default if the table has another data format. */
    public CsvOptions csv() {
        return StorageFormat.of(raw).map(StorageFormat::csv).orElse(CsvOptions.DEFAULT);
    }

    /**
     * Whether the table's SerDe differs from that of a new table, or has settings, so that it may read values
     * differently.
     */
    public boolean hasRulesForValues() {
        return StorageFormat.hasRulesForValues(raw);
    }

    /**
     * A setting with which the table's readers find a column elsewhere in an object than under its name, and its value,
     * for people; empty if there is none.
     */
    public Optional<String> columnsElsewhere() {
        return StorageFormat.columnsElsewhere(raw);
    }

    /** Whether Athena reads archived objects of the table that were restored; otherwise it passes over all of them. */
    public boolean readsRestored() {
        return Boolean.parseBoolean(parameters.get("read_restored_glacier_objects"));
    }

    public Map<String, String> parameters() {
        return parameters;
    }

    /**
     * {@code hive} or a template, if the table's parameters contain it; Athena cannot remove one, and leaves it blank.
     */
    public Optional<String> layout() {
        return Optional.ofNullable(parameters.get(FaninNames.LAYOUT)).filter(text -> !text.isBlank());
    }

    /** The same table as it was before it lost these parameters; unchanged if it has another layout now. */
    public CatalogTable beforeLosing(PrefixParameters known) {
        Map<String, String> lost = known.lost(parameters);
        return lost.isEmpty() ? this : with(all -> all.putAll(lost));
    }

    /** The same table as it will be when partition projection has been switched off. */
    public CatalogTable withoutProjection() {
        return with(all -> all.remove(TableSupport.PROJECTION));
    }

    /** The same table as it will be when partitions are registered in it although partition projection is on. */
    public CatalogTable besideProjection() {
        return with(all -> all.put(FaninNames.PROJECTION, FaninNames.REGISTER));
    }

    private CatalogTable with(Consumer<Map<String, String>> change) {
        Map<String, String> changed = new HashMap<>(raw.parameters());
        change.accept(changed);
        return new CatalogTable(name, raw.toBuilder().parameters(changed).build());
    }

    /** Whether partition projection is on. */
    public boolean isProjected() {
        return TableSupport.isProjected(raw);
    }

    /** Whether partitions are registered although partition projection is on. */
    public boolean isRegisteredBesideProjection() {
        return isProjected() && TableSupport.registersBesideProjection(raw);
    }

    /**
     * The reason why partitions of this table cannot be registered or would not be read: a view, a table format with a
     * metadata layer of its own, partition projection, no SerDe, an unsupported key type. The text names the table, the
     * problem and the remedy.
     */
    public Optional<String> whyUnusable() {
        return TableSupport.whyUnusable(name, raw);
    }

    /** The same reason, if it is a mistake in a parameter for one of its keys. */
    public Optional<String> whyOfKeyParameters() {
        return TableSupport.whyOfKeyParameters(name, raw);
    }

    /** The reason why only the table's SerDe can read its objects; empty if its {@link #format()} is known. */
    public Optional<String> whyOfUnknownFormat() {
        return TableSupport.whyOfUnknownFormat(name, raw);
    }

    /** The reason why only what knows the table's buckets can write partitions of it; empty if it has none. */
    public Optional<String> whyOfBuckets() {
        return TableSupport.whyOfBuckets(name, raw);
    }

    /**
     * The reason why the data of this table cannot be read: {@link #whyOfUnknownFormat()}, {@link #columnsElsewhere()},
     * or {@link #whyUnusable()}, except that a table without partitions can be read.
     */
    public Optional<String> whyUnreadable() {
        return TableSupport.whyUnreadable(name, raw);
    }

    /**
     * Checks the table before anything is written to it.
     *
     * @throws CatalogException if it is unusable
     */
    public void requireUsable() {
        whyUnusable().ifPresent(why -> {
            throw new CatalogException("no partition can be registered: " + why);
        });
    }

    /**
     * Checks the table before partitions of this definition are written.
     *
     * @throws CatalogException if the table is unusable, or has got an unknown format
     * @throws TableReplacedException if it has other partition keys
     */
    public void requireUsableFor(TableDefinition definition) {
        requireUsable();
        if (definition.format() != DataFormat.OTHER) {
            whyOfUnknownFormat().ifPresent(why -> {
                throw new CatalogException("no partition can be registered: " + why);
            });
        }
        if (!hasKeysOf(definition)) {
            throw TableReplacedException.changed(
                    name,
                    "has other partition keys, " + signatures(keys) + ", than the run was begun for, "
                            + signatures(definition.keys()));
        }
    }

    /**
     * Checks the table before partitions are registered that a run has processed for what the table was at its
     * detection. Columns may have been appended since, or removed from the end: readers find the others.
     *
     * @throws TableReplacedException if readers would read the partitions otherwise than the run: as another format, or
     *     with other columns
     */
    public void requireAsProcessed(ResolvedSpec spec) {
        TableDefinition definition = spec.definition();
        if (!spec.processor().needsFormat()) {
            return;
        }
        if (!readsAs(definition)) {
            throw changed("is read in another format");
        }
        if (spec.checksColumnsByName() && columnsElsewhere().isPresent()) {
            throw changed("finds its columns elsewhere (%s)"
                    .formatted(columnsElsewhere().get()));
        }
        boolean hasColumns = Column.appended(definition.columns(), columns())
                .or(() -> Column.appended(columns(), definition.columns()))
                .isPresent();
        if (!hasColumns) {
            throw changed("has other columns");
        }
    }

    private boolean readsAs(TableDefinition definition) {
        return format() == definition.format() && (format() != DataFormat.CSV || csv().readsAs(definition.csv()));
    }

    private TableReplacedException changed(String how) {
        return TableReplacedException.changed(name, how + " than the run was begun for");
    }

    /** Whether the table has the definition's partition keys, in the same order; formats may differ. */
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
     * @param before its creation time then
     * @throws TableReplacedException if it was dropped and created again since: its earlier partitions are gone
     */
    public void requireCreated(Instant before) {
        if (created().filter(now -> !now.equals(before)).isPresent()) {
            throw new TableReplacedException(name, "was created again");
        }
    }

    /**
     * Checks that this table is the same as one that was read before.
     *
     * @throws TableReplacedException if it was dropped and created again since
     */
    CatalogTable requireSameAs(CatalogTable before) {
        before.created().ifPresent(this::requireCreated);
        return this;
    }

    /** Whether its columns are those of a schema in the Glue Schema Registry, to which it refers. */
    public boolean hasColumnsOfRegistry() {
        return raw.storageDescriptor() != null && raw.storageDescriptor().schemaReference() != null;
    }

    /**
     * The parameter, of the table or its SerDe, with the schema by which Avro's SerDe reads, whatever the table's
     * columns are: it reads others as null. Empty if there is none.
     */
    public Optional<String> avroSchema() {
        return format() == DataFormat.AVRO ? TableSupport.avroSchema(raw) : Optional.empty();
    }

    public Table raw() {
        return raw;
    }

    @Override
    public String toString() {
        return "CatalogTable[" + name + "]";
    }
}
