package io.fanin.benchmarks.measure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;

/**
 * Measures elapsed and CPU time since its start.
 *
 * @param began the clock at the start
 * @param ran the CPU time of the process's threads at the start
 */
public record Stopwatch(long began, long ran) {

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    public static Stopwatch started() {
        return new Stopwatch(System.nanoTime(), PROCESS.getProcessCpuTime());
    }

    /** The measurement up to now, of a run that has written this number of bytes. */
    public Measured stopped(Map<String, Long> requests, long writtenBytes) {
        return new Measured(requests, System.nanoTime() - began, writtenBytes, 0, PROCESS.getProcessCpuTime() - ran);
    }
}
