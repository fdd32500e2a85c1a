package io.fanin.cli.console;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The exit codes, which are the same for all commands. */
public enum ExitCode {
    DONE(0),
    /** Partitions or periods of the table are outstanding. */
    PARTIAL(1),
    /** The command line or the spec is invalid, a service refused a request, or the execution failed. */
    FAILED(2),
    /** Another execution holds the table's lease, or has taken it over; or the one that was asked for is running. */
    BUSY(3),
    /** The check found a difference. */
    DIFFERENT(4);

    /** A difference corrects itself, which a failure does not. */
    private static final List<ExitCode> FROM_THE_LEAST = List.of(DONE, BUSY, PARTIAL, DIFFERENT, FAILED);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The most severe of these exit codes, which is not the largest number; done if there are none. */
    public static ExitCode worst(Stream<ExitCode> codes) {
        return codes.max(Comparator.comparingInt(FROM_THE_LEAST::indexOf)).orElse(DONE);
    }
}
