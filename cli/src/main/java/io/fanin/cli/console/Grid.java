package io.fanin.cli.console;

import io.fanin.model.text.LogSafe;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows of text in aligned columns. */
public final class Grid {

    private final List<List<String>> rows = new ArrayList<>();
    private final boolean hasHeader;

    private Grid(boolean hasHeader) {
        this.hasHeader = hasHeader;
    }

    /** A grid with a line of titles above the rows. */
    public static Grid titled(List<String> titles) {
        return new Grid(true).row(titles);
    }

    public static Grid untitled() {
        return new Grid(false);
    }

    public Grid row(String... cells) {
        return row(List.of(cells));
    }

    /** Adds a row; control characters are replaced. */
    public Grid row(List<String> cells) {
        rows.add(cells.stream().map(LogSafe::of).toList());
        return this;
    }

    /** The lines, without spaces at their ends. */
    public List<String> lines() {
        int[] widths = widths();
        List<String> lines =
                new ArrayList<>(rows.stream().map(row -> line(row, widths)).toList());
        if (hasHeader) {
            lines.add(1, IntStream.of(widths).mapToObj("-"::repeat).collect(Collectors.joining("  ")));
        }
        return lines;
    }

    private int[] widths() {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        return IntStream.range(0, columns)
                .map(column -> rows.stream()
                        .filter(row -> column < row.size())
                        .mapToInt(row -> width(row.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
    }

    private static String line(List<String> row, int[] widths) {
        Stream<String> padded = IntStream.range(0, row.size())
                .mapToObj(column -> row.get(column) + " ".repeat(widths[column] - width(row.get(column))));
        return padded.collect(Collectors.joining("  ")).stripTrailing();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
