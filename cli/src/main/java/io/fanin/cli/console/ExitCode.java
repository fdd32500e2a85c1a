package io.fanin.cli.console;

/** The exit codes, which are the same for all commands. */
public enum ExitCode {
    DONE(0),
    /** Partitions or periods of the table are outstanding. */
    PARTIAL(1),
    /** The command line or the spec is invalid, a service refused a request, or the execution failed. */
    FAILED(2),
    /** Another execution holds the table's lease: nothing was done. */
    BUSY(3),
    /** The check found a difference. */
    DIFFERENT(4);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
