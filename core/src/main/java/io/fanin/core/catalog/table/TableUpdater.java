package io.fanin.core.catalog.table;

import io.fanin.core.catalog.FailureKind;
import io.fanin.core.catalog.GlueCall;
import io.fanin.core.catalog.GlueRetries;
import io.fanin.core.table.TableName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Table;

/**
 * Changes a table's parameters and nothing else of it, also while others write to it: the version that was read is
 * sent along, and a refusal is answered by reading again and making the change anew.
 */
public final class TableUpdater {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final GlueClient glue;
    private final TableReader reader;
    private final GlueRetries retries;

    public TableUpdater(GlueClient glue, TableReader reader, GlueRetries retries) {
        this.glue = glue;
        this.reader = reader;
        this.retries = retries;
    }

    /**
     * The table as the change leaves it.
     *
     * @param known that the change leaves it as it is, is believed only of a table that has just been read
     */
    public CatalogTable update(CatalogTable known, UnaryOperator<Map<String, String>> change) {
        TableName name = known.name();
        CatalogTable table = known;
        Optional<Map<String, String>> unanswered = Optional.empty();
        for (int attempt = 1; ; attempt++) {
            Map<String, String> meant = change.apply(new LinkedHashMap<>(table.parameters()));
            Optional<SdkException> failure = Optional.empty();
            if (!meant.equals(table.parameters())) {
                failure = write(name, table.raw(), meant);
                if (failure.isEmpty()) {
                    return written(table, meant);
                }
                unanswered = Optional.of(meant);
                retries.pauseAfter(attempt);
            } else if (attempt > 1) {
                return table;
            }
            table = new CatalogTable(name, reader.get(name)).requireCreated(known.created());
            if (unanswered.isPresent() && unanswered.get().equals(table.parameters())) {
                return table;
            }
            if (attempt == GlueRetries.MAX_ATTEMPTS && failure.isPresent()) {
                throw call(name).failed(failure.get());
            }
        }
    }

    /**
     * The table with these parameters, in the version that comes next: each update counts one more. Where somebody else has
     * updated it, too, the next update is refused, and reads it.
     */
    private static CatalogTable written(CatalogTable table, Map<String, String> parameters) {
        Table raw = table.raw();
        Optional<String> version = Optional.ofNullable(raw.versionId())
                .map(last -> NUMBER.matcher(last).matches() ? String.valueOf(Long.parseLong(last) + 1) : last);
        return new CatalogTable(
                table.name(),
                raw.toBuilder()
                        .parameters(parameters)
                        .versionId(version.orElse(null))
                        .build());
    }

    /** A failure after which the table has to be read again: a conflict is one, and so is an answer that was lost. */
    private Optional<SdkException> write(TableName name, Table table, Map<String, String> parameters) {
        try {
            glue.updateTable(request -> request.databaseName(name.database())
                    .tableInput(TableInputs.withParameters(table, parameters))
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
