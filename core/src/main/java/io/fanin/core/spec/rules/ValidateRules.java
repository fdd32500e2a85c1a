package io.fanin.core.spec.rules;

import io.fanin.core.spec.Expectation;
import io.fanin.core.spec.ProcessorSpec;
import io.fanin.core.spec.SpecException.Problem;
import io.fanin.core.spec.TableSpec;
import io.fanin.core.table.Column;
import io.fanin.core.table.DataFormat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The combinations that the processor {@code validate}, and expectations of any processor, may not have. */
final class ValidateRules {

    private static final int MAX_NAME = 100;

    private final TableSpec spec;
    private final List<Problem> problems = new ArrayList<>();

    private ValidateRules(TableSpec spec) {
        this.spec = spec;
    }

    static List<Problem> problems(TableSpec spec, ProcessorSpec.Validate validate) {
        ValidateRules rules = new ValidateRules(spec);
        validate.schema().ifPresent(schema -> rules.requireParquet("$.processor.schema"));
        validate.statistics().ifPresent(names -> {
            rules.requireParquet("$.processor.statistics");
            rules.checkNames("$.processor.statistics", names);
        });
        rules.checkExpectations(validate.expectOrNone());
        return rules.problems;
    }

    /** Of expectations alone, of any processor. */
    static List<Problem> problems(TableSpec spec, List<Expectation> expectations) {
        ValidateRules rules = new ValidateRules(spec);
        rules.checkExpectations(expectations);
        return rules.problems;
    }

    private void checkExpectations(List<Expectation> expectations) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < expectations.size(); i++) {
            String path = "$.processor.expect[" + i + "]";
            Expectation expectation = expectations.get(i);
            String name = expectation.name();
            if (name.isBlank() || name.length() > MAX_NAME) {
                report(path + ".name", "expected 1 to " + MAX_NAME + " characters, found " + name.length());
            } else if (!names.add(name)) {
                report(path + ".name", "'" + name + "' is there twice");
            }
            checkKind(path, expectation);
        }
    }

    private void checkKind(String path, Expectation expectation) {
        long kinds = List.of(expectation.rows(), expectation.notNull(), expectation.sql()).stream()
                .filter(kind -> kind.isPresent())
                .count();
        if (kinds != 1) {
            report(path, "expected one of rows, notNull and sql, found " + (kinds == 0 ? "none" : kinds + " of them"));
        }
        expectation
                .rows()
                .filter(rows -> rows.atLeast() < 1)
                .ifPresent(rows -> report(path + ".rows.atLeast", "expected 1 or more, found " + rows.atLeast()));
        expectation.notNull().ifPresent(names -> checkNames(path + ".notNull", names));
        expectation.sql().flatMap(Predicates::problem).ifPresent(problem -> report(path + ".sql", problem));
    }

    private void requireParquet(String path) {
        spec.format()
                .filter(format -> format != DataFormat.PARQUET)
                .ifPresent(format -> report(path, "is only for the format parquet, the table's is " + format.label()));
    }

    private void checkNames(String path, List<String> names) {
        if (names.isEmpty()) {
            report(path, "names no columns");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                report(path + "[" + i + "]", "'" + name + "' is there twice");
            } else if (spec.columns().isPresent() && !isColumn(name)) {
                report(path + "[" + i + "]", "'" + name + "' is none of the columns");
            }
        }
    }

    private boolean isColumn(String name) {
        return spec.columns().orElse(List.of()).stream().map(Column::name).anyMatch(name::equalsIgnoreCase);
    }

    private void report(String path, String message) {
        problems.add(new Problem(path, message));
    }
}
