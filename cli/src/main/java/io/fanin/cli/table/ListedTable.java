package io.fanin.cli.table;

import io.fanin.cli.console.ExitCode;

/** A table among all of the stack's. */
public sealed interface ListedTable permits TableState, UnreadableTable {

    /** The exit code of a command that shows the table. */
    ExitCode exitCode();
}
