/** Queries over registered tables, and the output of their rows. */
package io.fanin.cli.query;
