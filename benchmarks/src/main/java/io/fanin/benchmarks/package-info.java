/**
 * Measures the functions against S3 and Glue in memory: requests, memory and time. Each measurement runs in a separate
 * JVM.
 */
package io.fanin.benchmarks;
