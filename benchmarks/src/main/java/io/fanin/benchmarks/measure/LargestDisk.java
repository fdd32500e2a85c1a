package io.fanin.benchmarks.measure;

import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Samples the size of a folder every {@value #INTERVAL_MILLIS} ms. */
public final class LargestDisk implements AutoCloseable {

    static final long INTERVAL_MILLIS = 20;

    private final File folder;
    private final AtomicLong most = new AtomicLong();
    private final Thread watcher = Thread.ofPlatform().daemon().name("disk").unstarted(this::watch);

    private LargestDisk(File folder) {
        this.folder = folder;
    }

    public static LargestDisk watched(Path folder) {
        LargestDisk disk = new LargestDisk(folder.toFile());
        disk.watcher.start();
        return disk;
    }

    /** The maximum so far, in bytes. */
    public long most() {
        look();
        return most.get();
    }

    @Override
    public void close() {
        watcher.interrupt();
    }

    private void watch() {
        try {
            while (true) {
                look();
                Thread.sleep(INTERVAL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        most.accumulateAndGet(bytes(folder), Math::max);
    }

    /** Files that are deleted in the meantime do not count. */
    private static long bytes(File file) {
        File[] below = file.listFiles();
        return below == null
                ? file.length()
                : Stream.of(below).mapToLong(LargestDisk::bytes).sum();
    }
}
