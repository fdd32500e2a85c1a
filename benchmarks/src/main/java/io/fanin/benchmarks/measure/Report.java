package io.fanin.benchmarks.measure;

import java.util.List;

/**
 * The report of a JVM that ran workloads.
 *
 * @param runs the measurement of each workload, in order
 * @param liveBytes maximum heap in use after a collection; 0 without one
 * @param heapBytes maximum size of its heap
 * @param diskBytes maximum size of its temporary files
 * @param processBytes peak memory of the process; 0 if the system does not report it
 */
public record Report(List<Measured> runs, long liveBytes, long heapBytes, long diskBytes, long processBytes) {
    public Report {
        runs = List.copyOf(runs);
    }
}
