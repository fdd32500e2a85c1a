package io.fanin.core.answer;

import java.util.Optional;

/**
 * The errors with which the table-creator fails an execution on purpose, so that it can be redriven. Lambda reports an exception under the
 * name of its class.
 */
public enum ExecutionError {
    /** The table is partial: the execution is held at the gate. */
    TABLE_PARTIAL("io.fanin.tablecreator.TablePartialException"),
    /** Another execution is working on the table. */
    TABLE_BUSY("io.fanin.tablecreator.TableBusyException"),
    /** Tables of a run of all tables are partial or have failed. */
    TABLES_PARTIAL("io.fanin.tablecreator.summary.TablesPartialException");

    private final String className;

    ExecutionError(String className) {
        this.className = className;
    }

    /** The name under which Step Functions knows it. */
    public String className() {
        return className;
    }

    /**
     * Whether an execution ended with it.
     *
     * @param error the execution's; empty where it has none
     */
    public boolean is(Optional<String> error) {
        return error.filter(className::equals).isPresent();
    }
}
