package io.fanin.cli.console;

/** How a command ended: the same codes for all commands. */
public enum ExitCode {
    DONE(0),
    /** Something of the table is outstanding. */
    PARTIAL(1),
    /** The command line, the spec or the service refused, or the execution failed. */
    FAILED(2),
    /** Another execution is working on the table: nothing was done. */
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
