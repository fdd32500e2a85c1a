package io.fanin.processor.parquet;

import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.core.text.LogSafe;
import io.fanin.processor.parquet.Footers.Footer;
import io.fanin.processor.validate.ObjectsCheck;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.parquet.ParquetHeaders;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks the Parquet objects of one partition in order; the ends of several are fetched ahead. */
final class ParquetObjects implements ObjectsCheck {

    private static final Logger LOG = LoggerFactory.getLogger(ParquetObjects.class);

    private static final int FETCHED_AT_A_TIME = 8;

    /** The maximum number of ends in memory. */
    private static final int AHEAD = 2 * FETCHED_AT_A_TIME;

    private final ObjectSource source;
    private final FileQuestions database;
    private final Footers footers;
    private final SchemaJudge schema;
    private final List<ColumnStatistics> statistics;
    private final RuleCheck rules;
    private final ExecutorService workers;
    private final Queue<Future<FooterTail>> tails = new ArrayDeque<>();
    private List<String> extraColumns = List.of();
    private long rows;

    /** Compares a file's columns with the table's. */
    interface SchemaJudge {
        /** The columns that the file has and the table lacks. */
        List<String> check(ObjectSummary object, ParquetField root);
    }

    ParquetObjects(
            ObjectSource source,
            FileQuestions database,
            SchemaJudge schema,
            List<ColumnStatistics> statistics,
            RuleCheck rules,
            Workers workers) {
        this.source = source;
        this.database = database;
        this.footers = new Footers(database);
        this.schema = schema;
        this.statistics = statistics;
        this.rules = rules;
        this.workers = workers.open(FETCHED_AT_A_TIME);
    }

    @Override
    public void add(ObjectSummary object, boolean gzip) throws IOException {
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
        rules.end(rows);
        Map<String, String> parameters = new TreeMap<>();
        statistics.forEach(column -> column.tell(parameters));
        return new Found(OptionalLong.of(rows), parameters);
    }

    private void look(FooterTail tail) throws IOException {
        ObjectSummary object = tail.object();
        Path file = database.file();
        List<Rule> undecided;
        try {
            tail.write(source, file);
            ParquetHeaders.checkFooter(object.key(), file);
            Footer footer = footers.read(object, file);
            List<String> extra = schema.check(object, footer.root());
            if (!extra.equals(extraColumns)) {
                extraColumns = extra;
                LOG.warn(
                        "{}: columns that the table has not: {}",
                        LogSafe.of(object.key()),
                        LogSafe.beginning(String.join(", ", extra), 200));
            }
            if (database.samples().areShown()) {
                for (ColumnStatistics column : statistics) {
                    column.add(footers, object, file);
                }
            }
            rows += footer.rows();
            undecided = rules.undecided(footers, object, file);
        } finally {
            Files.deleteIfExists(file);
        }
        rules.add(object, undecided);
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
