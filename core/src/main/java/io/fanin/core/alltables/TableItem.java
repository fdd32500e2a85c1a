package io.fanin.core.alltables;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.table.TableName;
import io.fanin.model.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * An item of the Map over tables: a table, and the execution that the Map starts for it.
 *
 * @param index its index among the items
 * @param execution the ARN of the table's execution, which the item starts
 * @param name the execution's name
 * @param input the execution's input
 */
public record TableItem(int index, TableName table, String execution, String name, ObjectNode input) {

    /** The maximum length of an execution's name in Step Functions. */
    private static final int MAX_NAME = 80;

    private static final int HASH = 10;

    /** The maximum length of the table and of the parent in a name. */
    private static final int HALF = (MAX_NAME - HASH - 2) / 2;

    private static final Pattern NAME_OF_ITEM = Pattern.compile(".+-[0-9a-f]{" + HASH + "}", Pattern.DOTALL);

    /**
     * The item of a table.
     *
     * @param stateMachine the ARN of the state machine of one table
     * @param parent the name of the execution for all tables; it determines the item's name
     */
    public static TableItem of(int index, TableName table, String stateMachine, String parent, ObjectNode input) {
        String name = executionName(table, parent);
        String execution = stateMachine.replaceFirst(":stateMachine:", ":execution:") + ":" + name;
        return new TableItem(index, table, execution, name, input);
    }

    /** A name made of the table and the parent, cut to fit; its hash covers the full names. */
    private static String executionName(TableName table, String parent) {
        byte[] whole = (table + "\n" + parent).getBytes(StandardCharsets.UTF_8);
        return nameOf(table) + "-" + clipped(parent.replaceAll("[^A-Za-z0-9_-]", "_")) + "-"
                + HexFormat.of().formatHex(Sha256.digest().digest(whole)).substring(0, HASH);
    }

    /**
     * Whether an execution's name begins with this table's. Executions of the command line's begin with it, too; so do
     * those of tables with similar names.
     */
    public static boolean mayName(TableName table, String execution) {
        String name = nameOf(table);
        return execution.startsWith(name.length() < HALF ? name + "-" : name);
    }

    /** Whether an execution's name has the form of an item's. */
    public static boolean isNameOfItem(String execution) {
        return NAME_OF_ITEM.matcher(execution).matches();
    }

    /** The end of an item's name, which tells it from names that begin alike; empty if the name is not an item's. */
    public static String endOf(String execution) {
        return isNameOfItem(execution) ? execution.substring(execution.length() - HASH - 1) : "";
    }

    private static String nameOf(TableName table) {
        return clipped(table.database() + "-" + table.table());
    }

    private static String clipped(String text) {
        return text.length() <= HALF ? text : text.substring(0, HALF);
    }
}
