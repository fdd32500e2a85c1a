package io.fanin.tablecreator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.fakes.ManualClock;
import io.fanin.model.cost.TableSeries;
import io.fanin.model.json.Json;
import io.fanin.model.run.RunId;
import io.fanin.model.table.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The minute in which held runs are counted: the failure of their execution follows, and CloudWatch adds up by minutes.
 */
class HeldMetricTest {

    private static final RunId RUN = new RunId("nightly-1");

    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final List<String> lines = new ArrayList<>();
    private final HeldMetric metric = new HeldMetric(
            new TableMetrics(Optional.of("stack"), TableSeries.NONE, clock, lines::add), clock, clock::advance);

    @Test
    void runsOfOneTableAndOfAllAreCountedInTheMinuteInWhichTheyFail() {
        Stream.<Consumer<HeldMetric>>of(
                        held -> held.count(new TableName("analytics", "flights"), RUN),
                        held -> held.countAllTables(RUN))
                .forEach(run -> {
                    assertThat(counted(run, "2013-02-10T00:00:56.9Z")).isEqualTo("2013-02-10T00:00:56.900Z");
                    assertThat(counted(run, "2013-02-10T00:00:58Z")).isEqualTo("2013-02-10T00:01:00Z");
                });
    }

    private String counted(Consumer<HeldMetric> run, String arrival) {
        clock.set(Instant.parse(arrival));
        run.accept(metric);
        return Instant.ofEpochMilli(Json.treeOrMissing(lines.getLast())
                        .at("/_aws/Timestamp")
                        .asLong())
                .toString();
    }
}
