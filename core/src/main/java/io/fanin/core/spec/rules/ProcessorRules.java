package io.fanin.core.spec.rules;

import io.fanin.core.partition.KeyMapping;
import io.fanin.core.partition.PartitionKey;
import io.fanin.core.spec.OnBadRecord;
import io.fanin.core.spec.ProcessorSpec;
import io.fanin.core.spec.RawRecords;
import io.fanin.core.spec.SourceSpec;
import io.fanin.core.spec.SpecException.Problem;
import io.fanin.core.spec.TableSpec;
import io.fanin.core.table.Column;
import io.fanin.core.table.DataFormat;
import io.fanin.core.table.S3Location;
import io.fanin.core.table.TableName;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The combinations that a spec's processor and source may not have, by themselves and with the rest of the spec. */
final class ProcessorRules {

    /** Larger files cannot be read side by side by those who query them. */
    private static final int MAX_FILE_SIZE_MB = 4096;

    private final TableSpec spec;
    private final List<Problem> problems = new ArrayList<>();

    private ProcessorRules(TableSpec spec) {
        this.spec = spec;
    }

    static List<Problem> problems(TableSpec spec) {
        ProcessorRules rules = new ProcessorRules(spec);
        switch (spec.processorOrDefault()) {
            case ProcessorSpec.Validate validate -> rules.checkValidate(validate);
            case ProcessorSpec.Convert convert -> rules.checkConvert(convert);
            case ProcessorSpec.Sql sql -> rules.checkSql(sql);
            case ProcessorSpec.Custom custom -> rules.checkCustom(custom);
            case ProcessorSpec.GlueJob job -> rules.problems.addAll(GlueJobRules.problems(spec, job));
        }
        spec.source().ifPresent(rules::checkSource);
        spec.takesOver().ifPresent(rules::checkTakesOver);
        return rules.problems;
    }

    /** The same of a resolved spec, of which it is known what the table has. */
    static List<Problem> resolvedProblems(TableSpec spec) {
        List<Problem> problems = new ArrayList<>(problems(spec));
        if (spec.processorOrDefault() instanceof RawRecords) {
            problems.addAll(
                    ColumnRules.unconvertible("$.columns", spec.columns().orElseThrow()));
            spec.source()
                    .flatMap(SourceSpec::columns)
                    .ifPresent(own -> problems.addAll(ColumnRules.unconvertible("$.source.columns", own)));
        }
        return problems;
    }

    private void checkValidate(ProcessorSpec.Validate validate) {
        spec.source()
                .ifPresent(
                        source -> report(
                                "$.source",
                                "is only for the processors convert, sql, custom and glue-job: validate takes the table's objects as they are"));
        problems.addAll(ValidateRules.problems(spec, validate));
    }

    private void checkTakesOver(TableName other) {
        if (!spec.processorOrDefault().makesPartitions()) {
            report(
                    "$.takesOver",
                    "is only for tables whose partitions are made: validate shares a folder with any table");
        } else if (other.equals(spec.tableName())) {
            report("$.takesOver", "is the table itself, whose folder is its own");
        }
    }

    private void checkCustom(ProcessorSpec.Custom custom) {
        if (spec.source().isEmpty()) {
            report(
                    "$.source",
                    "is missing: it says where the data lies that the processor '" + custom.name() + "' reads");
        }
        if (custom.name().isBlank()) {
            report("$.processor.name", "is empty");
        }
    }

    private void checkConvert(ProcessorSpec.Convert convert) {
        checkWriter("convert");
        checkRecords(convert, spec.columns());
        problems.addAll(ValidateRules.problems(spec, convert.expectOrNone()));
        checkFileSize(convert);
    }

    private void checkSql(ProcessorSpec.Sql sql) {
        checkWriter("sql");
        problems.addAll(SqlRules.problems(sql));
        problems.addAll(ValidateRules.problems(spec, sql.expectOrNone()));
        Optional<List<Column>> columns =
                spec.source().flatMap(SourceSpec::columns).or(spec::columns);
        columns.filter(own -> spec.source().flatMap(SourceSpec::columns).isPresent())
                .ifPresent(own -> problems.addAll(ColumnRules.problems("$.source.columns", own)));
        if (spec.source()
                .filter(source -> source.formatOrDefault() == DataFormat.PARQUET)
                .isPresent()) {
            SqlRules.fieldsForText(sql)
                    .forEach(field -> report(
                            "$.processor." + field,
                            "is only for raw records in json or csv, the source's are parquet"));
        } else {
            checkRecords(sql, columns);
        }
        checkFileSize(sql);
    }

    /** Of a processor that makes Parquet of raw data. */
    private void checkWriter(String name) {
        if (spec.source().isEmpty()) {
            report("$.source", "is missing: it says where the data lies that " + name + " reads");
        }
        spec.format()
                .filter(format -> format != DataFormat.PARQUET)
                .ifPresent(format -> report(
                        "$.format", "expected parquet, which is what " + name + " writes, found " + format.label()));
    }

    private void checkRecords(RawRecords rules, Optional<List<Column>> columns) {
        if (rules.onBadRecordOrDefault() == OnBadRecord.FAIL
                && rules.maxBadRecords().isPresent()) {
            report("$.processor.maxBadRecords", "cannot be combined with onBadRecord fail, which allows none");
        }
        checkRequired(rules.requiredOrDefault(), columns);
        rules.timezone()
                .filter(zone -> !ZoneId.getAvailableZoneIds().contains(zone))
                .ifPresent(zone -> report(
                        "$.processor.timezone",
                        "expected a time zone such as UTC or Europe/Berlin, found '" + zone + "'"));
    }

    private void checkFileSize(RawRecords rules) {
        rules.targetFileSizeMb()
                .filter(size -> size < 1 || size > MAX_FILE_SIZE_MB)
                .ifPresent(size -> report(
                        "$.processor.targetFileSizeMb", "expected 1 to " + MAX_FILE_SIZE_MB + ", found " + size));
    }

    private void checkRequired(List<String> required, Optional<List<Column>> columns) {
        Set<String> known = columns.orElse(List.of()).stream()
                .map(column -> column.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < required.size(); i++) {
            String path = "$.processor.required[" + i + "]";
            String name = required.get(i).toLowerCase(Locale.ROOT);
            if (!seen.add(name)) {
                report(path, "'" + required.get(i) + "' is there twice");
            } else if (columns.isPresent() && !known.contains(name)) {
                report(path, "'" + required.get(i) + "' is none of the columns");
            }
        }
    }

    private void checkSource(SourceSpec source) {
        spec.location().ifPresent(location -> checkApart(source.location(), location));
        boolean readsParquet = switch (spec.processorOrDefault()) {
            case ProcessorSpec.Sql sql -> true;
            case ProcessorSpec.Custom custom -> true;
            case ProcessorSpec.GlueJob job -> true;
            case ProcessorSpec.Validate validate -> false;
            case ProcessorSpec.Convert convert -> false;
        };
        if (source.formatOrDefault() == DataFormat.PARQUET && !readsParquet) {
            report(
                    "$.source.format",
                    "expected json or csv, found parquet, which only the processors sql, custom and glue-job read");
        }
        if (source.columns().isPresent() && !(spec.processorOrDefault() instanceof ProcessorSpec.Sql)) {
            report("$.source.columns", "is only for the processor sql: the others read what the table's columns say");
        }
        if (source.csv().isPresent() && source.formatOrDefault() != DataFormat.CSV) {
            report(
                    "$.source.csv",
                    "is only for the format csv, the source's is "
                            + source.formatOrDefault().label());
        }
        source.partitionKeys().ifPresent(keys -> problems.addAll(KeyRules.problems("$.source.partitionKeys", keys)));
        source.partitionKeys().or(spec::partitionKeys).ifPresent(keys -> checkLayout(source, keys));
        source.partitionKeys().ifPresent(keys -> spec.partitionKeys().ifPresent(table -> checkMapping(keys, table)));
    }

    private void checkMapping(List<PartitionKey> source, List<PartitionKey> table) {
        if (KeyRules.problems("", source).isEmpty()
                && KeyRules.problems("", table).isEmpty()) {
            try {
                KeyMapping.of(source, table);
            } catch (IllegalArgumentException e) {
                report("$.source.partitionKeys", e.getMessage());
            }
        }
    }

    private void checkLayout(SourceSpec source, List<PartitionKey> keys) {
        KeyRules.layoutProblem("$.source.layout", source.layoutOrDefault(), keys)
                .ifPresent(problems::add);
    }

    /** What is written into the table would be found as raw data, or raw data be read as the table's. */
    private void checkApart(S3Location source, S3Location table) {
        if (source.equals(table)) {
            report("$.source.location", "is $.location: what is converted must not lie where it is written");
        } else if (table.holds(source)) {
            report(
                    "$.source.location",
                    "lies in $.location (" + table + "): readers would take its objects for the table's");
        } else if (source.holds(table)) {
            report(
                    "$.source.location",
                    "holds $.location (" + table + "): what is written there would be converted again");
        }
    }

    private void report(String path, String message) {
        problems.add(new Problem(path, message));
    }
}
