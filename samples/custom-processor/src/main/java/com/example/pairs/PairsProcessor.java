package com.example.pairs;

import io.fanin.processor.api.PartitionContext;
import io.fanin.processor.api.PartitionFailedException;
import io.fanin.processor.api.PartitionObject;
import io.fanin.processor.api.PartitionOutcome;
import io.fanin.processor.api.PartitionProcessor;
import io.fanin.processor.api.TableColumn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes lines of pairs, {@code carrier=UA delay=3}, as JSON lines with the table's columns; all values are texts. */
public final class PairsProcessor implements PartitionProcessor {

    private static final String TARGET = "part-0.json";

    @Override
    public String name() {
        return "pairs";
    }

    @Override
    public PartitionOutcome process(PartitionContext partition) throws IOException, PartitionFailedException {
        Path file = partition.scratch().resolve(TARGET);
        long rows = 0;
        try (Writer out = Files.newBufferedWriter(file)) {
            for (PartitionObject object : partition.source()) {
                if (!partition.remaining().isPositive()) {
                    throw new PartitionFailedException(
                            "DeadlineExceeded", rows + " rows were written when time was over");
                }
                rows += write(object, partition.columns(), out);
            }
        }
        partition.target().put(TARGET, file);
        return PartitionOutcome.ofRows(rows);
    }

    private static long write(PartitionObject object, List<TableColumn> columns, Writer out)
            throws IOException, PartitionFailedException {
        long number = 0;
        // A decoder, unlike a charset, replaces no malformed bytes: they fail the partition.
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(object.open(), StandardCharsets.UTF_8.newDecoder()))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                Map<String, String> pairs = pairs(line, object.name() + ", line " + number);
                out.write(columns.stream()
                        .filter(column -> pairs.containsKey(column.name()))
                        .map(column -> quoted(column.name()) + ":" + quoted(pairs.get(column.name())))
                        .collect(Collectors.joining(",", "{", "}\n")));
            }
        }
        return number;
    }

    private static Map<String, String> pairs(String line, String where) throws PartitionFailedException {
        Map<String, String> pairs = new HashMap<>();
        for (String pair : line.strip().split("\\s+", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new PartitionFailedException(
                        "BadRecord", where + ": expected pairs such as carrier=UA, found '" + pair + "'");
            }
            pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return pairs;
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char one : text.toCharArray()) {
            switch (one) {
                case '"', '\\' -> json.append('\\').append(one);
                default -> json.append(one < ' ' ? "\\u%04x".formatted((int) one) : one);
            }
        }
        return json.append('"').toString();
    }
}
