package io.fanin.benchmarks;

import java.util.List;

/**
 * What a JVM that ran workloads has to say.
 *
 * @param runs one for each workload, in their order
 * @param liveBytes the most of its heap that was in use after a collection; 0 where there was none
 * @param heapBytes the most that its heap may take
 * @param diskBytes the most that its temporary files took
 * @param processBytes the most memory that the whole process took; 0 where the system does not tell
 */
record Report(List<Measured> runs, long liveBytes, long heapBytes, long diskBytes, long processBytes) {
    Report {
        runs = List.copyOf(runs);
    }
}
