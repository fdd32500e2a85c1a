package io.fanin.warehouse;

import java.util.Optional;

/**
 * The resources of the pipeline that the warehouse uses.
 *
 * @param stack its stack, if it is the warehouse's own
 * @param table the state machine of one table
 * @param allTables the state machine of all tables
 * @param queue the queue that is notified of objects
 */
record PipelineArns(Optional<String> stack, String table, String allTables, String queue) {}
