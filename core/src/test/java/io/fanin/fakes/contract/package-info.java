/**
 * The behaviour of Glue, tested through its client alone: run against both Glue in memory and the emulator, so that the
 * two agree.
 */
package io.fanin.fakes.contract;
