package io.fanin.core.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** What is done with each partition. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ProcessorSpec.Validate.class, name = "validate"),
    @JsonSubTypes.Type(value = ProcessorSpec.Convert.class, name = "convert"),
    @JsonSubTypes.Type(value = ProcessorSpec.Custom.class, name = "custom")
})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public sealed interface ProcessorSpec {

    /** Whether it reads from a source and writes what the table has, instead of taking the table's objects as they are. */
    default boolean readsSource() {
        return false;
    }

    /**
     * The objects are looked at, and stay as they are.
     *
     * @param schema how Parquet's columns are held against the table's
     * @param statistics names of columns whose least and greatest values are told with the partition, where Parquet knows
     *     them
     * @param expect what a partition fails without
     */
    record Validate(Optional<SchemaCheck> schema, Optional<List<String>> statistics, Optional<List<Expectation>> expect)
            implements ProcessorSpec {

        /** A look with nothing else asked for. */
        public static final Validate DEFAULT = new Validate(Optional.empty(), Optional.empty(), Optional.empty());

        public Validate {
            statistics = statistics.map(List::copyOf);
            expect = expect.map(List::copyOf);
        }

        public SchemaCheck schemaOrDefault() {
            return schema.orElse(SchemaCheck.STRICT);
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
    record Custom(String name, Optional<JsonNode> options) implements ProcessorSpec {

        @Override
        public boolean readsSource() {
            return true;
        }
    }

    /**
     * The source's records are written as Parquet at the table's location.
     *
     * @param maxBadRecords above which the partition fails; not with {@link OnBadRecord#FAIL}
     * @param required names of columns without which a record is bad
     * @param timezone the IANA zone of timestamps that say none
     * @param targetFileSizeMb how large the files are that it writes, in units of 1,000,000 bytes
     */
    record Convert(
            Optional<OnBadRecord> onBadRecord,
            Optional<BadRecordLimit> maxBadRecords,
            Optional<UnknownColumns> unknownColumns,
            Optional<List<String>> required,
            Optional<String> timezone,
            Optional<Integer> targetFileSizeMb)
            implements ProcessorSpec {

        /** Conversion with nothing else asked for. */
        public static final Convert DEFAULT = new Convert(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        private static final int DEFAULT_FILE_SIZE_MB = 256;

        public Convert {
            required = required.map(List::copyOf);
        }

        @Override
        public boolean readsSource() {
            return true;
        }

        public OnBadRecord onBadRecordOrDefault() {
            return onBadRecord.orElse(OnBadRecord.QUARANTINE);
        }

        public BadRecordLimit maxBadRecordsOrDefault() {
            return onBadRecordOrDefault() == OnBadRecord.FAIL
                    ? new BadRecordLimit.Count(0)
                    : maxBadRecords.orElse(BadRecordLimit.DEFAULT);
        }

        public UnknownColumns unknownColumnsOrDefault() {
            return unknownColumns.orElse(UnknownColumns.IGNORE);
        }

        public List<String> requiredOrDefault() {
            return required.orElse(List.of());
        }

        public ZoneId zoneOrDefault() {
            return timezone.map(ZoneId::of).orElse(ZoneOffset.UTC);
        }

        public int targetFileSizeMbOrDefault() {
            return targetFileSizeMb.orElse(DEFAULT_FILE_SIZE_MB);
        }
    }
}
