/**
 * What Glue does, stated through its client alone: the tests of Glue in memory run it, and those of the emulator, so that
 * neither may say what the other denies.
 */
package io.fanin.fakes.contract;
