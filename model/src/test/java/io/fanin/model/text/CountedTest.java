package io.fanin.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountedTest {

    @ParameterizedTest
    @CsvSource({"0, 0 records", "1, 1 record", "2, 2 records", "10000000000, 10000000000 records"})
    void oneIsSingular(long count, String text) {
        assertThat(Counted.of(count, "record")).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 batches", "1, 1 batch", "2, 2 batches"})
    void pluralMayBeAnotherWord(long count, String text) {
        assertThat(Counted.of(count, "batch", "batches")).isEqualTo(text);
    }
}
