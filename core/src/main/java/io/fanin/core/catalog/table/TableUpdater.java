package io.fanin.core.catalog.table;

import io.fanin.core.catalog.FailureKind;
import io.fanin.core.catalog.GlueCall;
import io.fanin.core.catalog.GlueRetries;
import io.fanin.model.table.Column;
import io.fanin.model.table.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

/**
 * Changes a table's parameters or columns and nothing else, even if others write to it concurrently: the version that
 * was read is sent along, and if Glue refuses it, the table is read and changed again.
 */
public final class TableUpdater {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    /**
     * A recreated table counts its versions from the first again: below this number, it may have reached the same
     * version.
     */
    private static final long SETTLED = 10;

    private final GlueClient glue;
    private final TableReader reader;
    private final GlueRetries retries;

    public TableUpdater(GlueClient glue, TableReader reader, GlueRetries retries) {
        this.glue = glue;
        this.reader = reader;
        this.retries = retries;
    }

    /**
     * Changes a table's parameters; returns the changed table.
     *
     * @param known may be outdated: if the change has no effect on it, the table is read again
     */
    public CatalogTable update(CatalogTable known, UnaryOperator<Map<String, String>> change) {
        return change(known, now -> new Changeable(change.apply(new LinkedHashMap<>(now.parameters())), now.columns()));
    }

    /**
     * Adds columns after those of a table; returns the changed table.
     *
     * @param columns all columns of the changed table
     * @throws TableReplacedException if neither the table's columns nor these begin with the other ones, or if the
     *     table's columns no longer begin with its known ones
     */
    public CatalogTable appendColumns(CatalogTable known, List<Column> columns) {
        List<Column> before = known.columns();
        return change(known, now -> {
            if (Column.appended(before, GlueMapping.columns(now.columns())).isEmpty()) {
                throw TableReplacedException.changedColumns(known.name());
            }
            return new Changeable(now.parameters(), appended(known.name(), now.columns(), columns));
        });
    }

    /** The properties of a table that can be changed. */
    private record Changeable(
            Map<String, String> parameters, List<software.amazon.awssdk.services.glue.model.Column> columns) {

        static Changeable of(CatalogTable table) {
            return new Changeable(table.parameters(), GlueMapping.glueColumns(table.raw()));
        }

        Table in(Table table) {
            StorageDescriptor storage = table.storageDescriptor();
            return table.toBuilder()
                    .parameters(parameters)
                    .storageDescriptor(
                            storage == null
                                    ? null
                                    : storage.toBuilder().columns(columns).build())
                    .build();
        }
    }

    /** The table's existing columns stay as they are, including comments. */
    private static List<software.amazon.awssdk.services.glue.model.Column> appended(
            TableName name, List<software.amazon.awssdk.services.glue.model.Column> now, List<Column> wanted) {
        List<Column> known = GlueMapping.columns(now);
        if (Column.appended(wanted, known).isPresent()) {
            return now;
        }
        List<Column> more =
                Column.appended(known, wanted).orElseThrow(() -> TableReplacedException.changedColumns(name));
        return Stream.concat(now.stream(), more.stream().map(GlueMapping::glueColumn))
                .toList();
    }

    private CatalogTable change(CatalogTable known, UnaryOperator<Changeable> change) {
        TableName name = known.name();
        CatalogTable table = known;
        Optional<Changeable> unanswered = Optional.empty();
        for (int attempt = 1; ; attempt++) {
            Changeable now = Changeable.of(table);
            Changeable meant = change.apply(now);
            if (attempt == 1 && !meant.equals(now)) {
                table = latest(table);
                Changeable latest = Changeable.of(table);
                meant = latest.equals(now) ? meant : change.apply(latest);
                now = latest;
            }
            Optional<SdkException> failure = Optional.empty();
            if (!meant.equals(now)) {
                failure = write(name, meant.in(table.raw()));
                if (failure.isEmpty()) {
                    return written(table, meant);
                }
                unanswered = Optional.of(meant);
                retries.pauseAfter(attempt);
            } else if (attempt > 1) {
                return table;
            }
            table = new CatalogTable(name, reader.get(name)).requireSameAs(known);
            if (unanswered.equals(Optional.of(Changeable.of(table)))) {
                return table;
            }
            if (attempt == GlueRetries.MAX_ATTEMPTS && failure.isPresent()) {
                throw call(name).failed(failure.get());
            }
        }
    }

    /**
     * The table, read again if its version is so low that a table recreated in its place could have it too: Glue would
     * then apply an update of the one to the other.
     *
     * @throws TableReplacedException if it was recreated
     */
    private CatalogTable latest(CatalogTable table) {
        String version = table.raw().versionId();
        boolean isSettled = version != null && NUMBER.matcher(version).matches() && Long.parseLong(version) >= SETTLED;
        return isSettled ? table : new CatalogTable(table.name(), reader.get(table.name())).requireSameAs(table);
    }

    /**
     * The table after the write, in the next version: each update increments it. If another writer has also updated the
     * table, the next update is refused and reads it again.
     */
    private static CatalogTable written(CatalogTable table, Changeable meant) {
        Optional<String> version = Optional.ofNullable(table.raw().versionId())
                .map(last -> NUMBER.matcher(last).matches() ? String.valueOf(Long.parseLong(last) + 1) : last);
        return new CatalogTable(
                table.name(),
                meant.in(table.raw()).toBuilder()
                        .versionId(version.orElse(null))
                        .build());
    }

    /** A failure after which the table has to be read again: a conflict, or a lost answer. */
    private Optional<SdkException> write(TableName name, Table table) {
        try {
            glue.updateTable(request -> request.databaseName(name.database())
                    .tableInput(TableInputs.of(table))
                    .versionId(table.versionId())
                    .skipArchive(true));
            return Optional.empty();
        } catch (SdkException e) {
            return switch (FailureKind.of(e)) {
                case RETRYABLE, AMBIGUOUS -> Optional.of(e);
                case EXISTS, MISSING, INVALID, DENIED, LIMIT, OTHER ->
                    throw call(name).failed(e);
            };
        }
    }

    private static GlueCall call(TableName name) {
        return GlueCall.onTable("UpdateTable", name);
    }
}
