/** The command line {@code fanin}: one class for each command. */
package io.fanin.cli;
