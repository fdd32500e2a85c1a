package io.fanin.model.spec.rules;

import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.processor.Expectation;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.table.DataFormat;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The rules for the processor {@code validate}, and for the expectations of any processor. */
record ValidateRules(TableSpec spec, Problems problems) {

    private static final int MAX_NAME = 100;

    static void check(TableSpec spec, ProcessorSpec.Validate validate, Problems problems) {
        ValidateRules rules = new ValidateRules(spec, problems);
        validate.schema().ifPresent(schema -> rules.requireSchemas("$.processor.schema"));
        validate.types().ifPresent(types -> rules.requireText("$.processor.types"));
        validate.statistics().ifPresent(names -> {
            rules.requireParquet("$.processor.statistics");
            rules.checkNames("$.processor.statistics", names);
        });
        rules.checkExpectations(validate.expectOrNone());
        rules.requireCounts(validate.expectOrNone());
    }

    void checkExpectations(List<Expectation> expectations) {
        Set<String> names = new HashSet<>();
        problems.each("$.processor.expect", expectations, (path, expectation) -> {
            String name = expectation.name();
            if (name.isBlank() || name.length() > MAX_NAME) {
                problems.add(path + ".name", "expected 1 to " + MAX_NAME + " characters, found " + name.length());
            } else if (!names.add(name)) {
                problems.addTwice(path + ".name", name);
            }
            checkKind(path, expectation);
        });
    }

    private void checkKind(String path, Expectation expectation) {
        long kinds = Stream.of(expectation.rows(), expectation.notNull(), expectation.sql())
                .filter(Optional::isPresent)
                .count();
        if (kinds != 1) {
            problems.add(
                    path, "expected one of rows, notNull and sql, found " + (kinds == 0 ? "none" : kinds + " of them"));
        }
        expectation
                .rows()
                .filter(rows -> rows.atLeast() < 1)
                .ifPresent(rows -> problems.add(path + ".rows.atLeast", "expected 1 or more, found " + rows.atLeast()));
        expectation.notNull().ifPresent(names -> checkNames(path + ".notNull", names));
        expectation.sql().flatMap(Predicates::problem).ifPresent(problem -> problems.add(path + ".sql", problem));
    }

    private void requireParquet(String path) {
        spec.format()
                .filter(format -> format != DataFormat.PARQUET)
                .ifPresent(format ->
                        problems.add(path, "is only for the format parquet, the table's is " + format.label()));
    }

    private void requireSchemas(String path) {
        spec.format()
                .filter(format -> format != DataFormat.PARQUET && format != DataFormat.AVRO)
                .ifPresent(format -> problems.add(
                        path, "is only for the formats parquet and avro, the table's is " + format.label()));
    }

    private void requireText(String path) {
        spec.format()
                .filter(format -> format == DataFormat.PARQUET || format == DataFormat.AVRO)
                .ifPresent(format -> problems.add(
                        path,
                        "is only for the formats json and csv, the table's is " + format.label()
                                + "; see processor.schema"));
    }

    /** The values of Avro are not read. */
    private void requireCounts(List<Expectation> expectations) {
        if (spec.format().filter(DataFormat.AVRO::equals).isPresent()) {
            problems.each("$.processor.expect", expectations, (path, expectation) -> {
                if (expectation.rows().isEmpty()) {
                    problems.add(path, "expected rows: values of the format avro are not read");
                }
            });
        }
    }

    private void checkNames(String path, List<String> names) {
        if (names.isEmpty()) {
            problems.add(path, "names no columns");
        }
        problems.requireColumns(path, names, spec.columns());
    }
}
