/**
 * Runs the three functions and the state machine in one JVM against AWS in memory. A seeded scheduler decides at each
 * request which thread continues and what fails, and an oracle checks what must always be true.
 */
package io.fanin.statemachine.simulation;
