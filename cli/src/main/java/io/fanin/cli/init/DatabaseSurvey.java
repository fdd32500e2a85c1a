package io.fanin.cli.init;

import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.init.TableProposal.Verdict;
import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.CatalogUnavailableException;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.model.table.TableName;
import io.fanin.model.text.Counted;
import io.fanin.model.text.LogSafe;
import io.fanin.model.text.NamePatterns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Proposes specs for all tables of databases. The tables come from Glue's lists, so that none is requested by itself.
 *
 * @param files the folder of specs; empty if none are written
 * @param progress receives a line for each database
 */
public record DatabaseSurvey(
        GlueCatalog catalog, TableSurvey survey, Optional<SpecFiles> files, Consumer<String> progress) {

    /**
     * What was found.
     *
     * @param refusals why Glue does not list a database's tables, by its name
     * @param absent those of them that do not exist
     */
    public record Found(List<TableProposal> tables, Map<String, String> refusals, Set<String> absent) {

        /** Whether all tables that a database has are known. */
        public boolean knows(String database) {
            return !refusals.containsKey(database) || absent.contains(database);
        }
    }

    /**
     * The proposals for all tables of the databases that match, in the order of Glue. A database that Glue refuses to
     * list does not affect the others. With a folder each spec is written as soon as it is known, and a table that has
     * a file is left as it is.
     *
     * @throws IOException if a file cannot be written
     * @throws CatalogUnavailableException if Glue does not answer
     */
    public Found of(NamePatterns databases) throws IOException {
        List<TableProposal> proposals = new ArrayList<>();
        Map<String, String> refusals = new LinkedHashMap<>();
        Set<String> absent = new HashSet<>();
        Map<TableName, TableProposal> earlier = files.map(SpecFiles::reported).orElse(Map.of());
        List<String> names = names(databases);
        if (names.isEmpty()) {
            throw new CommandFailedException(
                    "there is no database " + LogSafe.of(String.join(", ", databases.names())));
        }
        for (String database : names) {
            for (CatalogTable table : tables(database, databases.areExact(), refusals, absent)) {
                proposals.add(proposal(table, earlier));
            }
        }
        return new Found(proposals, refusals, absent);
    }

    /** @param isTyped whether the database may not exist: Glue then answers that it has no tables */
    private List<CatalogTable> tables(
            String database, boolean isTyped, Map<String, String> refusals, Set<String> absent) {
        return CatalogException.unlessRefused(
                () -> {
                    List<CatalogTable> tables = catalog.tables(database);
                    if (isTyped && tables.isEmpty() && !catalog.databases().contains(database)) {
                        refusals.put(database, "there is no such database");
                        absent.add(database);
                        return tables;
                    }
                    progress.accept(LogSafe.name(database) + ": " + Counted.of(tables.size(), "table"));
                    return tables;
                },
                refusal -> {
                    refusals.put(database, refusal.getMessage());
                    return List.of();
                });
    }

    private List<String> names(NamePatterns databases) {
        return databases.areExact()
                ? databases.names()
                : catalog.databases().stream().filter(databases::match).toList();
    }

    private TableProposal proposal(CatalogTable table, Map<TableName, TableProposal> earlier) throws IOException {
        Optional<Verdict> place = files.flatMap(folder -> folder.place(table.name()));
        if (place.isPresent()) {
            TableProposal kept = earlier.getOrDefault(table.name(), TableProposal.unknown(table.name()))
                    .kept(place.get());
            return files.get().spec(table.name(), place.get()).map(kept::with).orElse(kept);
        }
        TableProposal proposal = surveyed(table);
        if (files.isPresent()) {
            files.get().write(proposal);
        }
        return proposal;
    }

    /** Whatever reading one table throws, the others are read. */
    private TableProposal surveyed(CatalogTable table) {
        try {
            return survey.of(table);
        } catch (RuntimeException e) {
            return TableProposal.unread(table.name(), e);
        }
    }
}
