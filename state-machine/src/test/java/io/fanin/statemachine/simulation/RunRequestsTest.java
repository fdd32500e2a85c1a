package io.fanin.statemachine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.retry.Backoff;
import io.fanin.fakes.Call;
import io.fanin.fakes.FakeAws;
import io.fanin.statemachine.simulation.Tables.Invocation;
import io.fanin.tablecreator.events.Announcer;
import io.fanin.tablecreator.events.EventBus;
import io.fanin.tablecreator.notices.NoticeEvents;
import io.fanin.tablecreator.notices.NoticeFormat;
import io.fanin.tablecreator.notices.Notices;
import io.fanin.tablecreator.notices.Topic;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The requests to the state bucket of a whole run with 24 partitions: the second run of a table, as in every hour. */
class RunRequestsTest {

    private static final String TABLE = "raw_x.flights";
    private static final String TABLE_FOLDER = "tables/raw_x/flights/";
    private static final String RECORD = TABLE_FOLDER + "state.json";
    private static final String LEASE = TABLE_FOLDER + "lease.json";
    private static final String RUN = "runs/second/";
    private static final JsonNode INPUT = Tables.json("{\"database\": \"raw_x\", \"table\": \"flights\"}");

    @Test
    void detectorAsksFiveTimes() {
        assertThat(requests(secondRun(new Tables()), "DetectorArn"))
                .containsExactly(
                        "GetObject " + LEASE,
                        "GetObject " + RECORD,
                        "PutObject " + LEASE,
                        "PutObject " + RUN + "spec.json",
                        "PutObject " + RUN + "pass-0/manifest.json");
    }

    @Test
    void processorReadsTheSpecOnceAndWritesItsResults() {
        List<String> expected = new ArrayList<>(List.of("GetObject " + RUN + "spec.json"));
        IntStream.range(0, 24).forEach(batch -> expected.add("PutObject " + result(batch)));

        assertThat(requests(secondRun(new Tables()), "ProcessorArn")).containsExactlyElementsOf(expected);
    }

    @Test
    void tableCreatorAsksFourteenTimesBesideTheResults() {
        List<String> expected = new ArrayList<>(List.of(
                "GetObject " + RUN + "spec.json",
                "GetObject " + RUN + "pass-0/manifest.json",
                "GetObject " + RECORD,
                "PutObject " + LEASE));
        IntStream.range(0, 24).forEach(batch -> expected.add("GetObject " + result(batch)));
        expected.addAll(List.of(
                "PutObject " + RECORD,
                "PutObject " + RUN + "pass-0/report.json",
                "PutObject " + RUN + "report.json",
                "PutObject " + LEASE,
                "GetObject " + TABLE_FOLDER + "calendar.json",
                "PutObject " + TABLE_FOLDER + "calendar.json",
                "GetObject " + TABLE_FOLDER + "history.json",
                "PutObject " + TABLE_FOLDER + "history.json",
                "PutObject " + RUN + "report.html",
                "PutObject " + TABLE_FOLDER + "index.html"));

        List<String> requests = requests(secondRun(new Tables()), "TableCreatorArn");

        assertThat(requests).containsExactlyElementsOf(expected).hasSize(38);
    }

    @Test
    void tellingTheBusCostsTwoMore() {
        Tables tables = new Tables(aws -> new Announcer(List.of(bus(aws))), any -> Notices.NONE);

        assertThat(requests(secondRun(tables), "TableCreatorArn"))
                .hasSize(38 + 2)
                .endsWith(
                        "GetObject " + RUN + "told/0-complete-event.json",
                        "PutObject " + RUN + "told/0-complete-event.json");
    }

    @Test
    void peopleCostNothingAsLongAsThereIsNothingToTell() {
        Tables tables = new Tables(
                aws -> new Announcer(List.of()),
                told -> new Notices(
                        List.of(
                                new NoticeEvents(bus(told.aws)),
                                new Topic(() -> told.aws.sns().client(), "arn", NoticeFormat.TEXT)),
                        told.clock));

        assertThat(requests(secondRun(tables), "TableCreatorArn")).hasSize(38);
        assertThat(tables.aws.sns().published()).isEmpty();
    }

    private static EventBus bus(FakeAws aws) {
        return new EventBus(() -> aws.events().client(), "default", new Backoff(pause -> {}));
    }

    @Test
    void invocationReadsNothingTwice() {
        assertThat(secondRun(new Tables()).invocations)
                .hasSize(1 + 24 + 1)
                .allSatisfy(invocation -> assertThat(invocation.calls().stream()
                                .filter(call -> call.operation().equals("GetObject"))
                                .map(Call::target))
                        .doesNotHaveDuplicates());
    }

    private static Tables secondRun(Tables tables) {
        tables.table(TABLE, Map.of("fanin.detection", "{\"mode\": \"list\", \"lookback\": \"P60D\"}"));
        LocalDate first = LocalDate.parse("2026-10-01");
        tables.day(TABLE, first.toString(), "{\"carrier\": \"AA\"}");
        tables.runTable("first", INPUT);
        for (int day = 1; day <= 24; day++) {
            tables.day(TABLE, first.plusDays(day).toString(), "{\"carrier\": \"AA\"}");
        }
        tables.invocations.clear();
        tables.runTable("second", INPUT);
        assertThat(tables.ends.get("second").hasSucceeded()).isTrue();
        return tables;
    }

    private static List<String> requests(Tables tables, String function) {
        return tables.invocations.stream()
                .filter(invocation -> invocation.function().equals(function))
                .map(Invocation::calls)
                .flatMap(List::stream)
                .filter(call -> call.target().startsWith("state/"))
                .map(call -> call.operation() + " " + call.target().replace("state/", ""))
                .toList();
    }

    private static String result(int batch) {
        return RUN + "pass-0/results/" + batch + ".json";
    }
}
