package io.fanin.warehouse;

import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.Schedule;

/**
 * A table whose records arrive through a Kinesis stream. Firehose delivers them by the hour; the pipeline checks them
 * against the columns, converts them to Parquet, quarantines bad records, and registers the hour.
 */
public final class StreamingInputTable {

    private static final int SHORTEST_FLUSH = 60;
    private static final int LONGEST_FLUSH = 900;

    private final List<Column> columns;
    private final Column partitionKey;
    private final int shards;
    private final int flushSeconds;
    private final Optional<Schedule> partitionSchedule;
    private final Optional<String> maxBadRecords;
    private final boolean convertedByFirehose;

    private StreamingInputTable(Builder builder) {
        this.partitionKey = Column.string(builder.partitionKeyName);
        this.columns = Columns.checked(builder.columns, List.of(partitionKey));
        columns.stream().filter(Column::isUnwritable).findFirst().ifPresent(column -> {
            throw new IllegalArgumentException("column '" + column.name() + "' is of type " + column.type()
                    + ", which cannot be made of JSON: declare it string");
        });
        this.shards = builder.shards;
        this.flushSeconds = builder.flushSeconds;
        this.partitionSchedule = builder.partitionSchedule;
        this.maxBadRecords = builder.maxBadRecords;
        this.convertedByFirehose = builder.convertedByFirehose;
        if (convertedByFirehose && maxBadRecords.isPresent()) {
            throw new IllegalArgumentException(
                    "maxBadRecords: where Firehose converts there is no quarantine: leave one"
                            + " of convertedByFirehose and maxBadRecords out");
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    List<Column> columns() {
        return columns;
    }

    Column partitionKey() {
        return partitionKey;
    }

    int shards() {
        return shards;
    }

    int flushSeconds() {
        return flushSeconds;
    }

    Optional<Schedule> partitionSchedule() {
        return partitionSchedule;
    }

    Optional<String> maxBadRecords() {
        return maxBadRecords;
    }

    boolean convertedByFirehose() {
        return convertedByFirehose;
    }

    /** Builds a table with a stream. */
    public static final class Builder {

        private List<Column> columns = List.of();
        private String partitionKeyName = HourlyTable.DEFAULT_KEY;
        private int shards = 1;
        private int flushSeconds = LONGEST_FLUSH;
        private Optional<Schedule> partitionSchedule = Optional.empty();
        private Optional<String> maxBadRecords = Optional.empty();
        private boolean convertedByFirehose;

        private Builder() {}

        public Builder columns(Column... columns) {
            this.columns = List.of(columns);
            return this;
        }

        /** The key that holds the hour of arrival, {@code 2013/02/08/17}; {@code inserted_at} by default. */
        public Builder partitionKeyName(String partitionKeyName) {
            this.partitionKeyName = partitionKeyName;
            return this;
        }

        /** The number of shards; 1 by default. */
        public Builder inputStreamShardCount(int shards) {
            if (shards < 1) {
                throw new IllegalArgumentException("inputStreamShardCount: expected 1 or more, found " + shards);
            }
            this.shards = shards;
            return this;
        }

        /** The time for which Firehose collects records into one object: 60 to 900 seconds, by default 900. */
        public Builder fileFlushInterval(Duration interval) {
            int seconds = interval.toSeconds().intValue();
            if (seconds < SHORTEST_FLUSH || seconds > LONGEST_FLUSH) {
                throw new IllegalArgumentException("fileFlushInterval: expected " + SHORTEST_FLUSH + " to "
                        + LONGEST_FLUSH + " seconds, found " + seconds);
            }
            this.flushSeconds = seconds;
            return this;
        }

        /** The schedule for registering this table's hours; by default that of the whole warehouse. */
        public Builder partitionSchedule(Schedule schedule) {
            this.partitionSchedule = Optional.of(schedule);
            return this;
        }

        /** The limit of bad records above which an hour fails: a number, or a ratio below 1; 0.01 by default. */
        public Builder maxBadRecords(String maxBadRecords) {
            if (!maxBadRecords.matches("\\d{1,18}|0?\\.\\d{1,18}")) {
                throw new IllegalArgumentException(
                        "maxBadRecords: expected a whole number, or a ratio below 1 such as 0.01, found '"
                                + maxBadRecords + "'");
            }
            this.maxBadRecords = Optional.of(maxBadRecords);
            return this;
        }

        /**
         * Whether Firehose writes Parquet itself. Then no bad records are quarantined or counted: Firehose replaces a
         * value that does not fit by null, and delivers a record that it cannot read to the prefix for errors.
         */
        public Builder convertedByFirehose(boolean convertedByFirehose) {
            this.convertedByFirehose = convertedByFirehose;
            return this;
        }

        /**
         * The table.
         *
         * @throws IllegalArgumentException if it has no columns, or two of the same name
         */
        public StreamingInputTable build() {
            return new StreamingInputTable(this);
        }
    }
}
