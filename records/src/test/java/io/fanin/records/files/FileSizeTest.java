package io.fanin.records.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * The moment when a file of 100 bytes is large enough, if DuckDB gathers two row groups of 40 bytes before it writes.
 */
class FileSizeTest {

    private final FileSize size = new FileSize(100, 40, 2);

    @Test
    void firstFileIsAssumedSixTimesSmallerThanItsRows() {
        assertThat(size.isReached(599, 0)).isFalse();
        assertThat(size.isReached(600, 0)).isTrue();
    }

    @Test
    void whatIsWrittenSaysHowLargeTheFileWillBe() {
        assertThat(size.isReached(240, 100)).isTrue();
        assertThat(size.isReached(240, 20)).isFalse();
        assertThat(size.isReached(1_040, 99)).isTrue();
        assertThat(size.isReached(940, 90)).isFalse();
    }

    @Test
    void incompressibleRowsEndTheFileEarly() {
        assertThat(size.isReached(99, 40)).isFalse();
        assertThat(size.isReached(120, 80)).isTrue();
    }

    @Test
    void nextFileIsTakenToBeAsTheLastOne() {
        size.ended(1_000, 100);

        assertThat(size.isReached(999, 0)).isFalse();
        assertThat(size.isReached(1_000, 0)).isTrue();
    }
}
