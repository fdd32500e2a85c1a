package io.fanin.detector.sort;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Sorted elements in a compressed file: neighbouring elements have much in common, and a Lambda function's disk is
 * small.
 *
 * @param count their number; a file with fewer is damaged, and reading it fails
 */
record SpillFile<T>(Path file, long count, SpillFormat<T> format) {

    private static final int BUFFER = 8192;

    /**
     * Writes the elements into a new file in the directory.
     *
     * @param sorted in the sorter's order
     */
    static <T> SpillFile<T> write(Path directory, Iterator<T> sorted, SpillFormat<T> format) throws IOException {
        Path file = Files.createTempFile(directory, "run", ".spool");
        long count = 0;
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(
                new DeflaterOutputStream(Files.newOutputStream(file), deflater, BUFFER), BUFFER))) {
            for (; sorted.hasNext(); count++) {
                format.write(sorted.next(), out);
            }
        } finally {
            deflater.end();
        }
        return new SpillFile<>(file, count, format);
    }

    Reader<T> open() throws IOException {
        return new Reader<>(
                this,
                new DataInputStream(
                        new BufferedInputStream(new InflaterInputStream(Files.newInputStream(file)), BUFFER)));
    }

    /** Reads the elements of a run in their order; closes the file after the last. */
    static final class Reader<T> implements Iterator<T>, Closeable {
        private final SpillFile<T> run;
        private final DataInputStream in;
        private long left;

        private Reader(SpillFile<T> run, DataInputStream in) {
            this.run = run;
            this.in = in;
            this.left = run.count();
        }

        @Override
        public boolean hasNext() {
            return left > 0;
        }

        @Override
        public T next() {
            if (left == 0) {
                throw new NoSuchElementException();
            }
            try {
                T element = run.format().read(in);
                left--;
                if (left == 0) {
                    in.close();
                }
                return element;
            } catch (IOException e) {
                throw new UncheckedIOException(run.file() + " cannot be read, with " + left + " elements left", e);
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
