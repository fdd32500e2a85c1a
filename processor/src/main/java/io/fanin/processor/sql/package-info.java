/** Makes a partition of what a query says of its raw data, and of other tables. */
package io.fanin.processor.sql;
