package io.fanin.detector.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.fakes.Call;
import io.fanin.fakes.StartAfterInside;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PeriodBounds;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The partitions of a window of time, and the requests to find them. */
class WindowWalkTest {

    private static final String UNITS = "year:int, month:int, day:int, hour:int";
    private static final String HOURLY = "${year}/${month}/${day}/${hour}";
    private static final LocalDateTime NEWEST = LocalDateTime.of(2026, 11, 20, 11, 0);
    private static final int HOURS = 10_000;

    /** As many hours as {@link #HOURS}, the newest last. */
    private static WalkedTable hourly(String layout, String keys, String pattern, LocalDateTime newest) {
        DateTimeFormatter name = DateTimeFormatter.ofPattern(pattern);
        WalkedTable lake = new WalkedTable(layout, keys);
        IntStream.range(0, HOURS).forEach(i -> lake.data(newest.minusHours(i).format(name)));
        return lake;
    }

    @ParameterizedTest
    @EnumSource(StartAfterInside.class)
    void hourlyTableWithNothingNewCostsFiveRequestsForTwoDays(StartAfterInside inside) {
        WalkedTable lake = hourly(HOURLY, UNITS, "yyyy/MM/dd/HH", NEWEST);
        lake.s3.startAfterInside(inside);

        assertThat(lake.from(NEWEST.minusHours(48))).hasSize(49);
        assertThat(lake.lists()).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource(StartAfterInside.class)
    void anotherDayCostsOneRequestMore(StartAfterInside inside) {
        WalkedTable lake = hourly(HOURLY, UNITS, "yyyy/MM/dd/HH", NEWEST);
        lake.s3.startAfterInside(inside);

        assertThat(lake.from(NEWEST.minusHours(72))).hasSize(73);
        assertThat(lake.lists()).isEqualTo(6);
    }

    @ParameterizedTest(name = "{0} by {1}, written {2}: {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "${at}    | at:string:yyyy/MM/dd/HH | yyyy/MM/dd/HH | 5",
                "v1/${at}/raw | at:string:yyyy/MM/dd/HH | 'v1/'yyyy/MM/dd/HH'/raw' | 5 + 49",
                "dt=${dt}/${hour} | dt:date, hour:int | 'dt='yyyy-MM-dd/HH | 1 + 3",
                "${at}    | at:string:yyyy-MM-dd/HH | yyyy-MM-dd/HH | 1 + 3",
                "${at}    | at:string:yyyyMMddHH    | yyyyMMddHH    | 1",
                "hive     | year:int, month:int, day:int, hour:int"
                        + " | 'year='yyyy/'month='MM/'day='dd/'hour='HH | 1 + 1 + 1 + 3",
                "hive     | year:int, month:int, day:int, hour:int"
                        + " | 'year='yyyy/'month='M/'day='d/'hour='H | 1 + 1 + 1 + 3",
                "hive     | dt:date, hour:int | 'dt='yyyy-MM-dd/'hour='HH | 1 + 3",
            })
    void windowOfTwoDaysCosts(String layout, String keys, String pattern, String lists) {
        WalkedTable lake = hourly(layout, keys, pattern, NEWEST);

        assertThat(lake.from(NEWEST.minusHours(48))).hasSize(49);
        assertThat(lake.lists())
                .isEqualTo(IntStream.of(List.of(lists.split(" \\+ ")).stream()
                                .mapToInt(Integer::parseInt)
                                .toArray())
                        .sum());
    }

    @Test
    void windowOverTheEndOfAMonthOrYearCostsTwoMore() {
        for (LocalDateTime newest : List.of(LocalDateTime.of(2026, 11, 2, 5, 0), LocalDateTime.of(2027, 1, 2, 5, 0))) {
            WalkedTable lake = hourly(HOURLY, UNITS, "yyyy/MM/dd/HH", newest);

            assertThat(lake.from(newest.minusHours(48))).hasSize(49);
            assertThat(lake.lists()).as("two months, their days, 3 days").isEqualTo(2 + 2 + 3);
        }
    }

    @Test
    void longWindowGoesThroughAllLevels() {
        WalkedTable lake = hourly(HOURLY, UNITS, "yyyy/MM/dd/HH", NEWEST);

        assertThat(lake.from(LocalDateTime.of(2026, 9, 30, 12, 0))).hasSize(12 + 31 * 24 + 19 * 24 + 12);
        assertThat(lake.lists())
                .as("what lies behind two months, the years, the year, 3 months, 1 + 31 + 20 days")
                .isEqualTo(2 + 1 + 1 + 3 + 52);
    }

    @ParameterizedTest
    @EnumSource(StartAfterInside.class)
    void daysBeforeTheWindowAreJumpedOver(StartAfterInside inside) {
        LocalDate newest = NEWEST.toLocalDate();
        WalkedTable hive = new WalkedTable("hive", "dt:date");
        IntStream.range(0, 40_000).forEach(i -> hive.data("dt=" + newest.minusDays(i)));
        hive.s3.startAfterInside(inside);

        assertThat(hive.from(NEWEST.minusHours(48))).hasSize(2);
        assertThat(hive.lists()).isEqualTo(2);
    }

    @Test
    void everySpellingOfAKeyIsJumpedOverByItself() {
        LocalDate newest = NEWEST.toLocalDate();
        WalkedTable lake = new WalkedTable("hive", "dt:date");
        IntStream.range(0, 2_500)
                .forEach(i -> lake.data("dt=" + newest.minusDays(3L * i), "Dt=" + newest.minusDays(3L * i + 1)));
        IntStream.range(0, 2_500).forEach(i -> lake.data("d%74=" + newest.minusDays(3L * i + 2)));

        List<Partition> found = lake.from(NEWEST.toLocalDate().minusDays(3).atStartOfDay());

        assertThat(WalkedTable.paths(found))
                .containsExactly("Dt=2026-11-19/", "d%74=2026-11-18/", "dt=2026-11-17/", "dt=2026-11-20/");
        assertThat(lake.lists()).isEqualTo(4);
    }

    @Test
    void numbersInAnyPaddingAreFound() {
        WalkedTable lake = new WalkedTable(HOURLY, UNITS)
                .data("2026/2/8/7", "2026/02/8/07", "2026/2/08/6", "2026/02/09/0", "2026/1/9/9", "2026/02/7/23")
                .data("2025/12/31/23", "2026/10/1/0", "2026/03/1/00");

        assertThat(WalkedTable.paths(lake.from(LocalDateTime.of(2026, 2, 8, 7, 0))))
                .containsExactly("2026/02/09/0/", "2026/02/8/07/", "2026/03/1/00/", "2026/10/1/0/", "2026/2/8/7/");
    }

    @Test
    void midnightInOneDigitIsFound() {
        WalkedTable lake = new WalkedTable(HOURLY, UNITS).data("2026/11/20/0", "2026/11/20/00", "2026/11/19/23");

        assertThat(WalkedTable.paths(lake.from(LocalDateTime.of(2026, 11, 20, 0, 0))))
                .containsExactly("2026/11/20/0/", "2026/11/20/00/");
    }

    @Test
    void keysAboveTheTimeAreListedFullyAndTheWindowAppliesBelow() {
        WalkedTable lake = new WalkedTable("${region}/" + HOURLY, "region:string, " + UNITS);
        for (String region : List.of("eu", "us")) {
            IntStream.range(0, 2_000)
                    .forEach(i -> lake.data(
                            region + "/" + NEWEST.minusHours(i).format(DateTimeFormatter.ofPattern("yyyy/MM/dd/HH"))));
        }

        assertThat(lake.from(NEWEST.minusHours(48))).hasSize(2 * 49);
        assertThat(lake.lists()).isEqualTo(1 + 2 * 5);
    }

    @Test
    void keysBelowTheTimeAreWalkedInFull() {
        WalkedTable lake = new WalkedTable("${dt}/${region}", "dt:date, region:string")
                .data("2026-11-17/us", "2026-11-18/eu", "2026-11-18/us", "2026-11-19/0");

        assertThat(WalkedTable.paths(lake.from(LocalDateTime.of(2026, 11, 18, 0, 0))))
                .containsExactly("2026-11-18/eu/", "2026-11-18/us/", "2026-11-19/0/");
    }

    @Test
    void formatThatDoesNotSortIsPrunedByItsValueAlone() {
        WalkedTable lake = new WalkedTable("${dt}/${hour}", "dt:string:dd-MM-yyyy, hour:int")
                .data("01-12-2026/05", "19-11-2026/05", "20-11-2026/05", "30-10-2026/05");

        assertThat(WalkedTable.paths(lake.from(LocalDateTime.of(2026, 11, 20, 0, 0))))
                .containsExactly("01-12-2026/05/", "20-11-2026/05/");
        assertThat(lake.lists()).isEqualTo(1 + 2);
    }

    @Test
    void nullsAreFoundBecauseNobodyKnowsTheirTime() {
        WalkedTable lake = new WalkedTable("hive", "dt:date, hour:int")
                .data("dt=__HIVE_DEFAULT_PARTITION__/hour=5", "dt=2026-11-20/hour=__HIVE_DEFAULT_PARTITION__")
                .data("dt=2026-11-19/hour=__HIVE_DEFAULT_PARTITION__");

        assertThat(WalkedTable.paths(lake.from(LocalDateTime.of(2026, 11, 20, 0, 0))))
                .containsExactly(
                        "dt=2026-11-20/hour=__HIVE_DEFAULT_PARTITION__/", "dt=__HIVE_DEFAULT_PARTITION__/hour=5/");
        assertThat(lake.within(new PeriodBounds(lake.keys, LocalDateTime.of(2026, 11, 20, 0, 0), NEWEST)))
                .isEmpty();
    }

    @Test
    void strangeNameBehindTheMonthHidesNothing() {
        WalkedTable lake = new WalkedTable(HOURLY, UNITS)
                .data("2026/11/20/05", "_spark_metadata", "2026/12", "2026/110", "2026/11-old/1/1", "tmp/1/1/1");
        lake.s3.put("lake", "t/2026/110", "").put("lake", "t/readme", "");

        assertThat(WalkedTable.paths(lake.from(LocalDateTime.of(2026, 11, 18, 0, 0))))
                .containsExactly("2026/11/20/05/");
    }

    @Test
    void tableOfAnotherTimeIsEmptyInTheWindow() {
        WalkedTable lake = new WalkedTable(HOURLY, UNITS).data("2025/11/20/05");

        assertThat(lake.from(LocalDateTime.of(2026, 11, 18, 0, 0))).isEmpty();
        assertThat(lake.lists()).isEqualTo(2);
    }

    @Test
    void oneLevelCostsOneRequestWithAndWithoutAWindow() {
        WalkedTable lake = new WalkedTable("${dt}", "dt:date").data("2026-11-19", "2026-11-20");

        assertThat(lake.all()).hasSize(2);
        assertThat(lake.lists()).isEqualTo(1);
        assertThat(lake.from(LocalDateTime.of(2026, 11, 20, 0, 0))).hasSize(1);
        assertThat(lake.listed()).extracting(Call::target).containsExactly("lake/t/");
        assertThat(lake.listed()).extracting(call -> call.fact("start-after")).containsExactly("t/2026-11-20");
    }
}
