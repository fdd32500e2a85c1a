/** Figures of passes and tables for CloudWatch, which takes them from the log. */
package io.fanin.tablecreator.metrics;
