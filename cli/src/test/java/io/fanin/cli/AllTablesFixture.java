package io.fanin.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.alltables.AllTablesFolder;
import io.fanin.core.alltables.AllTablesReport;
import io.fanin.core.alltables.Selection;
import io.fanin.core.alltables.TableItem;
import io.fanin.core.alltables.TableOutcome;
import io.fanin.core.alltables.TableResult;
import io.fanin.core.answer.ExecutionError;
import io.fanin.model.json.Json;
import io.fanin.model.run.RunId;
import io.fanin.model.table.TableName;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Runs of all tables with their executions and documents. */
final class AllTablesFixture {

    final CliFixture cli = new CliFixture();

    /** Puts a run that is held, since tables are partial. */
    void parent(String name) {
        cli.stepFunctions.put(
                FakeStepFunctions.failed(name, ExecutionError.TABLES_PARTIAL.className(), Map.of()).toBuilder()
                        .executionArn(parentArn(name))
                        .stateMachineArn(FakeStepFunctions.MACHINE + "-all")
                        .redriveStatus("REDRIVABLE")
                        .build());
    }

    static String parentArn(String name) {
        return FakeStepFunctions.MACHINE.replace("stateMachine", "execution") + "-all:" + name;
    }

    static TableItem item(String parent, String table, int index) {
        ObjectNode input = Json.input().createObjectNode().put("spec", "s3://lake/specs/" + table + ".json");
        return TableItem.of(index, new TableName("analytics", table), FakeStepFunctions.MACHINE, parent, input);
    }

    /** Writes the functions' documents of a run of these tables, which are in the order of their names. */
    void report(String run, Map<String, TableOutcome> outcomes) {
        report(
                run,
                outcomes,
                result -> result.outcome() == TableOutcome.PARTIAL
                        ? result.failedWith(ExecutionError.TABLE_PARTIAL.className(), "held")
                        : result);
    }

    /** Writes the functions' documents of a run with errors in its results. */
    void report(String run, Map<String, TableOutcome> outcomes, UnaryOperator<TableResult> errors) {
        List<String> tables = outcomes.keySet().stream().sorted().toList();
        List<TableItem> items = Stream.iterate(0, i -> i + 1)
                .limit(tables.size())
                .map(i -> item(run, tables.get(i), i))
                .toList();
        AllTablesFolder folder = new AllTablesFolder(cli.store, new RunId(run));
        folder.begin(() -> new Selection(Selection.VERSION, items, List.of(), List.of(), true));
        folder.write(AllTablesReport.of(
                new RunId(run),
                parentArn(run),
                items.stream()
                        .map(item -> errors.apply(
                                TableResult.of(item, outcomes.get(item.table().table()))))
                        .toList(),
                List.of()));
    }
}
