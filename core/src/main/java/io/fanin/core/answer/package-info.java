/**
 * The answers of the Lambda functions to the two state machines, which are also the outputs of executions: written by
 * the detector and the table-creator, read by both, by the command line and by the machines' JSONPaths.
 */
package io.fanin.core.answer;
