package io.fanin.cli.web;

import io.fanin.cli.execution.Executions;
import io.fanin.core.run.RunId;
import io.fanin.core.table.TableName;
import java.util.Optional;

/** The paths of pages: the same as in the state bucket, so that their links work in both. */
final class Places {

    static final String TABLES = "/tables/index.html";

    private Places() {}

    static String of(TableName table) {
        return "/tables/" + table.database() + "/" + table.table() + "/";
    }

    static String of(RunId run) {
        return "/runs/" + run + "/";
    }

    static String page(TableName table) {
        return of(table) + "index.html";
    }

    static String page(RunId run) {
        return of(run) + "report.html";
    }

    /** The page of an execution's run. */
    static String pageOfExecution(String arn) {
        return page(new RunId(Executions.name(arn)));
    }

    /** Empty where the text is not a run's id. */
    static Optional<RunId> run(String text) {
        return Optional.of(text)
                .filter(id -> !id.isEmpty())
                .map(RunId::new)
                .filter(id -> id.value().equals(text));
    }
}
