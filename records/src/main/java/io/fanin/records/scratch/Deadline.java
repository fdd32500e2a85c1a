package io.fanin.records.scratch;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * When the function is ended from outside. Some time before, work is given up in good order.
 *
 * @param remainingMillis until then, as {@code Context.getRemainingTimeInMillis} tells it
 */
public record Deadline(LongSupplier remainingMillis) {

    /** For giving back what was begun and writing the batch's result. */
    private static final Duration RESERVE = Duration.ofSeconds(10);

    /** For making visible what was uploaded, which is not begun when it might not be ended. */
    private static final Duration PUBLISHING = Duration.ofSeconds(10);

    /** As much time as anybody needs. */
    public static final Deadline NONE = new Deadline(() -> Duration.ofDays(1).toMillis());

    /** The time for work; negative when it is over. */
    public Duration left() {
        return Duration.ofMillis(remainingMillis.getAsLong()).minus(RESERVE);
    }

    /**
     * Goes on only where there is time.
     *
     * @param progress what was reached, for people
     * @throws ConversionException {@code DeadlineExceeded}
     */
    public void check(Supplier<String> progress) {
        require(Duration.ZERO, progress);
    }

    /**
     * The same before what must not be broken off.
     *
     * @throws ConversionException {@code DeadlineExceeded}
     */
    public void checkPublishing(Supplier<String> progress) {
        require(PUBLISHING, progress);
    }

    private void require(Duration least, Supplier<String> progress) {
        if (left().compareTo(least) <= 0) {
            throw new ConversionException(
                    "DeadlineExceeded",
                    "the function's time is over: " + progress.get()
                            + "; nothing was published. Raise the stack's parameters ProcessorTimeout or ProcessorMemory, or"
                            + " make the partition smaller");
        }
    }
}
