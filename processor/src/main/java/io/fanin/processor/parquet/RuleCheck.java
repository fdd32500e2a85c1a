package io.fanin.processor.parquet;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.core.spec.Expectation;
import io.fanin.records.objects.Defect;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.objects.Printable;
import io.fanin.records.objects.UnsoundObjectException;
import io.fanin.records.parquet.ParquetHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks the rules of one partition. Objects are copied to the function's disk one at a time, and only if a rule needs
 * their data.
 */
final class RuleCheck {

    private final ObjectSource source;
    private final FileQuestions database;
    private final List<Rule> rules;

    RuleCheck(ObjectSource source, FileQuestions database, List<Expectation> expectations, String keys) {
        this.source = source;
        this.database = database;
        this.rules = Rule.of(expectations, keys);
    }

    /** The rules that need the file's data; its footer proves the others. */
    List<Rule> undecided(Footers footers, ObjectSummary object, Path file) throws IOException {
        List<Rule> undecided = new ArrayList<>();
        for (Rule rule : rules) {
            if (!rule.isKept(footers, object, file)) {
                undecided.add(rule);
            }
        }
        return undecided;
    }

    /** Checks an object's data against these rules, if there are any. */
    void add(ObjectSummary object, List<Rule> undecided) throws IOException {
        if (undecided.isEmpty()) {
            return;
        }
        requireRoom(object);
        Path file = database.file();
        try {
            source.copy(object, file, database::checkDeadline);
            ParquetHeaders.check(object.key(), file);
            for (Rule rule : undecided) {
                rule.add(database, "object " + Printable.key(object.key()), object.key(), file);
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void requireRoom(ObjectSummary object) throws IOException {
        long room = database.room();
        if (object.size() > room) {
            throw new UnsoundObjectException(
                    Defect.NO_SPACE,
                    object.key(),
                    ("object %s has %d bytes, and the function's disk room for %d: raise the stack's parameter"
                                    + " ProcessorStorage, or write smaller objects")
                            .formatted(Printable.key(object.key()), object.size(), room));
        }
    }

    /**
     * Called after the last object.
     *
     * @throws UnsoundObjectException {@link Defect#EXPECTATION_FAILED} when rules are broken
     */
    void end(long rows) {
        Rule.requireKept(rules, rows);
    }
}
