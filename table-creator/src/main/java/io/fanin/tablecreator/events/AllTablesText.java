package io.fanin.tablecreator.events;

import io.fanin.core.alltables.AllTablesReport;
import io.fanin.core.alltables.TableOutcome;
import io.fanin.core.alltables.TableResult;
import io.fanin.model.run.Failure;
import io.fanin.model.text.Counted;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Summarises a run of all tables in sentences on one line, bounded in length. */
public final class AllTablesText {

    private static final int SAMPLE = 10;

    private AllTablesText() {}

    /** The number of tables of each outcome, and the names of those that are not complete. */
    public static String state(AllTablesReport report) {
        List<TableResult> unfinished = report.unfinished();
        String totals = report.totals().entrySet().stream()
                .filter(total -> total.getValue() > 0)
                .map(total -> total.getValue() + " " + words(total.getKey()))
                .collect(Collectors.joining(", "));
        String sum = Counted.of(report.results().size(), "table") + ": " + totals;
        return unfinished.isEmpty() ? sum + "." : sum + ": " + named(unfinished) + ".";
    }

    private static String named(List<TableResult> unfinished) {
        int more = unfinished.size() - SAMPLE;
        return unfinished.stream()
                .limit(SAMPLE)
                .map(result -> result.table() + " (" + words(result.outcome())
                        + result.error()
                                .map(error -> ", " + Failure.shortError(error))
                                .orElse("")
                        + result.execution().map(name -> ", execution " + name).orElse("") + ")")
                .collect(Collectors.joining("; ", "", more > 0 ? "; and " + more + " more" : ""));
    }

    private static String words(TableOutcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
