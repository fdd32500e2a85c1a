/** The definition of a table: its name, location, format and columns. Plain records that all parts use. */
package io.fanin.model.table;
