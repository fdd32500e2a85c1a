package io.fanin.cli.query;

import io.fanin.cli.console.Grid;
import io.fanin.cli.console.TerminalLine;
import io.fanin.model.json.Json;
import io.fanin.model.text.Counted;
import io.fanin.records.tables.ResultColumn;
import io.fanin.records.tables.ResultSink;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The formats in which the rows of a query are printed. */
public sealed interface ResultPrinter extends ResultSink {

    /** Called after the last row. */
    void end();

    /** An aligned table of the first rows, and the number of rows. */
    final class Text implements ResultPrinter {

        private static final int SHOWN_ROWS = 100;

        private final PrintWriter out;
        private final List<List<String>> shown = new ArrayList<>();
        private List<String> titles = List.of();
        private long rows;

        public Text(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void columns(List<ResultColumn> columns) {
            titles = columns.stream().map(ResultColumn::name).toList();
        }

        @Override
        public void row(List<Object> values) {
            rows++;
            if (shown.size() < SHOWN_ROWS) {
                shown.add(values.stream()
                        .map(value -> value == null ? "NULL" : ValueText.onOneLine(value))
                        .toList());
            }
        }

        @Override
        public void end() {
            Grid grid = Grid.titled(titles);
            shown.forEach(grid::row);
            grid.lines().forEach(line -> out.println(TerminalLine.of(line)));
            String more = rows > SHOWN_ROWS ? ", of which " + SHOWN_ROWS + " are shown: --csv prints them all" : "";
            out.println(Counted.of(rows, "row") + more);
            out.flush();
        }
    }

    /**
     * Comma-separated values after a line of names.
     *
     * @param out receives the lines as they come
     * @param shown prepares a record for output: unchanged for a program, without control characters for a terminal
     */
    record Csv(PrintWriter out, UnaryOperator<String> shown) implements ResultPrinter {

        @Override
        public void columns(List<ResultColumn> columns) {
            line(columns.stream().map(ResultColumn::name).toList());
        }

        @Override
        public void row(List<Object> values) {
            line(values);
        }

        private void line(List<?> values) {
            out.println(shown.apply(values.stream().map(ValueText::csv).collect(Collectors.joining(","))));
        }

        @Override
        public void end() {
            out.flush();
        }
    }

    /** One JSON document with the columns' names and types, and the rows as arrays. */
    final class AsJson implements ResultPrinter {

        private final PrintWriter out;
        private String separator = "";

        public AsJson(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void columns(List<ResultColumn> columns) {
            out.print("{\"columns\":" + TerminalLine.json(Json.text(columns)) + ",\"rows\":[");
        }

        @Override
        public void row(List<Object> values) {
            out.print(separator + TerminalLine.json(Json.text(values)));
            separator = ",\n";
        }

        @Override
        public void end() {
            out.println("]}");
            out.flush();
        }
    }
}
