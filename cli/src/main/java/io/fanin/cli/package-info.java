/** {@code fanin}, what a person types: one class a command. */
package io.fanin.cli;
