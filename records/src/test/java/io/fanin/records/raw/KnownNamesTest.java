package io.fanin.records.raw;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.records.raw.text.KnownNames;
import io.fanin.records.raw.text.Words;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A guess may find no name, but never a wrong one. */
class KnownNamesTest {

    private static final List<String> COLUMNS = List.of(
            "a",
            "at",
            "account",
            "accounts",
            "account_of_whom",
            "account_of_whoever",
            "account_of_whoever_it_is",
            "\u00fcber");

    private final KnownNames names = new KnownNames(COLUMNS);

    @Test
    void columnsAreFoundInAnyOrder() {
        for (int i = 0; i < 4; i++) {
            assertThat(found("\"" + COLUMNS.get(i) + "\":1")).isEqualTo(i);
        }
    }

    @Test
    void nameThatIsWrittenInAnotherWayIsFoundOnceItIsLearnt() {
        byte[] record = padded("\"ACCOUNT\":");

        assertThat(found("\"ACCOUNT\":1")).isEqualTo(KnownNames.NONE);
        names.learn(2, record, 0, 10);

        assertThat(found("\"ACCOUNT\":1")).isEqualTo(2);
    }

    @Test
    void nothingElseIsFound() {
        for (String other : List.of(
                "", "\"", "\"\":1", "\"b\":1", "\"a", "a\":1", "\"a\" :1", "\"a\\u0074\":1", "\"account_of_\":1")) {
            assertThat(found(other)).as(other).isEqualTo(KnownNames.NONE);
        }
    }

    @Test
    void namesOfNoColumnAreKeptUpToANumber() {
        int kept = 0;
        for (int i = 0; i < 1000; i++) {
            byte[] record = padded("\"x%04d\":".formatted(i));
            names.learnOther(record, 0, 8);
            int number = found("\"x%04d\":1".formatted(i));
            assertThat(number == KnownNames.NONE || !names.isColumn(number)).isTrue();
            kept += number == KnownNames.NONE ? 0 : 1;
        }

        assertThat(kept).isBetween(32, 64);
    }

    /** The number of the name at the beginning. */
    private int found(String record) {
        byte[] bytes = padded(record);
        int likely = names.likely(bytes, 0);
        boolean is = likely != KnownNames.NONE
                && names.name(likely).behind(bytes, 0, record.getBytes(StandardCharsets.UTF_8).length) >= 0;
        return is ? likely : KnownNames.NONE;
    }

    private static byte[] padded(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(utf8, utf8.length + Words.ROOM);
    }
}
