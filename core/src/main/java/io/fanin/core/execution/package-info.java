/** What Step Functions says of executions: whether they run, and how they ended. */
package io.fanin.core.execution;
