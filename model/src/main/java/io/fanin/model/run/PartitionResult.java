package io.fanin.model.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fanin.model.partition.Partition;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The outcome of one partition of a batch, written by the processor and read by the table-creator, which registers only
 * processed partitions.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
    @JsonSubTypes.Type(value = PartitionResult.Processed.class, name = "processed"),
    @JsonSubTypes.Type(value = PartitionResult.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = PartitionResult.Skipped.class, name = "skipped")
})
public sealed interface PartitionResult {

    Partition partition();

    /** The same result, of this object of an equal partition: results and manifest share it in memory. */
    PartitionResult of(Partition equal);

    /**
     * The partition is valid and may be registered.
     *
     * @param inventory of the objects that were read, by which later changes are detected
     * @param rows of the table; empty if they were not counted
     * @param written the inventory of the table's objects, if they were written from the objects that were read
     * @param parameters further parameters of the partition in the catalog, by name
     * @param version the version that was made; empty if the table's objects lie directly in the partition's folder
     * @param leftOut the raw data that is not in the table
     * @param asOf when the data was read: data that was read earlier does not replace it; empty until results are
     *     collected
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Processed(
            Partition partition,
            Inventory inventory,
            OptionalLong rows,
            Optional<Inventory> written,
            Map<String, String> parameters,
            Optional<PartitionVersion> version,
            @JsonUnwrapped LeftOut leftOut,
            Optional<Instant> asOf)
            implements PartitionResult {

        /** The maximum length of a parameter's name in Glue, which has at least 1 character. */
        private static final int MAX_PARAMETER_NAME = 255;

        /** Results of data that was not converted have fewer fields. */
        public Processed {
            Objects.requireNonNull(partition, "partition");
            Objects.requireNonNull(inventory, "inventory");
            version = version == null ? Optional.empty() : version;
            parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
            parameters.keySet().forEach(Processed::requireName);
            leftOut = leftOut == null ? LeftOut.NOTHING : leftOut;
            asOf = asOf == null ? Optional.empty() : asOf;
        }

        /** A result of data that was validated and stays as it is. */
        public Processed(Partition partition, Inventory inventory, OptionalLong rows) {
            this(
                    partition,
                    inventory,
                    rows,
                    Optional.empty(),
                    Map.of(),
                    Optional.empty(),
                    LeftOut.NOTHING,
                    Optional.empty());
        }

        @Override
        public Processed of(Partition equal) {
            return new Processed(equal, inventory, rows, written, parameters, version, leftOut, asOf);
        }

        /** The same result, for objects of the table that were written from those that were read. */
        public Processed writing(Inventory objects) {
            return new Processed(partition, inventory, rows, Optional.of(objects), parameters, version, leftOut, asOf);
        }

        /** The same result, with these parameters of the partition. */
        public Processed with(Map<String, String> other) {
            return new Processed(partition, inventory, rows, written, other, version, leftOut, asOf);
        }

        /** The same result, as a version of the partition. */
        public Processed in(PartitionVersion made) {
            return new Processed(partition, inventory, rows, written, parameters, Optional.of(made), leftOut, asOf);
        }

        /** The prefix of its objects. */
        public String prefix() {
            return partition.prefix() + version.map(made -> made.folder() + "/").orElse("");
        }

        /** The same result, for data read at this time. */
        public Processed asOf(Instant moment) {
            return new Processed(
                    partition, inventory, rows, written, parameters, version, leftOut, Optional.of(moment));
        }

        /** The inventory of the partition's objects in the table. */
        public Inventory held() {
            return written.orElse(inventory);
        }

        /** The number of raw records that are not in the table. */
        public long badRecords() {
            return leftOut.badRecords();
        }

        /** The names that the raw records and the columns do not share. */
        public UnmatchedNames names() {
            return leftOut.names();
        }

        private static void requireName(String name) {
            if (name.isEmpty() || name.length() > MAX_PARAMETER_NAME) {
                throw new IllegalArgumentException("a partition's parameter has a name of " + name.length()
                        + " characters, Glue takes 1 to " + MAX_PARAMETER_NAME);
            }
        }
    }

    /**
     * The raw data of a partition that is not in the table.
     *
     * @param badRecords the number of records
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record LeftOut(Long badRecords, @JsonUnwrapped UnmatchedNames names) {

        public static final LeftOut NOTHING = new LeftOut(0L, UnmatchedNames.NONE);

        /** A limit that keeps sums from overflowing. */
        private static final long MAX_COUNT = 999_999_999_999_999L;

        public LeftOut {
            badRecords = badRecords == null ? 0 : badRecords;
            names = names == null ? UnmatchedNames.NONE : names;
            if (badRecords < 0 || badRecords > MAX_COUNT) {
                throw new IllegalArgumentException("badRecords: expected 0 to " + MAX_COUNT + ", found " + badRecords);
            }
        }
    }

    /**
     * The partition does not exist: nothing has been written yet, or its data is gone. It is neither registered nor
     * failed.
     *
     * @param why for people: names the prefix and its content
     * @param gone whether nothing at all lies there
     * @param onlyFolders whether nothing lies there but markers of folders: nobody has written anything yet
     */
    record Skipped(Partition partition, String why, Boolean gone, Boolean onlyFolders) implements PartitionResult {
        /** If a document lacks {@code gone} or {@code onlyFolders}, it is false. */
        public Skipped {
            gone = gone != null && gone;
            onlyFolders = onlyFolders != null && onlyFolders;
            Objects.requireNonNull(partition, "partition");
            Objects.requireNonNull(why, "why");
        }

        @Override
        public Skipped of(Partition equal) {
            return new Skipped(equal, why, gone, onlyFolders);
        }

        /** A skipped partition whose prefix has something else than markers of folders, or nothing at all. */
        public Skipped(Partition partition, String why, boolean gone) {
            this(partition, why, gone, false);
        }

        /** A skipped partition whose prefix has only markers of folders. */
        public static Skipped notBegun(Partition partition, String why) {
            return new Skipped(partition, why, false, true);
        }

        /** A skipped partition whose prefix is not empty. */
        public Skipped(Partition partition, String why) {
            this(partition, why, false);
        }
    }

    /** The partition may not be registered. */
    record Failed(Partition partition, Failure failure) implements PartitionResult {
        public Failed {
            Objects.requireNonNull(partition, "partition");
            Objects.requireNonNull(failure, "failure");
        }

        @Override
        public Failed of(Partition equal) {
            return new Failed(equal, failure);
        }
    }
}
