package io.fanin.model.spec.processor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of a spec that determines the processing of each partition: one record for each {@code type}, with its
 * options.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ProcessorSpec.Validate.class, name = "validate"),
    @JsonSubTypes.Type(value = ProcessorSpec.Register.class, name = "register"),
    @JsonSubTypes.Type(value = ProcessorSpec.Convert.class, name = "convert"),
    @JsonSubTypes.Type(value = ProcessorSpec.Sql.class, name = "sql"),
    @JsonSubTypes.Type(value = ProcessorSpec.Custom.class, name = "custom"),
    @JsonSubTypes.Type(value = ProcessorSpec.GlueJob.class, name = "glue-job")
})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public sealed interface ProcessorSpec {

    /** The processor's name in a spec's {@code type}. */
    default String type() {
        return Arrays.stream(
                        ProcessorSpec.class.getAnnotation(JsonSubTypes.class).value())
                .filter(named -> named.value() == getClass())
                .map(JsonSubTypes.Type::name)
                .findFirst()
                .orElseThrow();
    }

    /** Whether it writes the table's partitions: only one table may have such a processor for a folder. */
    default boolean makesPartitions() {
        return true;
    }

    /**
     * Whether it writes each making of a partition beside those before, as a version, and its files as Parquet without
     * buckets. Versions that are superseded are removed.
     */
    default boolean makesVersions() {
        return false;
    }

    /** Whether it reads or writes the table's objects: only then does it have to know their format. */
    default boolean needsFormat() {
        return true;
    }

    /**
     * Whether it refers to resources that may not exist, or contains SQL: errors in these would make all partitions
     * fail.
     */
    default boolean needsCheck() {
        return true;
    }

    /** The maximum number of partitions in a batch, unless a pass has many batches. */
    default int partitionsPerBatch() {
        return 1;
    }

    /**
     * The maximum number of partitions in a batch of a pass with many batches, as {@code ManifestSummary} defines them.
     */
    default int partitionsPerSharedBatch() {
        return partitionsPerBatch();
    }

    /**
     * The objects are validated, and stay as they are.
     *
     * @param schema how Parquet's columns are compared with the table's
     * @param types whether the values of JSON and CSV are checked against the columns' types
     * @param statistics names of columns whose least and greatest values are recorded with the partition, if Parquet
     *     contains them
     * @param expect expectations; a partition that does not satisfy them fails
     */
    record Validate(
            Optional<SchemaCheck> schema,
            Optional<Boolean> types,
            Optional<List<String>> statistics,
            Optional<List<Expectation>> expect)
            implements ProcessorSpec {

        /** Validation without options. */
        public static final Validate DEFAULT =
                new Validate(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        public Validate {
            statistics = statistics.map(List::copyOf);
            expect = expect.map(List::copyOf);
        }

        @Override
        public boolean makesPartitions() {
            return false;
        }

        /**
         * Most partitions take less time to validate than an invocation, its state transitions and its result object.
         */
        @Override
        public int partitionsPerSharedBatch() {
            return 16;
        }

        @Override
        public boolean needsCheck() {
            return expectOrNone().stream().anyMatch(one -> one.sql().isPresent());
        }

        public SchemaCheck schemaOrDefault() {
            return schema.orElse(SchemaCheck.STRICT);
        }

        public boolean typesOrDefault() {
            return types.orElse(true);
        }

        /** The same processor; unless the spec says otherwise, it does not check values against types. */
        public Validate withoutTypes() {
            return new Validate(schema, types.or(() -> Optional.of(false)), statistics, expect);
        }

        public List<String> statisticsOrNone() {
            return statistics.orElse(List.of());
        }

        public List<Expectation> expectOrNone() {
            return expect.orElse(List.of());
        }
    }

    /** The objects are listed, and none is read: a partition that has any is registered with the table's SerDe. */
    record Register() implements ProcessorSpec {

        /** Partitions that lie one behind the other are listed with one request. */
        private static final int PARTITIONS_PER_BATCH = 50;

        @Override
        public boolean makesPartitions() {
            return false;
        }

        @Override
        public boolean needsFormat() {
            return false;
        }

        @Override
        public boolean needsCheck() {
            return false;
        }

        @Override
        public int partitionsPerBatch() {
            return PARTITIONS_PER_BATCH;
        }
    }

    /**
     * A custom processor makes the table's partitions from the source's.
     *
     * @param name of the processor
     * @param options an object that only the processor interprets
     */
    record Custom(String name, Optional<JsonNode> options) implements ProcessorSpec {}

    /** A job of another service writes the partitions of a batch; its output is validated as by {@link Validate}. */
    sealed interface Job extends ProcessorSpec permits GlueJob {

        /** The job's name in the service. */
        String job();

        /** The further arguments of its runs, by name. */
        Map<String, String> argumentsOrNone();

        /** The validation of the job's output. */
        Validate validation();

        /** The same job; unless the spec says otherwise, values are not checked against types. */
        Job withoutTypes();
    }

    /**
     * An AWS Glue job writes the partitions.
     *
     * @param job its name in Glue
     * @param arguments of its runs, by names that begin with {@code --}
     * @param partitionsPerRun the maximum number of partitions for a run of the job
     * @param schema as for {@link Validate}, as are the next three
     */
    record GlueJob(
            String job,
            Optional<Map<String, String>> arguments,
            Optional<Integer> partitionsPerRun,
            Optional<SchemaCheck> schema,
            Optional<Boolean> types,
            Optional<List<String>> statistics,
            Optional<List<Expectation>> expect)
            implements Job {

        public GlueJob {
            arguments = arguments.map(given -> Collections.unmodifiableMap(new LinkedHashMap<>(given)));
            statistics = statistics.map(List::copyOf);
            expect = expect.map(List::copyOf);
        }

        @Override
        public Map<String, String> argumentsOrNone() {
            return arguments.orElse(Map.of());
        }

        @Override
        public int partitionsPerBatch() {
            return partitionsPerRun.orElse(1);
        }

        @Override
        public GlueJob withoutTypes() {
            return new GlueJob(
                    job, arguments, partitionsPerRun, schema, types.or(() -> Optional.of(false)), statistics, expect);
        }

        @Override
        public Validate validation() {
            return new Validate(schema, types, statistics, expect);
        }
    }

    /**
     * The source's records are written as Parquet at the table's location.
     *
     * @param maxBadRecords the limit above which the partition fails; not with {@link OnBadRecord#FAIL}
     * @param required names of columns without which a record is bad
     * @param timezone the IANA zone of timestamps without one
     * @param targetFileSizeMb the size of the files that it writes, in units of 1,000,000 bytes
     * @param expect expectations; a partition that does not satisfy them fails before anything of it is written
     */
    record Convert(
            Optional<OnBadRecord> onBadRecord,
            Optional<BadRecordLimit> maxBadRecords,
            Optional<UnknownColumns> unknownColumns,
            Optional<List<String>> required,
            Optional<String> timezone,
            Optional<Integer> targetFileSizeMb,
            Optional<List<Expectation>> expect)
            implements ProcessorSpec, RawRecords {

        /** Conversion without options. */
        public static final Convert DEFAULT = new Convert(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        public Convert {
            required = required.map(List::copyOf);
            expect = expect.map(List::copyOf);
        }

        @Override
        public boolean makesVersions() {
            return true;
        }
    }

    /**
     * The result of a query over the source's records is written as Parquet at the table's location.
     *
     * @param query one SELECT statement of DuckDB; always present in a resolved spec
     * @param file the URI of an object in S3 that holds the query, as an alternative to {@code query}
     * @param timeoutSeconds the time limit of the query over one partition; by default the function's
     * @param expect expectations of the result's rows; a partition that does not satisfy them fails before anything of
     *     it is written
     */
    record Sql(
            Optional<String> query,
            Optional<String> file,
            Optional<Integer> timeoutSeconds,
            Optional<OnBadRecord> onBadRecord,
            Optional<BadRecordLimit> maxBadRecords,
            Optional<UnknownColumns> unknownColumns,
            Optional<List<String>> required,
            Optional<String> timezone,
            Optional<Integer> targetFileSizeMb,
            Optional<List<Expectation>> expect)
            implements ProcessorSpec, RawRecords {

        public Sql {
            required = required.map(List::copyOf);
            expect = expect.map(List::copyOf);
        }

        @Override
        public boolean makesVersions() {
            return true;
        }

        /** The same processor with the query from its file. */
        public Sql withQuery(String text) {
            return new Sql(
                    Optional.of(text),
                    Optional.empty(),
                    timeoutSeconds,
                    onBadRecord,
                    maxBadRecords,
                    unknownColumns,
                    required,
                    timezone,
                    targetFileSizeMb,
                    expect);
        }
    }
}
