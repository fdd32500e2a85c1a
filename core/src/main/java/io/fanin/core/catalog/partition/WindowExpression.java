package io.fanin.core.catalog.partition;

import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.WindowStart;
import io.fanin.model.partition.WindowStart.Unit;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The expression by which Glue's GetPartitions selects the partitions from a time on: {@code dt >= '2026-11-18'}, or
 * {@code year >= '2026' AND (year > '2026' OR (month >= '11' AND (month > '11' OR day >= '18')))}.
 *
 * <p>Glue compares strings as text and numbers as numbers. It uses a partition index for {@code >=} in a conjunction,
 * but not for {@code OR} or {@code IN} (AWS Glue Developer Guide, partition indexes): hence the bound on the first key,
 * which is redundant to the rest.
 */
final class WindowExpression {

    /** The maximum length of an expression in Glue. */
    static final int MAX_LENGTH = 2048;

    private static final Pattern PLAIN_NAME = Pattern.compile("[a-z_][a-z0-9_]*");

    private WindowExpression() {}

    /**
     * The expression for a time; empty if the keys contain no time in a sortable form, or have names that would have to
     * be quoted.
     */
    static Optional<String> of(List<PartitionKey> keys, LocalDateTime from) {
        return WindowStart.of(keys, from)
                .filter(start -> keysOf(start).stream().allMatch(WindowExpression::hasPlainName))
                .map(WindowExpression::expression)
                .filter(expression -> expression.length() <= MAX_LENGTH);
    }

    static List<PartitionKey> keysOf(WindowStart start) {
        return switch (start) {
            case WindowStart.Moment moment -> List.of(moment.key());
            case WindowStart.Units units ->
                units.units().stream().map(Unit::key).toList();
        };
    }

    private static String expression(WindowStart start) {
        return switch (start) {
            case WindowStart.Moment moment -> compare(moment.key(), ">=", moment.value());
            case WindowStart.Units units -> fromOn(units.units());
        };
    }

    private static String fromOn(List<Unit> units) {
        Unit first = units.getFirst();
        String atLeast = compare(first.key(), ">=", first.value());
        if (units.size() == 1) {
            return atLeast;
        }
        String rest = fromOn(units.subList(1, units.size()));
        String restInOr = units.size() == 2 ? rest : "(" + rest + ")";
        return atLeast + " AND (" + compare(first.key(), ">", first.value()) + " OR " + restInOr + ")";
    }

    private static String compare(PartitionKey key, String operator, String value) {
        return key.canonicalName() + " " + operator + " " + literal(key.type(), value);
    }

    private static String literal(KeyType type, String value) {
        return switch (type) {
            case STRING, DATE, TIMESTAMP -> "'" + value.replace("'", "''") + "'";
            case TINYINT, SMALLINT, INT, BIGINT -> String.valueOf(Integer.parseInt(value));
        };
    }

    static boolean hasPlainName(PartitionKey key) {
        return PLAIN_NAME.matcher(key.canonicalName()).matches();
    }
}
