package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.NAMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.CatalogUnavailableException;
import io.fanin.core.run.Next;
import io.fanin.core.run.detection.Reason;
import io.fanin.core.s3.S3AccessException;
import io.fanin.core.s3.S3Pages;
import io.fanin.fakes.Call;
import io.fanin.fakes.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** When S3 or Glue fail: what is found is right, or the run fails with the cause. Never a smaller answer. */
class DetectorFaultsTest {

    private static final String LIST = "ListObjectsV2";
    private static final String FULL = ", 'detection': {'mode': 'full'}";
    private static final String LATE = ", 'detection': {'mode': 'full', 'lateData': true}";
    private static final String EVENTS = ", 'detection': {'mode': 'events'}";
    private static final String TOLD = "flights/dt=2026-11-05/hour=7/";

    private final DetectorFixture fixture = new DetectorFixture();

    /** Nine days of three hours. */
    private DetectorFixture days() {
        IntStream.rangeClosed(1, 9)
                .forEach(day -> IntStream.rangeClosed(6, 8)
                        .forEach(hour -> fixture.data("dt=2026-11-0" + day + "/hour=" + hour)));
        return fixture;
    }

    private static Predicate<Call> under(String target) {
        return call -> call.target().startsWith("lake/flights/" + target);
    }

    /** Fails, and leaves nothing behind that says that it had found something. */
    private Throwable failure(String spec) {
        fixture.quiet();

        Throwable failure = catchThrowable(() -> fixture.detect(spec));

        assertThat(failure).isNotNull();
        assertThat(fixture.writes()).allMatch(write -> write.endsWith(DetectorFixture.LEASE));
        assertThat(fixture.stored("runs/r1/pass-0/manifest.json")).isEmpty();
        assertThat(fixture.aws.log().calls()).extracting(Call::operation).doesNotContain("DeleteMessageBatch");
        return failure;
    }

    @ParameterizedTest
    @CsvSource({"'', 1", "'', 2", "dt=2026-11-05/, 1", "dt=2026-11-05/, 2"})
    void listingThatIsCutShortIsAskedForAgain(String where, int times) {
        days().aws.faults().on(LIST).where(under(where)).first(times).thenTruncate();

        assertThat(fixture.detect(COMPLETE).partitions()).isEqualTo(27);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dt=2026-11-05/"})
    void listingThatStaysCutShortFailsTheRun(String where) {
        days().aws
                .faults()
                .on(LIST)
                .where(call -> call.target().equals("lake/flights/" + where))
                .first(S3Pages.ATTEMPTS)
                .thenTruncate();

        assertThat(failure(COMPLETE)).isInstanceOf(SdkClientException.class).hasMessageContaining("XML");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dt=2026-11-05/"})
    void listingThatHasNoBodyIsAskedForAgain(String where) {
        days().aws.faults().on(LIST).where(under(where)).first(2).thenAfter(new Fault.Empty());

        assertThat(fixture.detect(COMPLETE).partitions()).isEqualTo(27);
    }

    @Test
    void listingThatNeverHasABodyFailsTheRun() {
        days().aws.faults().on(LIST).where(under("dt=2026-11-05/")).thenAfter(new Fault.Empty());

        assertThat(failure(COMPLETE)).hasMessageContaining("s3://lake/flights/dt=2026-11-05/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dt=2026-11-05/"})
    void throttlingIsWaitedOut(String where) {
        days().aws.faults().on(LIST).where(under(where)).first(2).then(Fault.slowDown());

        assertThat(fixture.detect(COMPLETE).partitions()).isEqualTo(27);
    }

    @Test
    void throttlingThatDoesNotEndFailsTheRun() {
        days().aws.faults().on(LIST).where(under("dt=2026-11-05/")).then(Fault.slowDown());

        assertThat(failure(COMPLETE)).isInstanceOf(S3Exception.class).hasMessageContaining("reduce your request rate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", FULL})
    void connectionThatBreaksIsMadeAgain(String more) {
        days().table("")
                .aws
                .faults()
                .on(LIST)
                .nth(3)
                .thenDrop()
                .on("GetPartitions")
                .nth(1)
                .thenTimeOut();

        assertThat(fixture.detect(NAMES + more).partitions()).isEqualTo(27);
    }

    @Test
    void prefixThatMayNotBeListedFailsTheRunAndIsNamed() {
        days().aws.s3().deny("lake", "flights/dt=2026-11-05/");

        assertThat(failure(COMPLETE))
                .isExactlyInstanceOf(S3AccessException.class)
                .hasMessageStartingWith("s3://lake/flights/dt=2026-11-05/ cannot be listed: access is denied");
    }

    @Test
    void bucketThatIsNotThereFailsTheRunAndIsNamed() {
        assertThat(failure(COMPLETE.replace("s3://lake/", "s3://gone/")))
                .isExactlyInstanceOf(S3AccessException.class)
                .hasMessage("s3://gone/flights/ cannot be listed: the bucket does not exist: create it, or correct the"
                        + " location");
    }

    @Test
    void bucketThatVanishesWhileItIsListedFailsTheRun() {
        days().aws.s3().pageSize(2);
        fixture.aws
                .faults()
                .on(LIST)
                .where(call -> call.target().equals("lake/flights/"))
                .nth(3)
                .thenFail(404, "NoSuchBucket", "The specified bucket does not exist");

        assertThat(failure(COMPLETE)).isExactlyInstanceOf(S3AccessException.class);
    }

    /** Names with them make a plain answer of S3 unreadable. */
    @Test
    void controlCharactersInKeysHideNothing() {
        days().data("dt=2026-11-05\u0001/hour=1", "\u0008x", "dt=2026-11-05/hour=7/a\u000bb");
        fixture.aws.s3().put("lake", "flights/dt=2026-11-05/\u0000", "");

        DetectorAnswer answer = fixture.detect(COMPLETE);

        assertThat(answer.partitions()).isEqualTo(27);
        assertThat(answer.detection().skipped()).isEqualTo(3);
    }

    @Test
    void controlCharactersInObjectsHideNothingFromALateDataLook() {
        fixture.table("").data("dt=2026-11-05/hour=7");
        fixture.aws.s3().put("lake", "flights/dt=2026-11-05/hour=7/a\u0001b\u000b", "{}");
        fixture.processed("dt=2026-11-05/hour=7", "2026-11-05", "7").settled();

        assertThat(fixture.detect(NAMES).next()).isEqualTo(Next.NOTHING_NEW);
        fixture.aws.s3().put("lake", "flights/dt=2026-11-05/hour=7/a\u0002b\u000b", "{}");
        assertThat(fixture.detect("r2", DetectorFixture.json("{" + NAMES + "}"))
                        .detection()
                        .reasons())
                .isEqualTo(Map.of(Reason.LATE, 1L));
    }

    /** What comes or goes behind the page that is read may be seen or not; all else is seen, and nothing twice. */
    @Test
    void partitionsThatComeAndGoWhileTheyAreListedDisturbNoOther() {
        days().aws.s3().pageSize(1);
        AtomicInteger turn = new AtomicInteger();
        fixture.aws.faults().on(LIST).where(under("")).thenRun(() -> {
            int number = turn.incrementAndGet();
            fixture.aws.s3().put("lake", "flights/dt=2026-11-0" + (1 + number % 9) + "/hour=1/a.json", "{}");
            fixture.aws.s3().delete("lake", "flights/dt=2026-11-0" + (1 + number * 7 % 9) + "/hour=1/a.json");
        });

        fixture.detect(COMPLETE);

        List<String> found = fixture.prefixes();
        assertThat(found).doesNotHaveDuplicates();
        assertThat(found.stream().filter(prefix -> !prefix.endsWith("/hour=1/")))
                .hasSize(27);
    }

    @Test
    void registrationsThatComeWhileTheyAreReadAreNotNewTwice() {
        days().table("").aws.glue().scanAtMost(2);
        IntStream.rangeClosed(1, 9).forEach(day -> fixture.registered("2026-11-0" + day, "7"));
        fixture.aws
                .faults()
                .on("GetPartitions")
                .nth(2)
                .thenRun(() -> fixture.aws
                        .glue()
                        .putPartition("analytics", "flights", List.of("2026-11-01", "6"), "s3://lake/x/"));

        fixture.detect(NAMES);

        assertThat(fixture.prefixes()).doesNotHaveDuplicates().hasSizeBetween(17, 18);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", FULL})
    void throttlingOfGlueIsWaitedOut(String more) {
        days().table("")
                .registered("2026-11-05", "7")
                .aws
                .faults()
                .on("GetPartitions")
                .first(9)
                .then(Fault.throttling());

        assertThat(fixture.detect(NAMES + more).partitions()).isEqualTo(26);
    }

    @Test
    void throttlingOfOneSegmentIsWaitedOut() {
        days().table("")
                .registered("2026-11-05", "7")
                .aws
                .faults()
                .on("GetPartitions")
                .where(call -> call.fact("Segment").equals("3/10"))
                .first(9)
                .then(Fault.throttling());

        assertThat(fixture.detect(NAMES + FULL).partitions()).isEqualTo(26);
    }

    @Test
    void oneSegmentThatStaysThrottledFailsTheRun() {
        days().table("")
                .aws
                .faults()
                .on("GetPartitions")
                .where(call -> call.fact("Segment").equals("3/10"))
                .then(Fault.throttling());

        assertThat(failure(NAMES + FULL))
                .isExactlyInstanceOf(CatalogUnavailableException.class)
                .hasMessageContaining("GetPartitions for table analytics.flights failed with ThrottlingException");
    }

    /** What is registered beyond the page would be new, and processed once more. */
    @ParameterizedTest
    @ValueSource(strings = {"", FULL})
    void pageOfPartitionsThatFailsAfterTheFirstFailsTheRun(String more) {
        days().table("").aws.glue().scanAtMost(2);
        IntStream.rangeClosed(1, 9).forEach(day -> fixture.registered("2026-11-0" + day, "7"));
        fixture.aws
                .faults()
                .on("GetPartitions")
                .where(call -> !call.fact("NextToken").isEmpty())
                .then(Fault.internalService());

        assertThat(failure(NAMES + more)).isExactlyInstanceOf(CatalogUnavailableException.class);
    }

    @Test
    void pageOfPartitionsThatIsDeniedAfterTheFirstFailsTheRun() {
        days().table("").aws.glue().scanAtMost(2);
        IntStream.rangeClosed(1, 9).forEach(day -> fixture.registered("2026-11-0" + day, "7"));
        fixture.aws.faults().on("GetPartitions").nth(3).thenFail(400, "AccessDeniedException", "no");

        assertThat(failure(NAMES)).isInstanceOf(CatalogException.class).hasMessageContaining("glue:GetPartitions");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ", 'detection': {'mode': 'range', 'from': '2026-11-01', 'to': '2026-11-09'}",
                ", 'detection': {'mode': 'calendar', 'from': '2026-11-01', 'to': '2026-11-09'}",
                ", 'detection': {'mode': 'partitions', 'partitions': ['dt=2026-11-05/hour=7']}"
            })
    void partitionsThatGlueDoesNotLookUpFailTheRun(String more) {
        days().table("").aws.faults().on("BatchGetPartition").then(Fault.throttling());

        assertThat(failure(NAMES + more)).isExactlyInstanceOf(CatalogUnavailableException.class);
    }

    @Test
    void keysThatGlueLeavesUnprocessedAreLookedUpAgain() {
        days().table("")
                .registered("2026-11-05", "7")
                .aws
                .faults()
                .on("BatchGetPartition")
                .first(3)
                .thenFailEntry(List.of("2026-11-05", "7"), Fault.internalService());

        DetectorAnswer answer =
                fixture.detect(NAMES + ", 'detection': {'mode': 'range', 'from': '2026-11-01', 'to': '2026-11-10'}");

        assertThat(answer.partitions()).isEqualTo(26);
    }

    /** A partition that cannot be looked into is not one that has not changed. */
    @ParameterizedTest
    @ValueSource(ints = {403, 503})
    void lateDataLookThatFailsFailsTheRun(int status) {
        days().table("").processed("dt=2026-11-05/hour=7", "2026-11-05", "7");
        fixture.aws
                .faults()
                .on(LIST)
                .where(under("dt=2026-11-05/hour=7/"))
                .then(status == 403 ? Fault.accessDenied() : Fault.slowDown());

        assertThat(failure(NAMES + LATE))
                .satisfiesAnyOf(
                        denied -> assertThat(denied).isExactlyInstanceOf(S3AccessException.class),
                        slow -> assertThat(slow).isInstanceOf(S3Exception.class).hasMessageContaining("rate"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void lateDataLookThatIsCutShortIsRepeated(int times) {
        days().table("").processed("dt=2026-11-05/hour=7", "2026-11-05", "7");
        fixture.aws
                .faults()
                .on(LIST)
                .where(under("dt=2026-11-05/hour=7/"))
                .first(times)
                .thenTruncate();

        assertThat(fixture.detect(NAMES + LATE).detection().reasons()).isEqualTo(Map.of(Reason.NEW, 26L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'marker': '_SUCCESS'", "'quietPeriod': 'PT5M'"})
    void readinessThatCannotBeToldFailsTheRun(String readiness) {
        fixture.data("dt=2026-11-05/hour=7")
                .aws
                .faults()
                .on(LIST)
                .where(under("dt=2026-11-05/hour=7/"))
                .then(Fault.accessDenied());

        assertThat(failure(COMPLETE + ", 'detection': {'mode': 'list', 'readiness': {" + readiness + "}}"))
                .isExactlyInstanceOf(S3AccessException.class)
                .hasMessageContaining("s3://lake/flights/dt=2026-11-05/hour=7/");
    }

    @Test
    void recordThatCannotBeReadFailsTheRun() {
        days().table("").aws.s3().put("state", "tables/analytics/flights/state.json", "{\"version\":");

        assertThat(failure(NAMES)).hasMessageContaining("s3://state/tables/analytics/flights/state.json");
    }

    @Test
    void inboxIsLeftAsItIsWhenGlueFails() {
        fixture.table("").told(TOLD);
        fixture.aws.faults().on("BatchGetPartition").then(Fault.throttling());

        assertThat(failure(NAMES + EVENTS)).isExactlyInstanceOf(CatalogUnavailableException.class);
        assertThat(fixture.inboxPrefixes()).containsExactly(List.of(TOLD));
    }

    @Test
    void inboxIsLeftAsItIsWhenAPartitionCannotBeLookedInto() {
        fixture.table("")
                .data("dt=2026-11-05/hour=7")
                .processed("dt=2026-11-05/hour=7", "2026-11-05", "7")
                .told(TOLD);
        fixture.aws
                .faults()
                .on(LIST)
                .where(call -> call.target().startsWith("lake/"))
                .thenTruncate();

        failure(NAMES + EVENTS);
        assertThat(fixture.inboxPrefixes()).containsExactly(List.of(TOLD));
    }

    /** An inbox that is not read is not an empty one. */
    @ParameterizedTest
    @ValueSource(strings = {"ListObjectsV2", "GetObject"})
    void runFailsWhenTheInboxCannotBeRead(String operation) {
        fixture.table("").told(TOLD);
        fixture.aws
                .faults()
                .on(operation)
                .where(call -> call.target().startsWith("state/inbox/"))
                .then(Fault.slowDown());

        assertThat(failure(NAMES + EVENTS)).isNotNull();
        assertThat(fixture.inboxKeys()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"spec.json", "pass-0/manifest.json", "taken-"})
    void inboxIsLeftAsItIsWhenTheRunFolderCannotBeWritten(String document) {
        fixture.data("dt=2026-11-05/hour=7").told(TOLD, "flights/README/");
        fixture.aws
                .faults()
                .on("PutObject")
                .where(call -> call.target().contains("r1/" + document))
                .then(Fault.accessDenied());

        assertThatThrownBy(() -> fixture.detect(COMPLETE + EVENTS)).isInstanceOf(S3Exception.class);

        assertThat(fixture.stored("runs/r1/pass-0/manifest.json")).isEmpty();
        assertThat(fixture.inboxKeys()).hasSize(1);

        fixture.aws.faults().clear();
        assertThat(fixture.detect(COMPLETE + EVENTS).partitions()).isEqualTo(1);
    }

    @Test
    void inboxIsLeftAsItIsWhenNobodyKnowsWhetherTheRunHasBegun() {
        fixture.data("dt=2026-11-05/hour=7").told(TOLD);
        fixture.aws
                .faults()
                .on("PutObject")
                .where(call -> call.target().endsWith("r1/pass-0/manifest.json"))
                .thenDropAfter();

        assertThatThrownBy(() -> fixture.detect(COMPLETE + EVENTS)).isInstanceOf(SdkClientException.class);

        assertThat(fixture.stored("runs/r1/pass-0/manifest.json")).isPresent();
        assertThat(fixture.inboxKeys()).hasSize(1);
        fixture.aws.faults().clear();
        assertThat(fixture.detect(COMPLETE + EVENTS).partitions()).isEqualTo(1);
    }

    /** What waits is written once more before what says it besides is deleted. */
    @Test
    void nothingIsDeletedWhenWhatWaitsCannotBeKept() {
        fixture.table("")
                .data("dt=2026-11-05/hour=7")
                .processed("dt=2026-11-05/hour=7", "2026-11-05", "7")
                .data("dt=2026-11-05/hour=8")
                .told(TOLD, "flights/dt=2026-11-05/hour=8/");
        fixture.aws
                .faults()
                .on("PutObject")
                .where(call -> call.target().startsWith("state/inbox/"))
                .then(Fault.accessDenied());

        assertThatThrownBy(() -> fixture.detect(
                        NAMES + ", 'detection': {'mode': 'events', 'readiness': {'marker': '_SUCCESS'}}"))
                .isInstanceOf(S3Exception.class);

        assertThat(fixture.inboxKeys()).hasSize(1);
    }

    /** Step Functions invokes the Lambda again; the second finds what the first did not come to say. */
    @Test
    void secondInvocationFindsAll() {
        days().table("")
                .registered("2026-11-05", "7")
                .aws
                .faults()
                .on(LIST)
                .nth(5)
                .then(Fault.accessDenied());
        failure(NAMES);
        fixture.aws.faults().clear();

        assertThat(fixture.detect(NAMES).partitions()).isEqualTo(26);
    }

    /** The disk of a warm Lambda would fill up. More partitions than are held in memory are in files. */
    @ParameterizedTest
    @ValueSource(strings = {"nothing", "ListObjectsV2", "GetPartitions", "BatchGetPartition", "PutObject"})
    void noTemporaryFileIsLeft(String operation, @TempDir Path files) throws IOException {
        fixture.tableOf("[{'name': 'n', 'type': 'int'}]", "hive").outstanding("flights/n=-1/", "-1");
        IntStream.range(0, 45_000).forEach(n -> fixture.aws.s3().put("lake", "flights/n=" + n + "/a.json", ""));
        fixture.aws
                .faults()
                .on(operation)
                .nth(
                        switch (operation) {
                            case "ListObjectsV2" -> 44;
                            case "PutObject" -> 3;
                            default -> 1;
                        })
                .then(Fault.accessDenied());
        requireNoFileLeft(files, NAMES, !operation.equals("nothing"));
    }

    @Test
    void noTemporaryFileIsLeftOfARedrive(@TempDir Path files) throws IOException {
        String days = "'detection': {'mode': 'calendar', 'from': '2024-06-01', 'to': '2026-11-05'}";
        fixture.table("").outstanding("flights/x/", "2026-11-05", "7");
        fixture.detect("r0", DetectorFixture.json("{" + NAMES + ", " + days + "}"));
        fixture.aws.faults().on("BatchGetPartition").then(Fault.accessDenied());
        requireNoFileLeft(files, "'redriveOf': 'r0'", true);
    }

    private void requireNoFileLeft(Path files, String spec, boolean fails) throws IOException {
        String before = System.setProperty("java.io.tmpdir", files.toString());
        try {
            Throwable failure = catchThrowable(() -> fixture.detect(spec));

            assertThat(failure != null).isEqualTo(fails);
            try (Stream<Path> left = Files.list(files)) {
                assertThat(left).isEmpty();
            }
        } finally {
            System.setProperty("java.io.tmpdir", before);
        }
    }
}
