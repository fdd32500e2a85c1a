package io.fanin.cli.web;

import io.fanin.cli.execution.Executions;
import io.fanin.model.names.StateKeys;
import io.fanin.model.run.RunId;
import io.fanin.model.table.TableName;
import java.util.Optional;
import java.util.function.Function;

/** The paths of the console: the keys of the state bucket, so that the links of pages work in both. */
final class ConsoleUrls {

    static final String TABLES = path(StateKeys.TABLES_PAGE);

    private ConsoleUrls() {}

    static String of(TableName table) {
        return path(StateKeys.table(table).folder());
    }

    static String of(RunId run) {
        return path(StateKeys.run(run).folder());
    }

    static String page(TableName table) {
        return path(StateKeys.table(table).page());
    }

    static String page(RunId run) {
        return path(StateKeys.run(run).page());
    }

    static String report(RunId run) {
        return path(StateKeys.run(run).report());
    }

    /** The page of an execution's run. */
    static String pageOfExecution(String arn) {
        return page(new RunId(Executions.name(arn)));
    }

    /** The table whose folder this path is, with or without its final slash, or in whose folder it lies. */
    static Optional<TableName> table(String path) {
        return inFolder(path, StateKeys::findTable);
    }

    /** The run whose folder this path is, with or without its final slash, or in whose folder it lies. */
    static Optional<RunId> run(String path) {
        return inFolder(path, StateKeys::findRun);
    }

    /** The name of a path within a folder; empty for the folder itself, with or without its slash. */
    static String name(String path, String folder) {
        return path.length() <= folder.length() ? "" : path.substring(folder.length());
    }

    private static <T> Optional<T> inFolder(String path, Function<String, Optional<T>> owner) {
        String key = path.substring(1);
        return owner.apply(key.substring(0, key.lastIndexOf('/') + 1)).or(() -> owner.apply(key + "/"));
    }

    private static String path(String key) {
        return "/" + key;
    }
}
