/**
 * The three functions and the state machine in one JVM, over AWS in memory, with a seeded scheduler that decides at each
 * request who goes on and what goes wrong, and an oracle that knows what must be true all the same.
 */
package io.fanin.statemachine.simulation;
