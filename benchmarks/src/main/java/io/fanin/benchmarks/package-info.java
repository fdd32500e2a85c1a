/**
 * Measures the detector against S3 and Glue in memory: how many requests it sends, how much memory it needs, how its
 * time grows. Each measurement has a JVM of its own.
 */
package io.fanin.benchmarks;
