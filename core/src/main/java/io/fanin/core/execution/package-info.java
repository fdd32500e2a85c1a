/** The states of executions in Step Functions: whether they run, and how they ended. */
package io.fanin.core.execution;
