/** Executions of the state machine: started, followed, redriven, and what came of them. Alone in the command line to talk to Step Functions. */
package io.fanin.cli.execution;
