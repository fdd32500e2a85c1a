package io.fanin.statemachine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Histories of executions of one table with injected faults of all kinds. {@code -Dsimulation.histories} sets their
 * number, {@code -Dsimulation.first} the first seed.
 */
class SimulationTest {

    private static final long HISTORIES = Long.getLong("simulation.histories", 500);
    private static final long FIRST = Long.getLong("simulation.first", 1);

    /** Enough histories for every kind of fault to occur. */
    private static final long ALL_FAULTS_WITHIN = 500;

    /** Other events of the histories, each in at least one of this many. */
    private static final Map<FaultKind, Integer> PLAYED = Map.ofEntries(
            Map.entry(FaultKind.INBOX_TAKEN_UP, 10),
            Map.entry(FaultKind.WAIVER_HELD, 30),
            Map.entry(FaultKind.WAIVER_TAKEN_BACK, 100),
            Map.entry(FaultKind.PERIOD_MISSING_AT_LAST, 30),
            Map.entry(FaultKind.GAP_WAIVED_AT_LAST, 100),
            Map.entry(FaultKind.GAPS_NOT_COUNTED, 200),
            Map.entry(FaultKind.PARTITION_WAITED, 20),
            Map.entry(FaultKind.MARKER_CAME, 30),
            Map.entry(FaultKind.TABLE_MOVED, 50),
            Map.entry(FaultKind.BUCKET_CHANGED, 100),
            Map.entry(FaultKind.DATA_FOLLOWED, 50),
            Map.entry(FaultKind.A_MONTH_PASSED, 50),
            Map.entry(FaultKind.PREFIX_EMPTIED, 20),
            Map.entry(FaultKind.PREFIX_FILLED_AGAIN, 50),
            Map.entry(FaultKind.PARTITION_DEREGISTERED, 50),
            Map.entry(FaultKind.DEREGISTRATION_REFUSED, 500),
            Map.entry(FaultKind.TOO_MUCH_VANISHED, 500),
            Map.entry(FaultKind.DATA_CAME_BACK_IN_TIME, 500),
            Map.entry(FaultKind.DATA_CAME_BACK_TOO_LATE, 500),
            Map.entry(FaultKind.OLD_PARTITION_VERIFIED, 20),
            Map.entry(FaultKind.RAW_DATA_EXPIRED, 20),
            Map.entry(FaultKind.VERSION_REMOVED, 100),
            Map.entry(FaultKind.VERSION_RESTORED, 200));

    /**
     * Mutants that few histories reveal, each with the seed of one that does. Trying it first saves playing all earlier
     * ones, and costs one history if it is outdated.
     */
    private static final Map<Mutant, Long> SHOWN_BY = Map.of(
            Mutant.FORGETS_WAIVED_GAPS, 63L,
            Mutant.BLAMES_PARTITIONS_FOR_THROTTLING, 28L,
            Mutant.FORGETS_WHAT_IS_WAIVED, 35L,
            Mutant.ADDS_REMOVED_COLUMNS, 130L,
            Mutant.TAKES_NO_ANSWER_FOR_AN_EMPTY_LISTING, 191L,
            Mutant.FORGETS_WHICH_TABLE, 50L,
            Mutant.TAKES_ANY_TABLE_FOR_ITS_OWN, 199L,
            Mutant.DEREGISTERS_WHAT_OTHERS_REGISTERED, 62L,
            Mutant.DEREGISTERS_UNASKED, 54L);

    /** The seed up to which the search needs no entry in {@link #SHOWN_BY}. */
    private static final long SOON = 20;

    /** The number of histories within which a broken product is noticed. */
    private static final long CAUGHT_WITHIN = 1000;

    @Test
    @Timeout(value = 80, unit = TimeUnit.MINUTES)
    void whatTheTableSaysIsTrueWhateverGoesWrong() {
        Statistics tally = new Statistics();

        LongStream.range(FIRST, FIRST + HISTORIES)
                .parallel()
                .mapToObj(History::of)
                .forEach(tally::add);

        System.out.println(tally);
        assertThat(tally.smallestBad()).as("%s", tally).isEmpty();
        if (HISTORIES >= ALL_FAULTS_WITHIN) {
            assertThat(tally.seen()).as("%s", tally).containsExactlyInAnyOrder(FaultKind.values());
            PLAYED.forEach((kind, oneIn) ->
                    assertThat(tally.share(kind)).as("%s in %s", kind, tally).isGreaterThanOrEqualTo(1.0 / oneIn));
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "simulation.seed", matches = "\\d+")
    void oneSeed() {
        History history = History.of(Long.getLong("simulation.seed"));

        assertThat(history.violations()).as("%s", history).isEmpty();
    }

    @Test
    void sameSeedGivesTheSameHistory() {
        assertThat(History.of(7).requests().lines())
                .isEqualTo(History.of(7).requests().lines());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void brokenProductIsCaught(Mutant mutant) {
        LongStream likely = Stream.ofNullable(SHOWN_BY.get(mutant)).mapToLong(Long::longValue);
        OptionalLong shownBy = LongStream.concat(likely, LongStream.rangeClosed(1, CAUGHT_WITHIN))
                .filter(seed -> !History.of(seed, mutant).isGood())
                .findFirst();

        assertThat(shownBy).isPresent();
        if (shownBy.getAsLong() > SOON && !SHOWN_BY.containsValue(shownBy.getAsLong())) {
            System.out.println(mutant + " is shown by " + shownBy.getAsLong());
        }
    }
}
