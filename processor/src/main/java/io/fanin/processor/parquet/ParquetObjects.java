package io.fanin.processor.parquet;

import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.processor.validate.ObjectsCheck;
import io.fanin.records.compression.Compression;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.parquet.ParquetFooter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;

/** Checks the Parquet objects of one partition in order; the ends of several are fetched ahead. */
final class ParquetObjects implements ObjectsCheck {

    private static final int FETCHED_AT_A_TIME = 8;

    /** The maximum number of objects' ends in memory. */
    private static final int AHEAD = 2 * FETCHED_AT_A_TIME;

    private final ObjectSource source;
    private final FileDatabase database;
    private final BiConsumer<ObjectSummary, ParquetFooter> schema;
    private final List<ColumnStatistics> statistics;
    private final RuleCheck rules;
    private final ExecutorService workers;
    private final Queue<Future<FooterTail>> tails = new ArrayDeque<>();
    private long rows;

    /** @param schema compares a file's columns with the table's */
    ParquetObjects(
            ObjectSource source,
            FileDatabase database,
            BiConsumer<ObjectSummary, ParquetFooter> schema,
            List<ColumnStatistics> statistics,
            RuleCheck rules,
            Workers workers) {
        this.source = source;
        this.database = database;
        this.schema = schema;
        this.statistics = statistics;
        this.rules = rules;
        this.workers = workers.open(FETCHED_AT_A_TIME);
    }

    @Override
    public void add(ObjectSummary object, Compression named) throws IOException {
        tails.add(workers.submit(() -> FooterTail.read(source, object)));
        if (tails.size() == AHEAD) {
            look(Workers.await(tails.remove()));
        }
    }

    @Override
    public Found end() throws IOException {
        while (!tails.isEmpty()) {
            look(Workers.await(tails.remove()));
        }
        Rule.requireKept(rules.rules(), rows);
        Map<String, String> parameters = new TreeMap<>();
        statistics.forEach(column -> column.addTo(parameters));
        return new Found(OptionalLong.of(rows), parameters);
    }

    private void look(FooterTail tail) throws IOException {
        ObjectSummary object = tail.object();
        database.checkDeadline();
        byte[] bytes = tail.footer(source);
        ParquetFooter footer = ParquetFooter.parse(object.key(), bytes);
        if (footer.metadata().getNum_rows() < 0) {
            throw FooterTail.bad(object, "has a footer without a number of rows");
        }
        schema.accept(object, footer);
        footer.requireAgreement(object.key(), object.size(), bytes.length, tail.ranges(source));
        if (!statistics.isEmpty()) {
            addToStatistics(tail, bytes);
        }
        rows = ObjectsCheck.sum(object, rows, footer.metadata().getNum_rows());
        rules.add(object, footer);
    }

    private void addToStatistics(FooterTail tail, byte[] footer) throws IOException {
        Path file = database.file();
        try {
            tail.write(footer, file);
            database.ask(queries -> {
                if (queries.database().samples().areShown()) {
                    statistics.forEach(column -> column.add(queries, tail.object(), file));
                }
                return statistics;
            });
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
