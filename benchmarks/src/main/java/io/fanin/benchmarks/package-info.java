/**
 * Measures the functions against S3 and Glue in memory: requests, memory and time. Each measurement has a JVM of its
 * own.
 */
package io.fanin.benchmarks;
