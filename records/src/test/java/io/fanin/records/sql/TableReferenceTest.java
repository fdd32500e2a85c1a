package io.fanin.records.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableReferenceTest {

    @Test
    void asciiLettersAreComparedWithoutTheirCase() {
        assertThat(TableReference.of("Lake", "FLIGHTS")).hasToString("lake.flights");
    }

    /** Otherwise a query could define a table under a name that DuckDB reads as another one, and bypass the checks. */
    @Test
    void otherCharactersAreThemselves() {
        assertThat(TableReference.lowerCase("\u212A.csv ÄÖ İ")).isEqualTo("\u212A.csv ÄÖ İ");
    }
}
