package io.fanin.processor.validate;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.spec.OnNewColumns;
import io.fanin.model.table.Column;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.text.LogSafe;
import io.fanin.model.type.HiveType;
import io.fanin.model.type.HiveTypeParser;
import io.fanin.records.objects.CaseInsensitiveNames;
import io.fanin.records.objects.ObjectDefectException;
import io.fanin.records.objects.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The columns of a table that query engines look for in its files, by name and ignoring case. A column of a type that
 * is not supported here (for example {@code binary}) only has to exist.
 */
public final class TableSchema {

    private static final Logger LOG = LoggerFactory.getLogger(TableSchema.class);

    /** The maximum number of disagreements in a message. */
    private static final int NAMED = 3;

    /** Characters of names in the log. */
    private static final int NAMES = 200;

    private final Map<String, Optional<HiveType>> columns = new LinkedHashMap<>();
    private final List<String> keys;
    private final OnNewColumns onNewColumns;

    /** The previous file's columns that the table lacks. */
    private List<String> extra = List.of();

    /** @param onNewColumns if columns may be added to the table, older files may lack the last ones */
    public TableSchema(TableDefinition table, OnNewColumns onNewColumns) {
        this.onNewColumns = onNewColumns;
        for (Column column : table.columns()) {
            columns.put(column.name(), HiveTypeParser.find(column.type()));
        }
        keys = table.keys().stream().map(PartitionKey::name).toList();
    }

    /** The type of a column; empty if the table has no such column or the type is not supported here. */
    public Optional<HiveType> type(String name) {
        return columns.entrySet().stream()
                .filter(column -> column.getKey().equalsIgnoreCase(name))
                .findFirst()
                .flatMap(Map.Entry::getValue);
    }

    /**
     * Compares a file's columns with the table's; logs those that the table lacks, unless the file before had the same.
     */
    public void check(ObjectSummary object, FileColumns file) {
        List<String> disagreements = new ArrayList<>(CaseInsensitiveNames.problems("", file.names()));
        Map<String, String> found = new TreeMap<>();
        file.names().forEach(name -> found.put(name.toLowerCase(Locale.ROOT), name));
        for (String key : keys) {
            if (found.remove(key.toLowerCase(Locale.ROOT)) != null) {
                disagreements.add("'%s' is a partition key, and a column in the file: readers take either value"
                        .formatted(Printable.detail(key)));
            }
        }
        Set<String> expected = expected(file);
        for (String name : columns.keySet()) {
            found.remove(name.toLowerCase(Locale.ROOT));
            if (expected.contains(name)) {
                disagreement(name, file).ifPresent(disagreements::add);
            }
        }
        if (!disagreements.isEmpty()) {
            throw mismatch(object, disagreements);
        }
        List<String> own = List.copyOf(new TreeSet<>(found.values()));
        if (!own.equals(extra)) {
            extra = own;
            LOG.warn(
                    "{}: columns that the table does not have: {}",
                    LogSafe.of(object.key()),
                    LogSafe.beginning(String.join(", ", own), NAMES));
        }
    }

    /** The columns that the file must have: at least the first one. */
    private Set<String> expected(FileColumns file) {
        LinkedHashSet<String> expected = new LinkedHashSet<>(columns.keySet());
        while (onNewColumns == OnNewColumns.APPEND && expected.size() > 1 && !file.has(expected.getLast())) {
            expected.removeLast();
        }
        return expected;
    }

    private Optional<String> disagreement(String name, FileColumns file) {
        Optional<HiveType> type = columns.get(name);
        if (!file.has(name)) {
            return Optional.of("'%s' is%s in the table, and not in the file"
                    .formatted(
                            Printable.detail(name),
                            type.map(known -> " " + Printable.detail(known.hive()))
                                    .orElse("")));
        }
        return type.flatMap(known -> file.disagreement(name, known));
    }

    private static ObjectDefectException mismatch(ObjectSummary object, List<String> disagreements) {
        int more = disagreements.size() - NAMED;
        return ObjectDefectException.ofObject(
                object.key(),
                FailureCode.SCHEMA_MISMATCH,
                " does not have the table's columns: %s%s; write it again, or change the table"
                        .formatted(
                                String.join("; ", disagreements.subList(0, Math.min(NAMED, disagreements.size()))),
                                more > 0 ? "; and %d more".formatted(more) : ""));
    }
}
