/**
 * Executions of the state machine: started, followed, redriven, and their outcomes. Nothing else in
 * the command line calls Step Functions.
 */
package io.fanin.cli.execution;
