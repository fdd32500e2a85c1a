package io.fanin.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;

/**
 * Measures from when it was started.
 *
 * @param began by the clock
 * @param ran what the process's threads had run until then
 */
record Stopwatch(long began, long ran) {

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    static Stopwatch started() {
        return new Stopwatch(System.nanoTime(), PROCESS.getProcessCpuTime());
    }

    /** What it took until now. */
    Measured stopped(Map<String, Long> requests) {
        return new Measured(requests, System.nanoTime() - began, 0, 0, PROCESS.getProcessCpuTime() - ran);
    }
}
