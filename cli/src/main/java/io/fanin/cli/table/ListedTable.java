package io.fanin.cli.table;

import io.fanin.cli.console.ExitCode;
import java.util.Optional;

/** A table among all of the stack's. */
public sealed interface ListedTable permits TableState, UnreadableTable {

    /** The execution that is held for a redrive, as far as the table's record tells; empty if none is known. */
    Optional<String> held();

    /** The exit code of a command that shows the table. */
    ExitCode exitCode();
}
