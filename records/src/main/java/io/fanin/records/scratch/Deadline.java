package io.fanin.records.scratch;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The time at which Lambda ends the function. Work stops some time before that in an orderly way.
 *
 * @param remainingMillis until then, as {@code Context.getRemainingTimeInMillis} returns it
 */
public record Deadline(LongSupplier remainingMillis) {

    /** Reserved for releasing resources and writing the batch's result. */
    private static final Duration RESERVE = Duration.ofSeconds(10);

    /** Reserved for publishing, which is not started if it might not finish. */
    private static final Duration PUBLISHING = Duration.ofSeconds(10);

    public static final Deadline NONE = new Deadline(() -> Duration.ofDays(1).toMillis());

    /** The time for work; negative when it is over. */
    public Duration left() {
        return Duration.ofMillis(remainingMillis.getAsLong()).minus(RESERVE);
    }

    /** Throws a {@code DeadlineExceeded} with the progress when the time for work is over. */
    public void check(Supplier<String> progress) {
        require(Duration.ZERO, progress);
    }

    /** Throws a {@code DeadlineExceeded} with the progress when there is not enough time for publishing. */
    public void checkPublishing(Supplier<String> progress) {
        require(PUBLISHING, progress);
    }

    private void require(Duration least, Supplier<String> progress) {
        if (left().compareTo(least) <= 0) {
            throw over(progress);
        }
    }

    /** The {@code DeadlineExceeded} of work that was not done in time, with the progress. */
    public static ConversionException over(Supplier<String> progress) {
        return ConversionException.outOfTime("is over: " + progress.get(), null);
    }
}
