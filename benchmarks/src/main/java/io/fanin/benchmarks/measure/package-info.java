/** What measurements are made of: time, requests, bytes, heap, disk, and the rows that show them. It knows no benchmark. */
package io.fanin.benchmarks.measure;
