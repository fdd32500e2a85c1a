package io.fanin.model.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.text.CountedChars;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamedValueTest {

    @ParameterizedTest
    @CsvSource({
        "dt, dt=1, 1",
        "dt, DT=1, 1",
        "dt, %64t=1, 1",
        "dt, d%74==, =",
        "a%b, a%b=1, 1",
        "a%b, a%25b=1, 1",
        "a%25, a%25=1, 1",
        "a%25, a%2525=1, 1",
        "a=b, a=b=c, c",
        "a=b, a%3db=c, c",
        "ö, %C3%b6=1, 1",
        "\uD83D\uDE00, \uD83D\uDE00=1, 1",
        "\uD83D\uDE00, %F0%9F%98%80=1, 1",
    })
    void nameMayBeEscapedInAnyPart(String name, String segment, String value) {
        assertThat(new NamedValue(name).parts(segment)).hasValue(List.of(value));
    }

    /**
     * Glue lowers the names of columns, which leaves the long s as it is; the table's folders are not those of "kſ".
     */
    @ParameterizedTest
    @ValueSource(
            strings = {"k\u017f=c", "\u212as=c", "k\u015b=c", "k=c", "ks", "", "k%C5%BF=c", "%4=1", "k%7", "k%7\u0663=c"
            })
    void nameOfOtherLettersIsAnotherName(String segment) {
        assertThat(new NamedValue("ks").parts(segment)).isEqualTo(Optional.empty());
    }

    @Test
    void workGrowsWithTheLengthsOnly() {
        String name = "%25".repeat(85);
        for (String unit : List.of("%25", "%", "%2525", "%25%32%35")) {
            CountedChars segment = new CountedChars(unit.repeat(1_000_000 / unit.length()));

            assertThat(new NamedValue(name).parts(segment)).isEmpty();
            assertThat(segment.reads()).as(unit).isLessThan(300L * name.length());
        }
        CountedChars value = new CountedChars("%25".repeat(85) + "=" + "x".repeat(1_000_000));
        assertThat(new NamedValue(name).parts(value)).isPresent();
        assertThat(value.reads()).isLessThan(3L * name.length());
    }
}
