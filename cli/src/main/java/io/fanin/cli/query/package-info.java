/** Queries over registered tables, and how their rows are written. */
package io.fanin.cli.query;
