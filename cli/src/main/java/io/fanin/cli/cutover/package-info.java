/** Takes a table over from what registers its partitions now, and gives it back: the steps and commands, as text. */
package io.fanin.cli.cutover;
