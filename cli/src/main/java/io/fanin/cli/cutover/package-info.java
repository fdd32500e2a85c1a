/** Plans how runs take a table over from another tool, and how it is given back: the steps and commands, as text. */
package io.fanin.cli.cutover;
