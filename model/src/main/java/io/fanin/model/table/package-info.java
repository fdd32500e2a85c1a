/** What a table is: its name, location, format and columns. Plain records, for everybody. */
package io.fanin.model.table;
