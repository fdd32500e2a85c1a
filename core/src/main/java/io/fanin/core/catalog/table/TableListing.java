package io.fanin.core.catalog.table;

import io.fanin.core.catalog.GlueCall;
import io.fanin.core.catalog.GlueRetries;
import io.fanin.core.catalog.PageTokens;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetDatabasesResponse;
import software.amazon.awssdk.services.glue.model.GetTablesResponse;
import software.amazon.awssdk.services.glue.model.Table;

/** Lists databases, and the tables of one, page by page. */
public final class TableListing {

    private final GlueClient glue;
    private final GlueRetries retries;

    public TableListing(GlueClient glue, GlueRetries retries) {
        this.glue = glue;
        this.retries = retries;
    }

    public List<String> databases() {
        GlueCall call = new GlueCall("GetDatabases", "the catalog");
        return all(
                call,
                token -> retries.repeatable(call, () -> glue.getDatabases(request -> request.nextToken(token))),
                page -> page.databaseList().stream().map(Database::name).toList(),
                GetDatabasesResponse::nextToken);
    }

    /** The tables of a database; an empty list if there is no such database. */
    public List<Table> tables(String database) {
        return all(
                call(database),
                token -> page(database, token)
                        .orElseGet(() -> GetTablesResponse.builder().build()),
                GetTablesResponse::tableList,
                GetTablesResponse::nextToken);
    }

    /**
     * Lists a database until all of these tables are found, or this number of pages is read.
     *
     * @param pages 1 or more; a page has at most 100 tables
     * @return tables by their names, others among them; empty if there is no such database
     */
    public Optional<Map<String, Table>> first(String database, Collection<String> wanted, int pages) {
        Map<String, Table> found = new HashMap<>();
        Optional<String> token = Optional.empty();
        for (int i = 0; i < pages && !found.keySet().containsAll(wanted) && (i == 0 || token.isPresent()); i++) {
            Optional<GetTablesResponse> page = page(database, token.orElse(null));
            if (page.isEmpty()) {
                return Optional.empty();
            }
            page.get().tableList().forEach(table -> found.put(table.name(), table));
            token = Optional.ofNullable(page.get().nextToken()).filter(text -> !text.isEmpty());
        }
        return Optional.of(found);
    }

    /** A page of a database's tables; empty if there is no such database. */
    private Optional<GetTablesResponse> page(String database, String token) {
        return retries.repeatable(call(database), () -> {
            try {
                return Optional.of(
                        glue.getTables(request -> request.databaseName(database).nextToken(token)));
            } catch (EntityNotFoundException e) {
                return Optional.empty();
            }
        });
    }

    private static GlueCall call(String database) {
        return GlueCall.onDatabase("GetTables", database);
    }

    /** The content of all pages of a listing. Glue may return empty pages before the last one. */
    static <P, T> List<T> all(
            GlueCall call, Function<String, P> page, Function<P, List<T>> content, Function<P, String> nextToken) {
        PageTokens tokens = new PageTokens(call);
        List<T> all = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            P answer = page.apply(token.orElse(null));
            all.addAll(content.apply(answer));
            token = tokens.next(nextToken.apply(answer));
        } while (token.isPresent());
        return all;
    }
}
