package io.fanin.detector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.DetectionReport;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random tables with random registrations and failures: {@code full} finds what a naive comparison finds, and
 * {@code list} with a window finds of it what lies within.
 */
class AgreementTest {

    private static final int TABLES = 4;

    @ParameterizedTest(name = "{0} by {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "dt:date, hour:int                                  | hive",
                "year:int, month:int, day:int, hour:int             | hive",
                "year:string, month:string, day:string, hour:string | ${year}/${month}/${day}/${hour}",
                "year:int, month:string, day:int, hour:string       | ${year}-${month}/${day}/h${hour}",
                "region:string, dt:date, hour:int                   | hive",
                "hour:int, dt:date                                  | hive",
                "at:string:yyyy/MM/dd/HH                            | ${at}",
                "at:string:dd-MM-yyyy-HH                            | hive",
                "at:timestamp:yyyy-MM-dd-HH                         | hive",
                "region:string, shard:int                           | hive",
            })
    void listAgreesWithFullAndFullWithANaiveComparison(String keys, String layout) {
        int windows = 0;
        boolean isTimed = true;
        for (long seed = 1; seed <= TABLES; seed++) {
            RandomTable table = new RandomTable(keys, layout, new Random(seed));
            DetectorFixture fixture = table.fixture;
            isTimed = table.isTimed();
            String context = keys + ", seed " + seed;

            Set<String> whole = found(fixture, "full", table.spec("'mode': 'full', 'lateData': true"));
            Set<String> within = found(fixture, "list", table.spec("'mode': 'list', 'lateData': true"));

            assertThat(whole).as(context).isEqualTo(table.expected(one -> true));
            DetectionReport full = fixture.detection("full").orElseThrow();
            table.require(full, context);
            DetectionReport list = fixture.detection("list").orElseThrow();
            Optional<LocalDateTime> from = list.from().map(LocalDateTime::parse);
            windows += from.isPresent() ? 1 : 0;
            assertThat(whole).as("nothing else, from %s, %s", from, context).containsAll(within);
            assertThat(within)
                    .as("nothing less, from %s, %s", from, context)
                    .containsAll(table.expected(table.withinWindow(from)));
            assertThat(list.counts().setAside().count())
                    .as(context)
                    .isEqualTo(full.counts().setAside().count());
            assertThat(list.newest()).as(context).isEqualTo(full.newest());
        }
        assertThat(windows > 0).as("windows, where the keys are times").isEqualTo(isTimed);
    }

    /** The prefixes with the values under which they would be processed. */
    private static Set<String> found(DetectorFixture fixture, String run, JsonNode spec) {
        return fixture.detect(run, spec).next() == NextStep.PROCESS
                ? fixture.work(run).stream().map(Partition::toString).collect(Collectors.toSet())
                : Set.of();
    }
}
