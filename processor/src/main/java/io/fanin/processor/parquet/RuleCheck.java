package io.fanin.processor.parquet;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.table.Column;
import io.fanin.records.objects.ObjectDefectException;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.objects.Printable;
import io.fanin.records.parquet.ParquetFooter;
import io.fanin.records.parquet.ParquetHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Checks the rules of one partition. Objects are copied to the function's disk one at a time, and only if a rule needs
 * their data.
 *
 * @param columns of the table
 */
record RuleCheck(ObjectSource source, FileDatabase database, List<Column> columns, List<Rule> rules) {

    /** Checks an object's rows; its footer alone may prove that they satisfy a rule. */
    void add(ObjectSummary object, ParquetFooter footer) throws IOException {
        List<Rule> undecided =
                rules.stream().filter(rule -> !rule.isKept(footer.metadata())).toList();
        if (undecided.isEmpty()) {
            return;
        }
        requireRoom(object);
        Path file = database.file();
        try {
            source.copy(object, file, database::checkDeadline);
            ParquetHeaders.prepare(object.key(), file, database::checkDeadline);
            TableRows rows = TableRows.ofForeign(file, columns, footer.root());
            database.ask(queries -> {
                undecided.forEach(rule -> rule.add(queries, "object " + Printable.key(object.key()), rows));
                return undecided;
            });
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void requireRoom(ObjectSummary object) throws IOException {
        long room = database.room();
        if (object.size() > room) {
            throw ObjectDefectException.ofObject(
                    object.key(),
                    FailureCode.NO_SPACE,
                    (" has %d bytes, and the function's disk room for %d: raise the stack's parameter ProcessorStorage,"
                                    + " or write smaller objects")
                            .formatted(object.size(), room));
        }
    }
}
