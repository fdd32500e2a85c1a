package io.fanin.model.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.model.layout.Layout.Mismatch;
import io.fanin.model.layout.Layout.Parsed;
import io.fanin.model.partition.Keys;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.partition.RandomText;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateLayoutTest {

    @ParameterizedTest(name = "{0} by {1}: {2} is {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "${year}/${month}      | year:int, month:int             | 2013/02/                  | 2013, 02",
                "${month}/${year}/     | year:int, month:int             | 02/2013/                  | 2013, 02",
                "${Year}               | year:int                        | 2013/                     | 2013",
                "v1/${dt}/raw          | dt:date                         | v1/2013-02-08/raw/        | 2013-02-08",
                "y${y}-m${m}           | y:int, m:int                    | y2013-m2/                 | 2013, 2",
                "${a}.${b}             | a:string, b:string              | x.y/                      | x, y",
                "${at}                 | at:string:yyyy/MM/dd/HH         | 2013/02/08/17/            | 2013/02/08/17",
                "${at}                 | at:timestamp:yyyy/MM/dd/HH      | 2013/02/08/17/            | 2013-02-08 17:00:00",
                "${c}/at-${at}h/x      | c:string, at:timestamp:yyyy/MM/dd/HH | UA/at-2013/02/08/17h/x/ | UA, 2013-02-08 17:00:00",
                "dt=${dt}              | dt:date:yyyyMMdd                | dt=20130208/              | 2013-02-08",
                "${dt}-${region}       | dt:date, region:string          | 2013-02-08-us-east/       | 2013-02-08, us-east",
                "${region}-${dt}       | dt:date, region:string          | us-east-2013-02-08/       | 2013-02-08, us-east",
                "${a>}x>${b}           | a>:string, b:string             | 1x>2/                     | 1, 2",
                "${dt}                 | dt:string:MMM-yyyy              | Feb-2013/                 | Feb-2013",
                "${dt}                 | dt:string:'o''clock 'yyyy       | o'clock 2013/             | o'clock 2013",
            })
    void templateIsReadAndWritten(String template, String keys, String path, String values) {
        Layout layout = Layout.of(template, Keys.of(keys));
        PartitionValues expected = PartitionValues.of(values.split(", "));

        assertThat(HiveLayoutTest.parse(layout, path.substring(0, path.length() - 1)))
                .isEqualTo(new Parsed.Values(expected));
        assertThat(layout.path(expected)).isEqualTo(path);
        assertThat(layout.depth()).isEqualTo(path.split("/").length);
    }

    @ParameterizedTest(name = "{0} by {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "${a}${b}              | a:string, b:string              | nothing between",
                "${a}${b}              | a:int:, b:int                   | nothing between",
                "${dt}${b}             | dt:date:yyyyMMdd, b:string      | nothing between",
                "${b}${dt}             | dt:date:yyyyMMdd, b:string      | nothing between",
                "${dt}${b}             | dt:date:yyyy/MM, b:string       | nothing between",
                "${a}                  | a:string, b:string              | names the key 'b' 0 times, expected ${b} once",
                "${a}/${a}             | a:string                        | names the key 'a' 2 times, expected ${a} once",
                "${a}/${A}             | a:string                        | names the key 'a' 2 times",
                "${a}/${c}             | a:string                        | names '${c}', which is none of the partition keys [a]",
                "${}/${a}              | a:string                        | names '${}'",
                "/${a}                 | a:string                        | empty level",
                "${a}//                | a:string                        | empty level",
                "${a}//${b}            | a:string, b:string              | empty level",
                "../${a}               | a:string                        | has the level '..'",
                "${a}/./x              | a:string                        | has the level '.'",
                "${a                   | a:string                        | names the key 'a' 0 times",
                "Hive                  | a:string                        | names the key 'a' 0 times",
                "${dt}                 | dt:string:yyyy/DD               | the day of the year has up to three digits",
                "${dt}                 | dt:string:yyy/MM                | a year has four digits",
            })
    void malformedTemplateIsRefused(String template, String keys, String message) {
        assertThatThrownBy(() -> Layout.of(template, Keys.of(keys)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    /** To look for what stands in braces would take time with the square of its length. */
    @Test
    void templateThatIsLongerThanKeysIsRefusedUnread() {
        assertThatThrownBy(() -> Layout.of("${".repeat(100_000), Keys.of("a:string")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the layout has 200000 characters: expected at most 1024, as keys in S3 have");
    }

    @ParameterizedTest(name = "{2} at level {1} of {0}")
    @CsvSource({
        "${year}/${month}, 0, tmp, BAD_VALUE",
        "${year}/${month}, 0, 2013x, BAD_VALUE",
        "${year}/${month}, 0, 26, BAD_VALUE",
        "${year}/${month}, 0, _tmp, HIDDEN",
        "${year}/${month}, 1, '', NOT_IN_LAYOUT",
        "v1/${year}/${month}, 0, v2, NOT_IN_LAYOUT",
        "v1/${year}/${month}, 0, _v1, HIDDEN",
        "${year}-${month}, 0, 2013, NOT_IN_LAYOUT",
    })
    void nameThatCannotStandAtALevelIsToldAtThatLevel(String template, int level, String segment, SkipReason reason) {
        Layout layout = Layout.of(template, Keys.of("year:int, month:int"));

        assertThat(layout.mismatch(level, segment)).map(Mismatch::reason).hasValue(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 05_tmp",
        "0, latest",
        "0, year=2024",
        "1, month=06",
        "0, ２０２４",
        "0, 20240",
        "3, 24",
        "1, 13",
        "2, 32"
    })
    void nameThatIsNoTimeIsNoValue(int level, String segment) {
        Layout strings = Layout.of(
                "${year}/${month}/${day}/${hour}", Keys.of("year:string, month:string, day:string, hour:string"));
        Layout formatted =
                Layout.of("${y}/${m}/${d}/${h}", Keys.of("y:string:yyyy, m:string:MM, d:string:dd, h:string:HH"));

        assertThat(strings.mismatch(level, segment)).map(Mismatch::reason).hasValue(SkipReason.BAD_VALUE);
        assertThat(formatted.mismatch(level, segment)).map(Mismatch::reason).hasValue(SkipReason.BAD_VALUE);
        assertThat(HiveLayoutTest.parse(strings, "2024/6/04/05"))
                .isEqualTo(new Parsed.Values(PartitionValues.of("2024", "6", "04", "05")));
        assertThat(HiveLayoutTest.parse(strings, "2024/02/30/05"))
                .isEqualTo(new Parsed.Unparsable(new Mismatch(
                        SkipReason.BAD_VALUE, "'year=2024/month=02/day=30/hour=05' is not a day of the calendar")));
    }

    @ParameterizedTest
    @CsvSource({"0, tmp", "0, 13", "1, 2", "1, 02x", "3, 7"})
    void partOfAFormatIsJudgedByItself(int level, String segment) {
        Layout layout = Layout.of("${at}", Keys.of("at:string:yyyy/MM/dd/HH"));

        assertThat(layout.mismatch(level, segment)).map(Mismatch::reason).hasValue(SkipReason.NOT_IN_LAYOUT);
        assertThat(layout.mismatch(1, "02")).isEmpty();
    }

    @Test
    void partsThatAreNoMomentTogetherAreABadValue() {
        Layout layout = Layout.of("${at}", Keys.of("at:string:yyyy/MM/dd"));

        assertThat(HiveLayoutTest.parse(layout, "2013/02/30"))
                .isEqualTo(new Parsed.Unparsable(new Mismatch(
                        SkipReason.BAD_VALUE,
                        "'2013/02/30' is not a value of key at, expected one in the format yyyy/MM/dd")));
    }

    /** A folder of unfinished work is not a partition, whatever the type of the key that stands at its level. */
    @ParameterizedTest
    @CsvSource({"_temporary", ".hive-staging", "_SUCCESS", "__HIVE_DEFAULT_PARTITION"})
    void hiddenNameIsNoValue(String segment) {
        Layout layout = Layout.of("${carrier}/${dt}", Keys.of("carrier:string, dt:string"));

        assertThat(layout.mismatch(0, segment)).map(Mismatch::reason).hasValue(SkipReason.HIDDEN);
        assertThat(layout.mismatch(0, "a" + segment)).isEmpty();
        assertThatThrownBy(() -> layout.path(PartitionValues.of(segment, "1")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nullAndLiteralsMayBeginWithAnUnderscore() {
        Layout layout = Layout.of("_raw/${carrier}/_${dt}", Keys.of("carrier:string, dt:string"));

        assertThat(HiveLayoutTest.parse(layout, "_raw/__HIVE_DEFAULT_PARTITION__/__1"))
                .isEqualTo(new Parsed.Values(PartitionValues.of("__HIVE_DEFAULT_PARTITION__", "_1")));
    }

    @Test
    void nothingIsEscapedOrDecoded() {
        Layout layout = Layout.of("${a}", Keys.of("a:string"));

        assertThat(HiveLayoutTest.parse(layout, "a%3Ab")).isEqualTo(new Parsed.Values(PartitionValues.of("a%3Ab")));
        assertThat(layout.path(PartitionValues.of("a:b"))).isEqualTo("a:b/");
    }

    @ParameterizedTest
    @CsvSource({"x/y, z", "'x-y', z"})
    void valuesThatWouldBeReadBackOtherwiseAreNotWritten(String first, String second) {
        Layout layout = Layout.of("${a}-${b}", Keys.of("a:string, b:string"));

        assertThatThrownBy(() -> layout.path(PartitionValues.of(first, second)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot write [" + first);
    }

    @RepeatedTest(20)
    void momentsAreReadBackAsWritten() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Layout layout = Layout.of("in/${c}/${at}", Keys.of("c:int, at:timestamp:yyyy/MM/dd/HH"));
        for (int i = 0; i < 100; i++) {
            LocalDateTime hour = LocalDateTime.of(1970, 1, 1, 0, 0).plusHours(random.nextInt(1_000_000));
            PartitionValues values = PartitionValues.of(
                    Integer.toString(random.nextInt()),
                    DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").format(hour));
            String path = layout.path(values);

            assertThat(HiveLayoutTest.parse(layout, path.substring(0, path.length() - 1)))
                    .as("seed %d: %s", seed, path)
                    .isEqualTo(new Parsed.Values(values));
        }
    }

    @RepeatedTest(20)
    void whatIsReadIsWrittenTheSame() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Layout layout = Layout.of("${a}=${b}", Keys.of("a:string, b:string"));
        for (int i = 0; i < 200; i++) {
            String segment = RandomText.next(random, 20).replace('/', '=');
            if (HiveLayoutTest.parse(layout, segment) instanceof Parsed.Values parsed) {
                assertThat(layout.path(parsed.values())).as("seed %d", seed).isEqualTo(segment + "/");
            }
        }
    }
}
