/** Measurements: time, requests, bytes, heap, disk, and the rows that show them. Independent of the benchmarks. */
package io.fanin.benchmarks.measure;
