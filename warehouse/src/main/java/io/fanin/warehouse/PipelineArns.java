package io.fanin.warehouse;

/**
 * Where the pipeline is reached.
 *
 * @param table the state machine of one table
 * @param allTables the state machine of all tables
 * @param queue the queue that is told of objects
 */
record PipelineArns(String table, String allTables, String queue) {}
