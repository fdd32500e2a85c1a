package io.fanin.warehouse;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.events.Schedule;

/** A table whose hours are written by a function on a schedule; the pipeline checks and registers them. */
public final class BatchInputTable {

    private static final Pattern POLICY = Pattern.compile("arn:[a-z-]+:iam::(aws|\\d{12}):policy/.+");
    private static final int SMALLEST_DISK = 512;

    /** A year in seconds. */
    private static final int LONGEST_QUIET = 31_536_000;

    private static final int LARGEST_DISK = 10_240;

    private final List<Column> columns;
    private final Column partitionKey;
    private final BatchJob job;
    private final Schedule schedule;
    private final List<String> managedPolicies;
    private final DataFormat dataFormat;
    private final int diskMegabytes;
    private final Readiness readiness;
    private final boolean writesEveryHour;

    private BatchInputTable(Builder builder) {
        this.partitionKey = Column.string(builder.partitionKeyName);
        this.columns = Columns.checked(builder.columns, List.of(partitionKey));
        this.job = given(builder.job, "job(BatchJob.of(code, handler))");
        this.schedule = given(builder.schedule, "schedule(Schedule.rate(Duration.hours(1)))");
        this.managedPolicies = builder.managedPolicies;
        this.dataFormat = builder.dataFormat;
        this.diskMegabytes = builder.diskMegabytes;
        this.readiness = builder.readiness;
        this.writesEveryHour = builder.writesEveryHour;
    }

    private static <T> T given(T value, String what) {
        if (value == null) {
            throw new IllegalArgumentException(
                    "a table that a job writes needs its job and when it runs: give " + what);
        }
        return value;
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

    BatchJob job() {
        return job;
    }

    Schedule schedule() {
        return schedule;
    }

    List<String> managedPolicies() {
        return managedPolicies;
    }

    DataFormat dataFormat() {
        return dataFormat;
    }

    int diskMegabytes() {
        return diskMegabytes;
    }

    Readiness readiness() {
        return readiness;
    }

    boolean writesEveryHour() {
        return writesEveryHour;
    }

    /** Builds a table with a job. */
    public static final class Builder {

        private List<Column> columns = List.of();
        private String partitionKeyName = HourlyTable.DEFAULT_KEY;
        private BatchJob job;
        private Schedule schedule;
        private List<String> managedPolicies = List.of();
        private DataFormat dataFormat = DataFormat.PARQUET;
        private int diskMegabytes = SMALLEST_DISK;
        private Readiness readiness = Readiness.MARKER;
        private boolean writesEveryHour = true;

        private Builder() {}

        public Builder columns(Column... columns) {
            this.columns = List.of(columns);
            return this;
        }

        /** The key that holds the hour, {@code 2013/02/08/17}; {@code inserted_at} by default. */
        public Builder partitionKeyName(String partitionKeyName) {
            this.partitionKeyName = partitionKeyName;
            return this;
        }

        public Builder job(BatchJob job) {
            this.job = job;
            return this;
        }

        /** The schedule of the job, which receives the scheduled time. */
        public Builder schedule(Schedule schedule) {
            this.schedule = schedule;
            return this;
        }

        /** ARNs of the policies that the job needs besides those of the warehouse itself. */
        public Builder managedPolicies(String... arns) {
            for (String arn : arns) {
                if (!Boolean.TRUE.equals(Token.isUnresolved(arn))
                        && !POLICY.matcher(arn).matches()) {
                    throw new IllegalArgumentException("managedPolicies: '" + arn
                            + "' is not the ARN of a policy such as arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess");
                }
            }
            this.managedPolicies = List.of(arns);
            return this;
        }

        /** The format of the data; Parquet by default. */
        public Builder dataFormat(DataFormat dataFormat) {
            this.dataFormat = Objects.requireNonNull(dataFormat, "dataFormat: expected PARQUET or JSON");
            return this;
        }

        /** The size of the job's {@code /tmp}: 512 MB to 10,240 MB, by default 512. */
        public Builder diskMegabytes(int megabytes) {
            if (megabytes < SMALLEST_DISK || megabytes > LARGEST_DISK) {
                throw new IllegalArgumentException("diskMegabytes: Lambda takes " + SMALLEST_DISK + " to "
                        + LARGEST_DISK + " MB, found " + megabytes);
            }
            this.diskMegabytes = megabytes;
            return this;
        }

        /**
         * Registers an hour when nothing in it has changed for this long, for a job that does not write
         * {@code _SUCCESS} last; by default, an hour is registered when that marker exists.
         */
        public Builder quietPeriod(Duration quietPeriod) {
            long seconds = quietPeriod.toSeconds().longValue();
            if (seconds < 1 || seconds > LONGEST_QUIET) {
                throw new IllegalArgumentException(
                        "quietPeriod: expected 1 to " + LONGEST_QUIET + " seconds, found " + seconds);
            }
            this.readiness = Readiness.quietFor((int) seconds);
            return this;
        }

        /**
         * Whether an hour that the job has not written holds the table back ({@code PARTIAL}) until it is repeated;
         * true by default. With {@code events}, no hour does.
         */
        public Builder writesEveryHour(boolean writesEveryHour) {
            this.writesEveryHour = writesEveryHour;
            return this;
        }

        /**
         * The table.
         *
         * @throws IllegalArgumentException if it has no columns, two of the same name, no job or no schedule
         */
        public BatchInputTable build() {
            return new BatchInputTable(this);
        }
    }
}
