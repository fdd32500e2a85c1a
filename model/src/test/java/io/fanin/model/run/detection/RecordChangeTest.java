package io.fanin.model.run.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.json.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The last change of a table's record tells passes of a run apart, as far as they are known. */
class RecordChangeTest {

    @ParameterizedTest
    @ValueSource(strings = {"nightly-1", "nightly-1/0", "nightly-1/12"})
    void changeIsReadAsWritten(String text) {
        RecordChange change = RecordChange.of(text);

        assertThat(change).hasToString(text);
        assertThat(Json.read(Json.text(change), RecordChange.class, "x")).isEqualTo(change);
    }

    @ParameterizedTest
    @CsvSource({
        "nightly-1/0, nightly-1/0, true",
        "nightly-1/0, nightly-1/1, false",
        "nightly-1, nightly-1/1, true",
        "nightly-1/1, nightly-1, true",
        "nightly-1/1, nightly-2/1, false"
    })
    void changesAreTheSame(String one, String other, boolean same) {
        assertThat(RecordChange.of(one).isSame(RecordChange.of(other))).isEqualTo(same);
    }
}
