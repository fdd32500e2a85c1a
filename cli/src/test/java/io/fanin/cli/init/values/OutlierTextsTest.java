package io.fanin.cli.init.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.table.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutlierTextsTest {

    @Test
    void fewWordsAmongNumbersAreNamed() {
        assertThat(notes("string", 19, "12.5", "warm"))
                .containsExactly(
                        "column temp is string, though 19 of the 20 values that were read are numbers: with such a"
                                + " type, others, such as 'warm', would be bad records");
    }

    @Test
    void fewWordsAmongTimesAreNamed() {
        assertThat(notes("string", 30, "2026-11-28 06:00:00", "soon", "later"))
                .containsExactly(
                        "column temp is string, though 30 of the 32 values that were read are dates or times: with"
                                + " such a type, others, such as 'soon', would be bad records");
    }

    @Test
    void otherColumnsAreAsTheyShouldBe() {
        assertThat(notes("string", 5, "12", "a", "b")).as("many words").isEmpty();
        assertThat(notes("string", 20, "12")).as("quoted numbers").isEmpty();
        assertThat(notes("string", 20, "12", "", "\\N")).as("nulls").isEmpty();
        assertThat(notes("bigint", 19, "12", "a")).as("another type").isEmpty();
    }

    private static List<String> notes(String type, int usual, String value, String... others) {
        OutlierTexts texts = new OutlierTexts(1);
        List<String> all = new ArrayList<>(Collections.nCopies(usual, value));
        all.addAll(Arrays.asList(others));
        all.forEach(text -> texts.add(text, 0));
        List<String> notes = new ArrayList<>();
        texts.addTo(notes, List.of(new Column("temp", type)));
        return notes;
    }
}
