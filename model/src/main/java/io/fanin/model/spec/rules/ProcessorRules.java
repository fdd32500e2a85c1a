package io.fanin.model.spec.rules;

import io.fanin.model.partition.KeyMapping;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.spec.CsvSpec;
import io.fanin.model.spec.SourceSpec;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.VerifySpec;
import io.fanin.model.spec.processor.OnBadRecord;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.spec.processor.RawRecords;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableName;
import io.fanin.model.table.TimePatterns;
import io.fanin.model.text.LogSafe;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The rules for a spec's processor and source, by themselves and in combination with the rest of the spec. */
record ProcessorRules(TableSpec spec, Problems problems) {

    /** Larger files cannot be read in parallel by query engines. */
    private static final int MAX_FILE_SIZE_MB = 4096;

    static void check(TableSpec spec, Problems problems) {
        ProcessorRules rules = new ProcessorRules(spec, problems);
        switch (spec.processorOrDefault()) {
            case ProcessorSpec.Validate validate -> rules.checkValidate(validate);
            case ProcessorSpec.Register register -> rules.checkInPlace(register);
            case ProcessorSpec.Convert convert -> rules.checkConvert(convert);
            case ProcessorSpec.Sql sql -> rules.checkSql(sql);
            case ProcessorSpec.Custom custom -> rules.checkCustom(custom);
            case ProcessorSpec.GlueJob job -> GlueJobRules.check(spec, job, problems);
        }
        if (spec.format().filter(DataFormat.OTHER::equals).isPresent()
                && spec.processorOrDefault().needsFormat()) {
            problems.add("$.format", "'other' is only for the processor register, which reads no data");
        }
        spec.source().ifPresent(rules::checkSource);
        spec.takesOver().ifPresent(rules::checkTakesOver);
        spec.verify().ifPresent(rules::checkVerify);
    }

    /** Checks a resolved spec, or of another one the columns that it states. */
    static void checkResolved(TableSpec spec, Problems problems) {
        check(spec, problems);
        if (spec.processorOrDefault() instanceof RawRecords) {
            spec.columns().ifPresent(own -> ColumnRules.checkConvertible("$.columns", own, problems));
            spec.source()
                    .flatMap(SourceSpec::columns)
                    .ifPresent(own -> ColumnRules.checkConvertible("$.source.columns", own, problems));
        }
    }

    private void checkValidate(ProcessorSpec.Validate validate) {
        checkInPlace(validate);
        ValidateRules.check(spec, validate, problems);
    }

    private void checkInPlace(ProcessorSpec processor) {
        if (spec.source().isPresent()) {
            problems.add(
                    "$.source",
                    "is only for the processors convert, sql, custom and glue-job: " + processor.type()
                            + " takes the table's objects as they are");
        }
    }

    private void checkTakesOver(TableName other) {
        if (!spec.processorOrDefault().makesPartitions()) {
            problems.add(
                    "$.takesOver",
                    "is only for tables whose partitions are made: "
                            + spec.processorOrDefault().type() + " shares a folder with any table");
        } else if (other.equals(spec.tableName())) {
            problems.add("$.takesOver", "is the table itself, whose folder is its own");
        }
    }

    private void checkVerify(VerifySpec verify) {
        problems.requireWithin(
                "$.verify.partitionsPerRun", 1, VerifySpec.MAX_PARTITIONS_PER_RUN, verify.partitionsPerRun());
        if (spec.processorOrDefault().makesPartitions()) {
            problems.add(
                    "$.verify",
                    "is only for the processors validate and register, which take the table's objects as they are: "
                            + spec.processorOrDefault().type() + " would make partitions again that it did not make");
        }
    }

    private void checkCustom(ProcessorSpec.Custom custom) {
        requireSource("the processor '" + custom.name() + "'");
        if (custom.name().isBlank()) {
            problems.add("$.processor.name", "is empty");
        }
    }

    private void checkConvert(ProcessorSpec.Convert convert) {
        checkWriter("convert");
        checkRecords(convert, spec.columns());
        new ValidateRules(spec, problems).checkExpectations(convert.expectOrNone());
        checkFileSize(convert);
    }

    private void checkSql(ProcessorSpec.Sql sql) {
        checkWriter("sql");
        SqlRules.check(sql, problems);
        new ValidateRules(spec, problems).checkExpectations(sql.expectOrNone());
        Optional<List<Column>> own = spec.source().flatMap(SourceSpec::columns);
        own.ifPresent(columns -> ColumnRules.check("$.source.columns", columns, problems));
        if (spec.source()
                .filter(source -> source.formatOrDefault() == DataFormat.PARQUET)
                .isPresent()) {
            SqlRules.fieldsForText(sql)
                    .forEach(field -> problems.add(
                            "$.processor." + field,
                            "is only for raw records in json or csv, the source's are parquet"));
        } else {
            checkRecords(sql, own.or(spec::columns));
        }
        checkFileSize(sql);
    }

    /** The rules for a processor that writes Parquet from raw data. */
    private void checkWriter(String name) {
        requireSource(name);
        spec.format()
                .filter(format -> format != DataFormat.PARQUET)
                .ifPresent(format -> problems.add(
                        "$.format", "expected parquet, which is what " + name + " writes, found " + format.label()));
    }

    private void requireSource(String reader) {
        if (spec.source().isEmpty()) {
            problems.add("$.source", "is missing: it says where the data lies that " + reader + " reads");
        }
    }

    private void checkRecords(RawRecords rules, Optional<List<Column>> columns) {
        if (rules.onBadRecordOrDefault() == OnBadRecord.FAIL
                && rules.maxBadRecords().isPresent()) {
            problems.add("$.processor.maxBadRecords", "cannot be combined with onBadRecord fail, which allows none");
        }
        problems.requireColumns("$.processor.required", rules.requiredOrDefault(), columns);
        rules.timezone()
                .filter(zone -> !ZoneId.getAvailableZoneIds().contains(zone))
                .ifPresent(zone -> problems.addNoZone("$.processor.timezone", zone));
    }

    private void checkFileSize(RawRecords rules) {
        problems.requireWithin("$.processor.targetFileSizeMb", 1, MAX_FILE_SIZE_MB, rules.targetFileSizeMb());
    }

    private void checkSource(SourceSpec source) {
        spec.location().ifPresent(location -> checkApart(source.location(), location));
        boolean readsParquet = switch (spec.processorOrDefault()) {
            case ProcessorSpec.Sql sql -> true;
            case ProcessorSpec.Custom custom -> true;
            case ProcessorSpec.Job job -> true;
            case ProcessorSpec.Validate validate -> false;
            case ProcessorSpec.Register register -> false;
            case ProcessorSpec.Convert convert -> false;
        };
        if (!source.formatOrDefault().isCreated()) {
            problems.add(
                    "$.source.format",
                    "expected json, csv or parquet, found "
                            + source.formatOrDefault().label() + ", which no processor reads");
        } else if (source.formatOrDefault() == DataFormat.PARQUET && !readsParquet) {
            problems.add(
                    "$.source.format",
                    "expected json or csv, found parquet, which only the processors sql, custom and glue-job read");
        }
        if (source.columns().isPresent() && !(spec.processorOrDefault() instanceof ProcessorSpec.Sql)) {
            problems.add(
                    "$.source.columns", "is only for the processor sql: the others read what the table's columns say");
        }
        if (source.csv().isPresent() && source.formatOrDefault() != DataFormat.CSV) {
            problems.add(
                    "$.source.csv",
                    "is only for the format csv, the source's is "
                            + source.formatOrDefault().label());
        }
        source.csv().ifPresent(this::checkNumbers);
        checkTimes("$.source.dateFormat", source.dateFormat(), source);
        checkTimes("$.source.timestampFormat", source.timestampFormat(), source);
        source.partitionKeys().ifPresent(keys -> {
            KeyRules.check("$.source.partitionKeys", keys, problems);
            problems.each(
                    "$.source.partitionKeys",
                    keys,
                    (own, key) -> key.interval()
                            .ifPresent(units -> problems.add(
                                    own + ".interval",
                                    "is stated at $.partitionKeys: gaps are those of the table's periods")));
        });
        source.partitionKeys()
                .or(spec::partitionKeys)
                .ifPresent(keys -> KeyRules.checkLayout("$.source.layout", source.layoutOrDefault(), keys, problems));
        source.partitionKeys().ifPresent(keys -> spec.partitionKeys().ifPresent(table -> checkMapping(keys, table)));
    }

    private void checkNumbers(CsvSpec csv) {
        CsvOptions options = csv.optionsOfRawData();
        if (csv.quoted().filter(quoted -> quoted).isEmpty()
                && Stream.of(csv.decimalSeparator(), csv.groupingSeparator())
                        .flatMap(Optional::stream)
                        .anyMatch(String.valueOf(options.delimiter())::equals)) {
            problems.add(
                    "$.source.csv", "expected separators of numbers that are not the delimiter, or \"quoted\": true");
        }
    }

    private void checkTimes(String path, Optional<List<String>> formats, SourceSpec source) {
        if (formats.isPresent() && source.formatOrDefault() == DataFormat.PARQUET) {
            problems.add(path, "is only for texts in json or csv, the source's format is parquet");
        }
        if (formats.filter(list -> list.size() > TimePatterns.MAX).isPresent()) {
            problems.add(path, "expected at most " + TimePatterns.MAX + " formats");
        }
        problems.each(
                path,
                formats.orElse(List.of()),
                (place, format) ->
                        TimePatterns.problem(format).ifPresent(problem -> problems.add(place, LogSafe.of(problem))));
    }

    private void checkMapping(List<PartitionKey> source, List<PartitionKey> table) {
        if (KeyRules.areSound(source) && KeyRules.areSound(table)) {
            problems.attempt("$.source.partitionKeys", () -> KeyMapping.of(source, table));
        }
    }

    /**
     * If the folders overlapped, the table's files would be detected as raw data, or raw data be read as the table's.
     */
    private void checkApart(S3Location source, S3Location table) {
        if (source.equals(table)) {
            problems.add("$.source.location", "is $.location: what is converted must not lie where it is written");
        } else if (table.holds(source)) {
            problems.add(
                    "$.source.location",
                    "lies in $.location (" + table + "): readers would take its objects for the table's");
        } else if (source.holds(table)) {
            problems.add(
                    "$.source.location",
                    "holds $.location (" + table + "): what is written there would be converted again");
        }
    }
}
