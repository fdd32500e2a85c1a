package io.fanin.records.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableReferenceTest {

    @Test
    void asciiLettersAreComparedWithoutTheirCase() {
        assertThat(TableReference.of("Lake", "FLIGHTS")).hasToString("lake.flights");
    }

    /**
     * A query could otherwise define a table by a name that is another one to DuckDB, which then reads what it wants.
     */
    @Test
    void otherCharactersAreThemselves() {
        assertThat(TableReference.lowerCase("\u212A.csv ÄÖ İ")).isEqualTo("\u212A.csv ÄÖ İ");
    }
}
