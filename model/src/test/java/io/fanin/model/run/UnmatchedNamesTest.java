package io.fanin.model.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Names of several partitions' records. */
class UnmatchedNamesTest {

    private static final UnmatchedNames MISSPELLED =
            new UnmatchedNames(List.of("messwert"), List.of("messwerte", "remark"));

    @Test
    void columnWithAValueInAnotherPartitionIsNotEmpty() {
        UnmatchedNames other = new UnmatchedNames(List.of("extra"), List.of("messwerte"));

        assertThat(MISSPELLED.and(other))
                .isEqualTo(new UnmatchedNames(List.of("extra", "messwert"), List.of("messwerte")));
    }

    @Test
    void partitionWhoseNamesAreAllColumnsTellsNothing() {
        assertThat(MISSPELLED.and(UnmatchedNames.NONE)).isEqualTo(MISSPELLED);
        assertThat(UnmatchedNames.NONE.and(MISSPELLED)).isEqualTo(MISSPELLED);
    }

    @Test
    void columnsAreNotTakenForEmptyWhereAllFieldsAreKnown() {
        assertThat(MISSPELLED.without("messwert"::equals)).isEqualTo(UnmatchedNames.NONE);
        assertThat(MISSPELLED.without("other"::equals)).isEqualTo(MISSPELLED);
    }

    @Test
    void fewNamesAreKept() {
        List<String> many = IntStream.range(0, 30).mapToObj("c%02d"::formatted).toList();

        assertThat(MISSPELLED.and(new UnmatchedNames(many, List.of())).unknownColumns())
                .isEqualTo(many.subList(0, UnmatchedNames.MAX));
    }
}
