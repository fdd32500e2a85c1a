package io.fanin.model.spec.rules;

import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.SpecException.Problem;
import io.fanin.model.table.Column;
import io.fanin.model.text.LogSafe;
import io.fanin.model.text.SingleLine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** The problems of a spec in the order in which they are found, limited to a number that a person reads. */
final class Problems {

    /**
     * The maximum number of problems: a hostile spec could have one for each of its characters, each message naming all
     * others.
     */
    static final int MAX = 100;

    /** The maximum length of a path and of a message, in characters. */
    private static final int SHOWN = 1_000;

    private final List<Problem> all = new ArrayList<>();

    void add(String path, String message) {
        if (!areEnough()) {
            all.add(new Problem(LogSafe.beginning(path, SHOWN), LogSafe.beginning(message, SHOWN)));
        }
    }

    /** Whether the maximum number is reached. */
    boolean areEnough() {
        return all.size() >= MAX;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Throws the problems, if there are any. */
    void refuse() {
        if (!all.isEmpty()) {
            throw SpecException.of(all);
        }
    }

    /** Runs the attempt, and adds a problem if it throws an {@link IllegalArgumentException}. */
    void attempt(String path, Runnable attempt) {
        try {
            attempt.run();
        } catch (IllegalArgumentException e) {
            add(path, e.getMessage());
        }
    }

    void requireWithin(String path, int least, int most, Optional<Integer> number) {
        number.filter(value -> value < least || value > most)
                .ifPresent(value -> add(path, "expected " + least + " to " + most + ", found " + value));
    }

    /** Requires that names of columns, ignoring case, are different and, if the columns are known, among them. */
    void requireColumns(String path, List<String> names, Optional<List<Column>> columns) {
        Optional<Set<String>> known = columns.map(
                all -> all.stream().map(column -> lower(column.name())).collect(Collectors.toSet()));
        Set<String> seen = new HashSet<>();
        each(path, names, (own, name) -> {
            if (!seen.add(lower(name))) {
                addTwice(own, name);
            } else if (known.filter(all -> !all.contains(lower(name))).isPresent()) {
                add(own, "'" + name + "' is none of the columns");
            }
        });
    }

    void addTwice(String path, String name) {
        add(path, "'" + name + "' is there twice");
    }

    /** Requires that Glue takes a name or a type. */
    void requireSingleLine(String path, String text) {
        if (!SingleLine.isOne(text)) {
            add(path, "has a character that Glue does not take, such as a line end, found '" + text + "'");
        }
    }

    void addNoZone(String path, String zone) {
        add(path, "expected a time zone such as UTC or Europe/Berlin, found '" + zone + "'");
    }

    /** Calls the check with the JSON path of each element, until enough problems are known. */
    <T> void each(String path, List<T> elements, BiConsumer<String, T> check) {
        for (int i = 0; i < elements.size() && !areEnough(); i++) {
            check.accept(path + "[" + i + "]", elements.get(i));
        }
    }

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
