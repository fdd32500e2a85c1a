package io.fanin.model.spec;

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

/** What is done with each partition. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ProcessorSpec.Validate.class, name = "validate"),
    @JsonSubTypes.Type(value = ProcessorSpec.Convert.class, name = "convert"),
    @JsonSubTypes.Type(value = ProcessorSpec.Sql.class, name = "sql"),
    @JsonSubTypes.Type(value = ProcessorSpec.Custom.class, name = "custom"),
    @JsonSubTypes.Type(value = ProcessorSpec.GlueJob.class, name = "glue-job")
})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public sealed interface ProcessorSpec {

    /** The word for it, as a spec has it in {@code type}. */
    default String type() {
        return Arrays.stream(
                        ProcessorSpec.class.getAnnotation(JsonSubTypes.class).value())
                .filter(named -> named.value() == getClass())
                .map(JsonSubTypes.Type::name)
                .findFirst()
                .orElseThrow();
    }

    /** Whether it writes the table's partitions: only one table may do so in a folder. */
    default boolean makesPartitions() {
        return !(this instanceof Validate);
    }

    /** Whether it refers to resources that may not exist, or contains SQL, so that all partitions may fail alike. */
    default boolean needsCheck() {
        return true;
    }

    /** How many partitions a batch has at most, as long as a pass does not have many batches. */
    default int partitionsPerBatch() {
        return 1;
    }

    /**
     * The same for passes with many batches: {@code ManifestSummary} defines how many, and when batches become larger.
     */
    default int partitionsPerSharedBatch() {
        return partitionsPerBatch();
    }

    /**
     * The objects are validated, and stay as they are.
     *
     * @param schema how Parquet's columns are compared with the table's
     * @param types whether the values of JSON and CSV are held against the columns' types
     * @param statistics names of columns whose least and greatest values are recorded with the partition, where Parquet
     *     contains them
     * @param expect what a partition fails without
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

        /** Most are validated in less time than an invocation, its state transitions and its result object take. */
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

        /** The same, but that values are not held against types where nothing is said of it. */
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

    /**
     * The table's partitions are made from the source's by a processor of the deployment's own.
     *
     * @param name of the processor
     * @param options an object, for the processor alone to understand
     */
    record Custom(String name, Optional<JsonNode> options) implements ProcessorSpec {}

    /** A job of another service writes the partitions of a batch, and its output is validated as with {@link Validate}. */
    sealed interface Job extends ProcessorSpec permits GlueJob {

        /** Its name in the service. */
        String job();

        /** What its runs are given beside the batch, by name. */
        Map<String, String> argumentsOrNone();

        /** The validation of the job's output. */
        Validate validation();

        /** The same, but that values are not held against types where nothing is said of it. */
        Job withoutTypes();
    }

    /**
     * An AWS Glue job writes the partitions.
     *
     * @param job its name in Glue
     * @param arguments that its runs get, by names that begin with {@code --}
     * @param partitionsPerRun how many partitions a run of the job is given at most
     * @param schema as for {@link Validate}, and so are the next three
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
     * @param maxBadRecords above which the partition fails; not with {@link OnBadRecord#FAIL}
     * @param required names of columns without which a record is bad
     * @param timezone the IANA zone of timestamps without one
     * @param targetFileSizeMb how large the files are that it writes, in units of 1,000,000 bytes
     * @param expect what a partition fails without, before anything of it is written
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
    }

    /**
     * The result of a query over the source's records is written as Parquet at the table's location.
     *
     * @param query one SELECT statement of DuckDB; always present in a resolved spec
     * @param file the URI of an object in S3 that holds the query, instead of it
     * @param timeoutSeconds after which the query over one partition is ended; without it the function's time is the limit
     * @param expect what a partition fails without, of the result's rows, before anything of it is written
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

        /** The same with the text that its file holds. */
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
