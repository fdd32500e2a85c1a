package io.fanin.detector.sort;

import io.fanin.core.temporary.ProcessFiles;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Sorts more elements than fit into memory: they are sorted in memory as runs, the runs spilled to temporary files, and
 * merged when they are read. If all elements fit, no file is made.
 *
 * <p>Any number of threads may add; then one at a time reads. A full disk or a damaged file throws an
 * {@link UncheckedIOException}; elements are never silently missing.
 */
public final class ExternalSorter<T> implements Closeable {

    /** The maximum number of files that are merged into one, since each is open while it is read. */
    static final int MAX_RUNS = 64;

    private final SpillFormat<T> format;
    private final Comparator<? super T> order;
    private final int maxInMemory;
    private final Path parent;
    private final List<T> memory = new ArrayList<>();
    private final List<SpillFile<T>> runs = new ArrayList<>();
    private final Set<SpillFile.Reader<T>> readers = new HashSet<>();
    private Path directory;
    private State state = State.OPEN;
    private long count;

    private enum State {
        OPEN,
        SORTED,
        CLOSED
    }

    /**
     * Creates an empty sorter.
     *
     * @param maxInMemory the number of elements that are held in memory before they are spilled, at least 1
     */
    public ExternalSorter(SpillFormat<T> format, Comparator<? super T> order, int maxInMemory) {
        this(format, order, maxInMemory, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** Creates an empty sorter with a parent folder for its files. */
    ExternalSorter(SpillFormat<T> format, Comparator<? super T> order, int maxInMemory, Path parent) {
        if (maxInMemory < 1) {
            throw new IllegalArgumentException("expected 1 or more elements in memory, found " + maxInMemory);
        }
        this.format = format;
        this.order = order;
        this.maxInMemory = maxInMemory;
        this.parent = parent;
    }

    /**
     * Adds an element.
     *
     * @throws IllegalStateException if the elements were already read, or the sorter is closed
     */
    public synchronized void add(T element) {
        require(State.OPEN);
        if (memory.size() == maxInMemory) {
            spill();
        }
        memory.add(element);
        count++;
    }

    /** The number of elements added. */
    public synchronized long count() {
        return count;
    }

    /**
     * All elements in their order, equal ones in no particular order. May be called more than once; afterwards, no
     * element can be added.
     *
     * @throws IllegalStateException if the sorter is closed
     */
    public synchronized Iterator<T> iterator() {
        if (state == State.OPEN) {
            memory.sort(order);
            state = State.SORTED;
        }
        require(State.SORTED);
        List<Iterator<T>> sources = new ArrayList<>();
        sources.add(memory.iterator());
        try {
            for (SpillFile<T> run : runs) {
                sources.add(open(run));
            }
        } catch (IOException e) {
            throw failed("opened", e);
        }
        return new Merge<>(sources, order);
    }

    /** Deletes the files, including incomplete ones and those being read. May be called more than once. */
    @Override
    public synchronized void close() {
        state = State.CLOSED;
        memory.clear();
        runs.clear();
        try {
            try {
                closeReaders();
            } finally {
                deleteFiles();
            }
        } catch (IOException e) {
            throw failed("deleted", e);
        }
    }

    private void deleteFiles() throws IOException {
        if (directory != null) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
            directory = null;
        }
    }

    private void spill() {
        try {
            memory.sort(order);
            runs.add(SpillFile.write(directory(), memory.iterator(), format));
            memory.clear();
            if (runs.size() == MAX_RUNS) {
                mergeRuns();
            }
        } catch (IOException e) {
            throw failed("written", e);
        }
    }

    private void mergeRuns() throws IOException {
        List<Iterator<T>> sources = new ArrayList<>();
        for (SpillFile<T> run : runs) {
            sources.add(open(run));
        }
        SpillFile<T> merged = SpillFile.write(directory(), new Merge<>(sources, order), format);
        closeReaders();
        for (SpillFile<T> run : runs) {
            Files.delete(run.file());
        }
        runs.clear();
        runs.add(merged);
    }

    private SpillFile.Reader<T> open(SpillFile<T> run) throws IOException {
        SpillFile.Reader<T> reader = run.open();
        readers.add(reader);
        return reader;
    }

    private void closeReaders() throws IOException {
        for (SpillFile.Reader<T> reader : readers) {
            reader.close();
        }
        readers.clear();
    }

    private Path directory() throws IOException {
        if (directory == null) {
            directory = ProcessFiles.newFolder(parent);
        }
        return directory;
    }

    private void require(State expected) {
        if (state != expected) {
            throw new IllegalStateException("the sorter is " + state + ", expected " + expected);
        }
    }

    private UncheckedIOException failed(String what, IOException cause) {
        return new UncheckedIOException(
                "the sorter of " + count + " elements in "
                        + (directory == null ? parent : directory) + " cannot be " + what + ": "
                        + cause.getMessage(),
                cause);
    }
}
