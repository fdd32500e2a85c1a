/** Metrics of passes and tables, which CloudWatch extracts from the log. */
package io.fanin.tablecreator.metrics;
