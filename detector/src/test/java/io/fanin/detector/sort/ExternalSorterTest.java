package io.fanin.detector.sort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExternalSorterTest {

    private static final SpillFormat<String> TEXT = new SpillFormat<>() {
        @Override
        public void write(String element, DataOutput out) throws IOException {
            out.writeUTF(element);
        }

        @Override
        public String read(DataInput in) throws IOException {
            return in.readUTF();
        }
    };

    @TempDir
    private Path parent;

    private ExternalSorter<String> spool(int maxInMemory) {
        return new ExternalSorter<>(TEXT, Comparator.naturalOrder(), maxInMemory, parent);
    }

    @ParameterizedTest(name = "{0} elements, {1} in memory")
    @CsvSource({"0, 1", "1, 1", "2, 1", "10, 10", "11, 10", "1000, 7", "1000, 1", "1000, 1000"})
    void givesAllElementsInOrderAsOftenAsAsked(int elements, int maxInMemory) {
        long seed = 20130208L * elements + maxInMemory;
        Random random = new Random(seed);
        List<String> added = IntStream.range(0, elements)
                .mapToObj(i -> "é" + random.nextInt(Math.max(1, elements / 2)))
                .toList();
        try (ExternalSorter<String> spool = spool(maxInMemory)) {
            added.forEach(spool::add);

            List<String> sorted = added.stream().sorted().toList();
            assertThat(list(spool.iterator())).as("seed %s", seed).isEqualTo(sorted);
            assertThat(list(spool.iterator())).as("seed %s", seed).isEqualTo(sorted);
            assertThat(spool.count()).isEqualTo(elements);
        }
    }

    @Test
    void orderIsTheComparators() {
        try (ExternalSorter<String> spool = new ExternalSorter<>(TEXT, Collections.reverseOrder(), 1, parent)) {
            Stream.of("b", "c", "a").forEach(spool::add);

            assertThat(list(spool.iterator())).containsExactly("c", "b", "a");
        }
    }

    @Test
    void iteratorsDoNotDisturbEachOther() {
        try (ExternalSorter<String> spool = spool(1)) {
            Stream.of("b", "c", "a").forEach(spool::add);

            Iterator<String> first = spool.iterator();
            first.next();
            assertThat(list(spool.iterator())).containsExactly("a", "b", "c");
            assertThat(list(first)).containsExactly("b", "c");
            assertThatThrownBy(first::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void whatFitsIntoMemoryMakesNoFile() throws IOException {
        try (ExternalSorter<String> spool = spool(3)) {
            Stream.of("b", "c", "a").forEach(spool::add);

            list(spool.iterator());
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void openFilesAreBounded() throws IOException {
        try (ExternalSorter<String> spool = spool(1)) {
            for (int i = 0; i < 1000; i++) {
                spool.add("e" + i);
                assertThat(files().size()).isLessThanOrEqualTo(ExternalSorter.MAX_RUNS);
            }
        }
    }

    @Test
    void closingDeletesEverythingEvenWhileItIsRead() throws IOException {
        ExternalSorter<String> spool = spool(1);
        Stream.of("b", "c", "a").forEach(spool::add);
        spool.iterator().next();
        assertThat(files()).hasSize(2);

        spool.close();
        spool.close();

        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void closedOrReadSpoolTakesNoMore() {
        ExternalSorter<String> spool = spool(1);
        spool.iterator();

        assertThatThrownBy(() -> spool.add("a")).isInstanceOf(IllegalStateException.class);
        spool.close();
        assertThatThrownBy(() -> spool.add("a")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(spool::iterator).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void fileThatIsCutShortFailsInsteadOfAnsweringLess() throws IOException {
        try (ExternalSorter<String> spool = spool(2)) {
            Stream.of("b", "c", "a").forEach(spool::add);
            Files.write(files().getFirst(), new byte[0]);

            assertThatThrownBy(() -> list(spool.iterator()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("2 elements left");
        }
    }

    @Test
    void fileIsMuchSmallerThanNeighboursThatBeginAlike() throws IOException {
        try (ExternalSorter<String> spool = spool(10_000)) {
            String beginning = "lakehouse/events/year=2013/month=02/day=08/hour=17/minute=";
            IntStream.rangeClosed(0, 10_000).forEach(i -> spool.add(beginning + i));

            assertThat(Files.size(files().getFirst())).isLessThan(10_000L * beginning.length() / 4);
        }
    }

    @Test
    void fileWithOtherBytesFailsInsteadOfAnsweringOthers() throws IOException {
        try (ExternalSorter<String> spool = spool(2)) {
            Stream.of("b", "c", "a").forEach(spool::add);
            Files.write(files().getFirst(), new byte[100]);

            assertThatThrownBy(() -> list(spool.iterator())).isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void elementThatCannotBeWrittenFailsAndLeavesNoFile() {
        SpillFormat<String> full = new SpillFormat<>() {
            @Override
            public void write(String element, DataOutput out) throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public String read(DataInput in) {
                return "";
            }
        };
        try (ExternalSorter<String> spool = new ExternalSorter<>(full, Comparator.naturalOrder(), 1, parent)) {
            spool.add("a");

            assertThatThrownBy(() -> spool.add("b"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContainingAll("cannot be written", "No space left on device");
        }
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void manyThreadsMayAdd() {
        try (ExternalSorter<String> spool = spool(10)) {
            IntStream.range(0, 1000).parallel().forEach(i -> spool.add("%04d".formatted(i)));

            assertThat(list(spool.iterator())).hasSize(1000).isSorted().doesNotHaveDuplicates();
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(parent)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static <T> List<T> list(Iterator<T> iterator) {
        List<T> list = new ArrayList<>();
        iterator.forEachRemaining(list::add);
        return list;
    }
}
