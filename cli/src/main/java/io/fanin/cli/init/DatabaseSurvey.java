package io.fanin.cli.init;

import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.init.TableProposal.Verdict;
import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.model.table.TableName;
import io.fanin.model.text.Counted;
import io.fanin.model.text.LogSafe;
import io.fanin.model.text.NamePatterns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
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
     * The result of a survey.
     *
     * @param refusals the reason why Glue does not list a database's tables, by the database's name
     * @param absent those of them that do not exist
     * @param left the databases that have not been read completely
     */
    public record Found(
            List<TableProposal> tables, Map<String, String> refusals, Set<String> absent, Set<String> left) {

        public Found {
            tables = List.copyOf(tables);
            refusals = Collections.unmodifiableMap(new LinkedHashMap<>(refusals));
            absent = Set.copyOf(absent);
            left = Set.copyOf(left);
        }

        /** Whether all tables of a database are known. */
        public boolean knows(String database) {
            return !left.contains(database) && (!refusals.containsKey(database) || absent.contains(database));
        }
    }

    /** Keeps the result so far, in case the survey is interrupted. */
    @FunctionalInterface
    public interface Keeping {
        void keep(Found found) throws IOException;
    }

    /**
     * The proposals for all tables of the databases that match, in the order of Glue. A database that Glue refuses to
     * list, or does not answer for, does not affect the others. If there is a folder, each spec is written as soon as
     * it is known, and a table that has a file keeps it.
     *
     * @param keeping is called after each database, also after one in which an exception ends the survey
     * @throws IOException if a file cannot be written
     * @throws CatalogException if Glue does not list the databases
     */
    public Found of(NamePatterns databases, Keeping keeping) throws IOException {
        List<TableProposal> proposals = new ArrayList<>();
        Map<String, String> refusals = new LinkedHashMap<>();
        Set<String> absent = new HashSet<>();
        Map<TableName, TableProposal> earlier = files.map(SpecFiles::reported).orElse(Map.of());
        List<String> names = names(databases);
        if (names.isEmpty()) {
            throw new CommandFailedException(
                    "there is no database " + LogSafe.of(String.join(", ", databases.names())));
        }
        Set<String> left = new HashSet<>(names);
        for (String database : names) {
            try {
                for (CatalogTable table : tables(database, databases.areExact(), refusals, absent)) {
                    proposals.add(proposal(table, earlier));
                }
                left.remove(database);
            } finally {
                keeping.keep(new Found(proposals, refusals, absent, left));
            }
        }
        return new Found(proposals, refusals, absent, left);
    }

    /**
     * @param isTyped whether the name was typed in full, so that the database may not exist: Glue answers that such a
     *     database has no tables
     */
    private List<CatalogTable> tables(
            String database, boolean isTyped, Map<String, String> refusals, Set<String> absent) {
        try {
            List<CatalogTable> tables = catalog.tables(database);
            if (isTyped && tables.isEmpty() && !catalog.databases().contains(database)) {
                refusals.put(database, "there is no such database");
                absent.add(database);
                return tables;
            }
            progress.accept(LogSafe.name(database) + ": " + Counted.of(tables.size(), "table"));
            return tables;
        } catch (CatalogException e) {
            refusals.put(database, e.getMessage());
            return List.of();
        }
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

    /** The proposal for one table. An exception becomes part of it, so that the other tables are still read. */
    private TableProposal surveyed(CatalogTable table) {
        try {
            return survey.of(table);
        } catch (RuntimeException e) {
            return TableProposal.unread(table.name(), e);
        }
    }
}
