package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.alltables.AllTablesFolder;
import io.fanin.core.alltables.Selection;
import io.fanin.core.tables.SkippedTable;
import io.fanin.core.tables.SkippedTable.Reason;
import io.fanin.model.json.Json;
import io.fanin.model.run.Execution;
import io.fanin.model.run.RunId;
import io.fanin.model.spec.OnPartial;
import io.fanin.tablecreator.events.Announcer;
import io.fanin.tablecreator.notices.Notice;
import io.fanin.tablecreator.notices.NoticeListener;
import io.fanin.tablecreator.notices.Notices;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Tables that no execution is started for, since something is wrong with their specs. */
class LeftOutTablesTest {

    private static final String SPEC = "s3://specs/broken.json";

    private final RunFixture fixture = new RunFixture();
    private final List<Notice> told = new ArrayList<>();
    private boolean isDown;
    private final Notices notices = new Notices(List.of(new Listener()), fixture.clock);

    private final class Listener implements NoticeListener {

        @Override
        public String name() {
            return "people";
        }

        @Override
        public void send(Notice notice) {
            if (isDown) {
                throw SdkClientException.create("503");
            }
            told.add(notice);
        }
    }

    /** Each notice takes as long as a request may. */
    private final class HangingListener implements NoticeListener {

        @Override
        public String name() {
            return "hanging";
        }

        @Override
        public void send(Notice notice) {
            fixture.clock.advance(Duration.ofSeconds(65));
            throw SdkClientException.create("timed out");
        }
    }

    /** The output of the execution. */
    private JsonNode run(String name, SkippedTable... leftOut) {
        return run(name, true, leftOut);
    }

    private JsonNode run(String name, boolean unfiltered, SkippedTable... leftOut) {
        return run(name, notices, unfiltered, leftOut);
    }

    private JsonNode run(String name, Notices listeners, boolean unfiltered, SkippedTable... leftOut) {
        RunId run = new RunId(name);
        new AllTablesFolder(fixture.state, run)
                .begin(() -> new Selection(Selection.VERSION, List.of(), List.of(leftOut), List.of(), unfiltered));
        return Json.documents()
                .valueToTree(fixture.summarizer(listeners)
                        .summary(
                                run,
                                Json.documents().createArrayNode(),
                                new Execution(
                                        "arn:aws:states:us-east-1:123456789012:execution:all-tables:" + name,
                                        name,
                                        Json.documents().createObjectNode(),
                                        Optional.empty(),
                                        OptionalInt.empty())));
    }

    private static SkippedTable flights(Reason reason) {
        return new SkippedTable(SPEC, Optional.of(RunFixture.FLIGHTS), reason, "the spec is cut short: correct it");
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"UNREADABLE", "SEVERAL_SPECS", "NO_LONGER_USABLE"})
    void tableThatIsLeftOutByMistakeIsToldOnce(Reason reason) {
        run("one", flights(reason));
        run("two", flights(reason));

        assertThat(told).hasSize(1);
        assertThat(told.getFirst().title()).isEqualTo("Table analytics.flights is left out");
        assertThat(told.getFirst().what())
                .isEqualTo("runs of all tables leave it out; what was registered stays registered, and nothing new is");
        assertThat(told.getFirst().why()).isEqualTo(reason + ": the spec is cut short: correct it");
        assertThat(fixture.record().isLeftOut()).isTrue();
    }

    /** Such as the id of a request, which AWS gives with some refusals. */
    @Test
    void partThatDiffersEachTimeMakesNoOtherReason() {
        for (int i = 0; i < 3; i++) {
            run(
                    "run-" + i,
                    new SkippedTable(
                            "raw",
                            Optional.empty(),
                            Reason.UNREADABLE,
                            "not authorized to perform: kms:Decrypt (Service: AWSKMS; Status Code: 400; Request ID:"
                                    + " 5e3a9f0e-8c1b-4f7e-9d55-00000000000" + i + ")"));
        }

        assertThat(told).hasSize(1);
        assertThat(told.getFirst().why()).contains("Request ID: 5e3a9f0e-8c1b-4f7e-9d55-000000000000");
    }

    /** As with two specs of one table, of which one is broken. */
    @Test
    void tableThatIsLeftOutForSeveralReasonsIsToldOnce() {
        SkippedTable broken = new SkippedTable(
                "s3://specs/a.json", Optional.of(RunFixture.FLIGHTS), Reason.UNREADABLE, "the spec is cut short");
        SkippedTable second = new SkippedTable(
                "s3://specs/b.json", Optional.of(RunFixture.FLIGHTS), Reason.SEVERAL_SPECS, "it has another spec");

        run("one", broken, second);
        run("two", second, broken);

        assertThat(told).hasSize(1);
        assertThat(told.getFirst().why()).isEqualTo("UNREADABLE: the spec is cut short");

        run("three", second);

        assertThat(told).extracting(Notice::kind).containsExactly("new", "changed");
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"DISABLED", "UNUSABLE"})
    void tableThatIsMeantToBeLeftOutIsNot(Reason reason) {
        run("one", flights(reason));

        assertThat(told).isEmpty();
    }

    @Test
    void outputSaysHowManyAreLeftOutByMistake() {
        SkippedTable[] one =
                Stream.of(Reason.values()).map(LeftOutTablesTest::flights).toArray(SkippedTable[]::new);

        JsonNode output = run("one", one);

        assertThat(output.path("leftOut").asInt()).isEqualTo(6);
        assertThat(output.path("leftOutByMistake").asInt()).isEqualTo(3);
        assertThat(run("two").path("leftOutByMistake").asInt(-1)).isZero();
    }

    @Test
    void itIsOverOnceTheTableIsRun() {
        run("one", flights(Reason.UNREADABLE));
        fixture.writeSpec(RunFixture.RUN, OnPartial.FAIL);

        announcements().ended(Ends.ended("SUCCEEDED", null, 1));

        assertThat(told).extracting(Notice::kind).containsExactly("new", "healed");
        assertThat(fixture.record().isLeftOut()).isFalse();
    }

    @Test
    void specThatDoesNotSayItsTableIsToldByItsUri() {
        SkippedTable unknown = new SkippedTable(SPEC, Optional.empty(), Reason.UNREADABLE, "it is not JSON");
        run("one", unknown);
        run("two", unknown);

        assertThat(told).hasSize(1);
        assertThat(told.getFirst().title()).isEqualTo("Table " + SPEC + " is left out");
        assertThat(told.getFirst().why()).isEqualTo("UNREADABLE: it is not JSON");
        String input = "{\"AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID\":\"arn:x\",\"spec\":\"" + SPEC + "\"}";

        announcements().ended(Ends.read(Ends.end("SUCCEEDED", null, 1).put("input", input)));

        assertThat(told).extracting(Notice::kind).containsExactly("new", "healed");
    }

    /** Neither an execution nor a table of theirs tells it. */
    @ParameterizedTest
    @ValueSource(strings = {SPEC, "raw_x"})
    void endOfADatabaseOrSpecWithoutATableIsToldByTheNextRunOfAllTables(String what) {
        run("one", new SkippedTable(what, Optional.empty(), Reason.UNREADABLE, "refused"));

        run("of-some", false);

        assertThat(told).extracting(Notice::kind).containsExactly("new");

        run("two");
        run("three");

        assertThat(told).extracting(Notice::kind).containsExactly("new", "healed");
    }

    @Test
    void endThatCouldNotBeToldIsToldByTheNextRun() {
        run("one", new SkippedTable(SPEC, Optional.empty(), Reason.UNREADABLE, "refused"));
        isDown = true;
        run("two");
        isDown = false;
        run("three");
        run("four");

        assertThat(told).extracting(Notice::kind).containsExactly("new", "healed");
    }

    @Test
    void tableWithOneSpecLessOfSeveralIsNotHealed() {
        SkippedTable second = new SkippedTable(
                "s3://specs/second.json", Optional.of(RunFixture.FLIGHTS), Reason.SEVERAL_SPECS, "two");
        run("one", flights(Reason.SEVERAL_SPECS), second);

        run("two", flights(Reason.SEVERAL_SPECS));

        assertThat(told).extracting(Notice::kind).doesNotContain("healed");
        assertThat(fixture.record().isLeftOut()).isTrue();
    }

    /** No run takes it up. */
    @Test
    void partialTableThatIsNoLongerLeftOutByMistakeIsToldWithoutACauseToRemove() {
        announcements()
                .passEnded(
                        fixture.folder(RunFixture.RUN),
                        fixture.pass(RunFixture.RUN, 0, RunFixture.hours(2))
                                .failing(0)
                                .register(),
                        RunFixture.execution(RunFixture.RUN, OptionalInt.empty()),
                        fixture.records.open(RunFixture.FLIGHTS));
        run("one", flights(Reason.UNREADABLE));

        run("two", flights(Reason.DISABLED));

        assertThat(told).extracting(Notice::title).last().isEqualTo("Table analytics.flights is partial");
        assertThat(told.getLast().command()).startsWith("fanin status analytics.flights");
    }

    /** Together they would outlast the function. */
    @Test
    void listenerThatDoesNotAnswerHoldsUpNeitherPageNorMetricsNorOthers() {
        SkippedTable[] many = IntStream.range(0, 20)
                .mapToObj(i -> new SkippedTable(SPEC + i, Optional.empty(), Reason.UNREADABLE, "refused"))
                .toArray(SkippedTable[]::new);
        Instant before = fixture.clock.instant();

        run("one", new Notices(List.of(new HangingListener(), new Listener()), fixture.clock), true, many);

        assertThat(fixture.clock.instant()).isBefore(before.plus(Duration.ofMinutes(3)));
        assertThat(fixture.lines)
                .singleElement()
                .satisfies(line ->
                        assertThat(json(line).at("/_aws/Timestamp").asLong()).isEqualTo(before.toEpochMilli()));
        assertThat(told).hasSize(20);
    }

    @Test
    void endOfATableThatIsNoneAnyMoreIsTold() {
        run("one", flights(Reason.UNREADABLE));
        run("two");

        assertThat(told).extracting(Notice::kind).containsExactly("new", "healed");
        assertThat(told.getLast().title()).isEqualTo("Table analytics.flights is no longer left out");
        assertThat(told.getLast().what())
                .isEqualTo("runs of all tables take it up, or it is no table of theirs any more");
        assertThat(fixture.record().isLeftOut()).isFalse();
    }

    @Test
    void pageOfATableThatIsTakenUpAgainDoesNotSayThatItIsLeftOut() {
        run("one", flights(Reason.UNREADABLE));

        fixture.pass(RunFixture.RUN, 0, RunFixture.hours(2)).registerAndTell(announcements());

        assertThat(fixture.aws
                        .s3()
                        .text(RunFixture.STATE, "tables/analytics/flights/index.html")
                        .orElseThrow())
                .contains("analytics.flights")
                .doesNotContain("leave it out");
    }

    private Announcements announcements() {
        return fixture.announcements(new Announcer(List.of()), notices, fixture.figures);
    }
}
