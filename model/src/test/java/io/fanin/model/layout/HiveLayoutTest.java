package io.fanin.model.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.model.layout.Layout.Mismatch;
import io.fanin.model.layout.Layout.Parsed;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.partition.RandomText;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HiveLayoutTest {

    private static final List<PartitionKey> DT_HOUR =
            List.of(new PartitionKey("dt", KeyType.DATE), new PartitionKey("hour", KeyType.INT));

    private final Layout layout = Layout.of("hive", DT_HOUR);

    @ParameterizedTest
    @CsvSource({
        "dt=2013-02-08/hour=17, 2013-02-08, 17",
        "DT=2013-02-08/Hour=07, 2013-02-08, 07",
        "dt=__HIVE_DEFAULT_PARTITION__/hour=17, __HIVE_DEFAULT_PARTITION__, 17",
        "dt=2013%2D02%2D08/hour=17, 2013-02-08, 17",
    })
    void levelsAreKeysWithValues(String path, String first, String second) {
        assertThat(parse(layout, path)).isEqualTo(new Parsed.Values(PartitionValues.of(first, second)));
    }

    @ParameterizedTest(name = "{0} at level {1} is {2}")
    @CsvSource({
        "hour=17, 0, NOT_IN_LAYOUT",
        "dt=2013-02-08, 1, NOT_IN_LAYOUT",
        "2013-02-08, 0, NOT_IN_LAYOUT",
        "dt, 0, NOT_IN_LAYOUT",
        "'', 0, NOT_IN_LAYOUT",
        "date=2013-02-08, 0, NOT_IN_LAYOUT",
        "xdt=2013-02-08, 0, NOT_IN_LAYOUT",
        "' dt=2013-02-08', 0, NOT_IN_LAYOUT",
        "_temporary, 0, HIDDEN",
        "_dt=2013-02-08, 0, HIDDEN",
        ".hive-staging_hive_2013, 1, HIDDEN",
        "_SUCCESS, 1, HIDDEN",
        "dt=2013-02-30, 0, BAD_VALUE",
        "dt=, 0, BAD_VALUE",
        "dt==2013-02-08, 0, BAD_VALUE",
        "hour=7x, 1, BAD_VALUE",
        "hour=24, 1, BAD_VALUE",
        "hour=-1, 1, BAD_VALUE",
        "hour=007, 1, BAD_VALUE",
    })
    void nameThatCannotStandAtALevelIsToldAtThatLevel(String segment, int level, SkipReason reason) {
        assertThat(layout.mismatch(level, segment)).map(Mismatch::reason).hasValue(reason);
    }

    @Test
    void messagesSayWhatWasExpected() {
        assertThat(layout.mismatch(0, "hour=17")).map(Mismatch::detail).hasValue("expected dt=<date>");
        assertThat(layout.mismatch(1, "hour=7x"))
                .map(Mismatch::detail)
                .hasValue("'7x' is not a value of key hour, expected one of type int");
    }

    @Test
    void aKeyMayBeginWithAnUnderscore() {
        Layout hidden = Layout.of("hive", List.of(new PartitionKey("_day", KeyType.STRING)));

        assertThat(hidden.mismatch(0, "_day=1")).isEmpty();
        assertThat(hidden.mismatch(0, "_days=1")).map(Mismatch::reason).hasValue(SkipReason.HIDDEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%3Ab=1", "a%3ab=1", "A%3AB=1", "a:b=1"})
    void nameOfAKeyMayBeEscaped(String segment) {
        Layout escaped = Layout.of("hive", List.of(new PartitionKey("a:b", KeyType.STRING)));

        assertThat(parse(escaped, segment)).isEqualTo(new Parsed.Values(PartitionValues.of("1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"größe=1", "GRÖSSE=1", "gr%C3%B6%C3%9Fe=1"})
    void nameOfAKeyOutsideAsciiIsComparedDecoded(String segment) {
        Layout escaped = Layout.of("hive", List.of(new PartitionKey("größe", KeyType.STRING)));
        boolean otherLetters = segment.startsWith("GRÖSSE");

        assertThat(escaped.mismatch(0, segment).isPresent()).isEqualTo(otherLetters);
    }

    @Test
    void formattedTimeStandsEscapedInOneLevel() {
        Layout formatted = Layout.of("hive", List.of(new PartitionKey("dt", KeyType.DATE, "yyyy/MM/dd")));

        assertThat(formatted.depth()).isEqualTo(1);
        assertThat(formatted.path(PartitionValues.of("2013-02-08"))).isEqualTo("dt=2013%2F02%2F08/");
        assertThat(parse(formatted, "dt=2013%2F02%2F08"))
                .isEqualTo(new Parsed.Values(PartitionValues.of("2013-02-08")));
    }

    @Test
    void pathOfAnotherDepthIsUnparsable() {
        assertThat(layout.depth()).isEqualTo(2);
        assertThat(parse(layout, "dt=2013-02-08"))
                .isInstanceOfSatisfying(
                        Parsed.Unparsable.class,
                        unparsable -> assertThat(unparsable.mismatch().reason()).isEqualTo(SkipReason.MISSING_LEVEL));
    }

    @Test
    void valuesThatWouldBeReadBackOtherwiseAreNotWritten() {
        for (String[] values : new String[][] {{"2013-02-08", "7x"}, {"2013-02-30", "7"}, {"", "7"}}) {
            assertThatThrownBy(() -> layout.path(PartitionValues.of(values)))
                    .as("%s", List.of(values))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(List.of(values).toString());
        }
    }

    @RepeatedTest(20)
    void whateverIsWrittenIsReadBack() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Layout strings = Layout.of(
                "hive", List.of(new PartitionKey("a b", KeyType.STRING), new PartitionKey("x=y", KeyType.STRING)));
        for (int i = 0; i < 200; i++) {
            PartitionValues values =
                    PartitionValues.of(RandomText.nextValue(random, 20), RandomText.nextValue(random, 20));
            String path = strings.path(values);

            assertThat(parse(strings, path.substring(0, path.length() - 1)))
                    .as("seed %d: %s", seed, path)
                    .isEqualTo(new Parsed.Values(values));
        }
    }

    @RepeatedTest(20)
    void noNameMakesItThrow() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            String segment = (i % 2 == 0 ? "dt=" : "") + RandomText.next(random, 20);

            assertThat(layout.mismatch(0, segment))
                    .as("seed %d: %s", seed, segment)
                    .isPresent();
            assertThat(layout.parse(List.of(segment, segment)))
                    .as("seed %d: %s", seed, segment)
                    .isInstanceOf(Parsed.Unparsable.class);
        }
    }

    static Parsed parse(Layout layout, String path) {
        return layout.parse(List.of(path.split("/", -1)));
    }
}
