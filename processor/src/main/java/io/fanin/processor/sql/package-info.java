/** Makes partitions from a query over their raw data and registered tables. */
package io.fanin.processor.sql;
