/**
 * Executions of the state machine: starting, redriving and following them, and their outcomes. No other package of the
 * command line calls Step Functions.
 */
package io.fanin.cli.execution;
