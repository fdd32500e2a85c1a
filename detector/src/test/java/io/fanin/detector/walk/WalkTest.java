package io.fanin.detector.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.s3.S3AccessException;
import io.fanin.core.s3.S3Pages;
import io.fanin.fakes.Call;
import io.fanin.fakes.Fault;
import io.fanin.fakes.FaultHook;
import io.fanin.model.layout.Skip;
import io.fanin.model.partition.Partition;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A walk finds everything, or fails with the cause. */
class WalkTest {

    private static final LocalDateTime FROM = LocalDateTime.of(2026, 11, 18, 11, 0);

    private final WalkedTable lake = new WalkedTable("${region}/${at}", "region:string, at:string:yyyy/MM/dd/HH");

    private static boolean isPage(Call call, String prefix) {
        return call.target().equals("lake/" + prefix);
    }

    private WalkedTable regions(int regions) {
        IntStream.range(0, regions).forEach(i -> lake.data("r" + (1000 + i) + "/2026/11/20/05"));
        return lake;
    }

    private List<Partition> walk(boolean window) {
        return window ? lake.from(FROM) : lake.all();
    }

    @Test
    void foldersAreListedSeveralAtATime() {
        regions(3 * ParallelWork.THREADS);
        CountDownLatch together = new CountDownLatch(ParallelWork.THREADS);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicBoolean late = new AtomicBoolean();
        lake.s3.faults().on(WalkedTable.LIST).where(call -> !isPage(call, "t/")).thenRun(() -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            together.countDown();
            late.compareAndSet(false, !awaits(together));
            now.decrementAndGet();
        });

        assertThat(lake.all()).hasSize(3 * ParallelWork.THREADS);
        assertThat(late).as("as many as there are threads come together").isFalse();
        assertThat(most).hasValue(ParallelWork.THREADS);
    }

    private static boolean awaits(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void moreFoldersThanCanWaitAreAllFound() {
        regions(2_500);

        assertThat(lake.all()).hasSize(2_500).doesNotHaveDuplicates();
        assertThat(lake.lists()).isEqualTo(3 + 4 * 2_500);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bodiesThatAreCutShortAreAskedForAgain(boolean window) {
        Map<Call, Integer> answers = new ConcurrentHashMap<>();
        regions(30)
                .s3
                .faults()
                .hook((moment, call) ->
                        moment == FaultHook.Moment.AFTER && answers.merge(call, 1, Integer::sum) < S3Pages.ATTEMPTS
                                ? Optional.of(new Fault.Truncate())
                                : Optional.empty());

        assertThat(walk(window)).hasSize(30);
    }

    @Test
    void bodyThatIsAlwaysCutShortFailsInsteadOfAnsweringLess() {
        regions(30)
                .s3
                .faults()
                .on(WalkedTable.LIST)
                .where(call -> isPage(call, "t/r1007/2026/"))
                .thenTruncate();

        assertThatThrownBy(lake::all).isInstanceOf(SdkClientException.class);
    }

    @Test
    void burstsOfSlowDownsAreWaitedOut() {
        regions(30).s3.faults().on(WalkedTable.LIST).first(2).then(Fault.slowDown());
        lake.s3
                .faults()
                .on(WalkedTable.LIST)
                .where(call -> call.target().endsWith("/11/"))
                .nth(3)
                .then(Fault.slowDown());

        assertThat(lake.all()).hasSize(30);
    }

    @Test
    void lastingSlowDownFails() {
        regions(30)
                .s3
                .faults()
                .on(WalkedTable.LIST)
                .where(call -> isPage(call, "t/r1007/"))
                .then(Fault.slowDown());

        assertThatThrownBy(lake::all).isInstanceOf(S3Exception.class).hasMessageContaining("reduce your request rate");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void deniedPrefixFailsTheWalkAndIsNamed(boolean window) {
        regions(30).s3.deny("lake", "t/r1007/");

        assertThatThrownBy(() -> walk(window))
                .isInstanceOf(S3AccessException.class)
                .hasMessageContaining("s3://lake/t/r1007/ cannot be listed: access is denied");
    }

    @Test
    void bucketThatVanishesFailsTheWalk() {
        regions(30)
                .s3
                .faults()
                .on(WalkedTable.LIST)
                .where(call -> call.target().endsWith("/20/"))
                .thenFail(404, "NoSuchBucket", "gone");

        assertThatThrownBy(lake::all)
                .isInstanceOf(S3AccessException.class)
                .hasMessageContaining("the bucket does not exist");
    }

    @Test
    void failureEndsTheWalkAndNothingIsGivenAfterwards() {
        regions(500);
        AtomicInteger given = new AtomicInteger();
        AtomicBoolean ended = new AtomicBoolean();
        AtomicBoolean givenLate = new AtomicBoolean();

        assertThatThrownBy(() -> lake.walk.walk(partition -> {
                    givenLate.compareAndSet(false, ended.get());
                    if (given.incrementAndGet() == 20) {
                        throw new IllegalArgumentException("full");
                    }
                }))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("full");
        ended.set(true);

        int lists = lake.lists();
        assertThat(lists).isLessThan(1 + 4 * 500);
        assertThat(given).hasValueLessThan(500);
        assertThat(lake.lists()).as("nothing runs any more").isZero();
        assertThat(givenLate).isFalse();
    }

    @Test
    void interruptedWalkFailsAndStaysInterrupted() {
        regions(30)
                .s3
                .faults()
                .on(WalkedTable.LIST)
                .where(call -> isPage(call, "t/"))
                .thenRunAfter(() -> Thread.currentThread().interrupt());

        assertThatThrownBy(lake::all).isInstanceOf(RuntimeException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void namesThatXmlCannotHoldAreFoundAndSkipped() {
        lake.data(
                "a\u0001\uFFFEb/2026/11/20/05",
                "é\u00A0😀/2026/11/20/05",
                "%2F+ &<>\"/2026/11/20/05",
                "x/\u0002/11/20/05");

        assertThat(WalkedTable.paths(lake.all()))
                .containsExactlyInAnyOrder("é\u00A0😀/2026/11/20/05/", "%2F+ &<>\"/2026/11/20/05/");
        assertThat(WalkedTable.paths(lake.from(FROM))).hasSize(2);
        assertThat(lake.skips.all().sample()).extracting(Skip::prefix).contains("t/a\u0001\uFFFEb/", "t/x/\u0002/");
    }

    @Test
    void folderThatAppearsOrVanishesBetweenPagesHidesNoOther() {
        regions(10).s3.pageSize(4);
        lake.s3
                .faults()
                .on(WalkedTable.LIST)
                .where(call -> isPage(call, "t/"))
                .nth(2)
                .thenRun(() -> {
                    lake.data("r0000/2026/11/20/05", "r1004a/2026/11/20/05");
                    lake.s3.delete("lake", "t/r1003/2026/11/20/05/part-0");
                    lake.s3.delete("lake", "t/r1005/2026/11/20/05/part-0");
                });

        assertThat(WalkedTable.paths(lake.all()))
                .filteredOn(path -> !path.startsWith("r1003"))
                .extracting(path -> path.substring(0, path.indexOf('/')))
                .containsExactly("r1000", "r1001", "r1002", "r1004", "r1004a", "r1006", "r1007", "r1008", "r1009");
    }

    @Test
    void monthThatAppearsDuringTheWalkIsFoundByTheNextRun() {
        WalkedTable hourly = new WalkedTable("${at}", "at:string:yyyy/MM/dd/HH").data("2026/11/20/05");
        hourly.s3
                .faults()
                .on(WalkedTable.LIST)
                .where(call -> isPage(call, "t/2026/11/"))
                .first(1)
                .thenRun(() -> hourly.data("2026/12/01/00", "2026/11/20/06"));

        assertThat(WalkedTable.paths(hourly.from(FROM))).containsExactly("2026/11/20/05/", "2026/11/20/06/");
        assertThat(WalkedTable.paths(hourly.from(FROM)))
                .containsExactly("2026/11/20/05/", "2026/11/20/06/", "2026/12/01/00/");
    }

    @Test
    void questionForWhatLiesBehindTheMonthFailsWithItsCause() {
        WalkedTable hourly = new WalkedTable("${at}", "at:string:yyyy/MM/dd/HH").data("2026/11/20/05");
        hourly.s3
                .faults()
                .on(WalkedTable.LIST)
                .where(call -> call.fact("max-keys").equals("1"))
                .first(S3Pages.ATTEMPTS - 1)
                .thenTruncate();

        assertThat(hourly.from(FROM)).hasSize(1);

        hourly.s3
                .faults()
                .on(WalkedTable.LIST)
                .where(call -> call.fact("max-keys").equals("1"))
                .then(Fault.accessDenied());
        assertThatThrownBy(() -> hourly.from(FROM)).isInstanceOf(S3AccessException.class);
    }
}
