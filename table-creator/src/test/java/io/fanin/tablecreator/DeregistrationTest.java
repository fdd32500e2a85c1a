package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.DEFINITION;
import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.valuesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fanin.core.catalog.partition.PartitionRegistration;
import io.fanin.fakes.Fault.Fail;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.PartitionLabel;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.TableStatus;
import io.fanin.model.run.detection.CatalogChanges;
import io.fanin.model.run.detection.Vanished;
import io.fanin.model.run.detection.VanishedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Partitions whose data was gone in a detection. */
class DeregistrationTest {

    private static final String EARLIER = "s3://state/runs/earlier/";

    private final RunFixture fixture = new RunFixture();

    @BeforeEach
    void registerEarlier() {
        fixture.createTable();
        IntStream.range(0, 30).forEach(i -> register(EARLIER, hour(i)));
    }

    @Test
    void whatHasVanishedIsDeregisteredAndCounted() {
        RunReport report = deregister(hour(1), hour(2));

        assertThat(fixture.registered()).hasSize(28).doesNotContainAnyElementsOf(valuesOf(hour(1), hour(2)));
        assertThat(report.counts().gone().deregistered()).hasValue(2);
        assertThat(report.counts().gone().vanished()).isEmpty();
        assertThat(report.details().changes().vanishedSample())
                .extracting(PartitionLabel::partition, PartitionLabel::detail)
                .containsExactly(
                        tuple("dt=2013-02-08/hour=1", "deregistered"), tuple("dt=2013-02-08/hour=2", "deregistered"));
        assertThat(fixture.record().vanished()).isEmpty();
    }

    /** Its rows were gone before: nothing changes for readers that wait for COMPLETE. */
    @Test
    void tableIsNotPartialMeanwhile() {
        fixture.aws.log().reset();

        RunReport report = deregister(hour(1));

        assertThat(report.status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(fixture.aws.log().calls("UpdateTable"))
                .noneMatch(call -> call.facts().toString().contains("PARTIAL"));
    }

    /** To look at thousands of prefixes takes minutes. */
    @Test
    void failureIsToldBeforeAnythingIsDeregistered() {
        register(seen());
        AtomicReference<String> status = new AtomicReference<>();
        fixture.aws.glue().faults().hook((moment, call) -> {
            if (call.operation().equals("BatchDeletePartition")) {
                status.set(fixture.aws.glue().parameters("analytics", "flights").get("fanin.status"));
            }
            return Optional.empty();
        });

        fixture.pass(LATER_RUN, 0, hour(40))
                .failing(0)
                .asked(new CatalogChanges(Optional.of(seen(LATER_RUN, hour(1))), List.of()))
                .register();

        assertThat(status).hasValue("PARTIAL");
    }

    @Test
    void eachIsLookedAtOnceMoreWithOneRequest() {
        fixture.aws.log().reset();

        deregister(IntStream.range(0, 27).mapToObj(RunFixture::hour).toArray(Partition[]::new));

        assertThat(fixture.aws.log().calls("ListObjectsV2"))
                .filteredOn(call -> call.target().startsWith("lake/"))
                .hasSize(27);
        assertThat(fixture.aws.log().count("BatchDeletePartition")).isEqualTo(2);
    }

    @Test
    void partitionWhoseDataIsBackStays() {
        Vanished seen = seen(hour(1), hour(2));
        fixture.aws.s3().put("lake", hour(1).prefix() + "part-0.json", "{}");

        RunReport report = register(seen);

        assertThat(fixture.registered()).containsAll(valuesOf(hour(1))).hasSize(29);
        assertThat(report.counts().gone().deregistered()).hasValue(1);
        assertThat(report.counts().gone().vanished()).isEmpty();
        assertThat(report.details().changes().vanishedSample().getFirst().detail())
                .isEqualTo("stays: it holds data again");
    }

    @Test
    void partitionThatWasRegisteredSinceStays() {
        Vanished seen = seen(hour(1), hour(2));
        register("s3://state/runs/other/", hour(1));

        register(seen);

        assertThat(fixture.registered()).containsAll(valuesOf(hour(1))).hasSize(29);
    }

    @Test
    void partitionThatAnotherToolHasDroppedIsDeregistered() {
        Vanished seen = seen(hour(1));
        fixture.aws
                .glue()
                .dropPartition("analytics", "flights", hour(1).values().values());

        assertThat(register(seen).counts().gone().deregistered()).hasValue(1);
    }

    /** A deletion of what is not there would meet whatever is registered by then. */
    @Test
    void droppedPartitionThatAnotherToolRegistersJustThenStays() {
        Vanished seen = seen(hour(1), hour(2));
        fixture.aws
                .glue()
                .dropPartition("analytics", "flights", hour(1).values().values());
        fixture.aws.glue().faults().on("BatchDeletePartition").first(1).thenRun(() -> register("", hour(1)));

        RunReport report = register(seen);

        assertThat(fixture.registered()).containsAll(valuesOf(hour(1))).hasSize(29);
        assertThat(report.counts().gone().deregistered()).hasValue(1);
        assertThat(report.details().changes().vanishedSample().getFirst().detail())
                .isEqualTo("stays: it was registered again meanwhile");
    }

    @Test
    void refusalOfGlueIsToldAndHarmsNothingElse() {
        fixture.aws
                .glue()
                .faults()
                .on("BatchDeletePartition")
                .thenFailEntry(hour(1).values().values(), new Fail(400, "InvalidInputException", "no"));

        RunReport report = deregister(hour(1), hour(2));

        assertThat(report.counts().gone().deregistered()).hasValue(1);
        assertThat(report.counts().gone().vanished()).hasValue(1);
        assertThat(fixture.record().vanished()).hasValue(1);
        assertThat(report.details().changes().vanishedSample().getFirst().detail())
                .isEqualTo("stays: InvalidInputException: no");
        assertThat(report.status()).isEqualTo(TableStatus.COMPLETE);
    }

    @Test
    void prefixThatCannotBeLookedAtStays() {
        Vanished seen = seen(hour(1), hour(2));
        fixture.aws
                .s3()
                .faults()
                .on("ListObjectsV2")
                .where(call -> call.target().contains("hour=1/"))
                .thenFail(403, "AccessDenied", "no");

        RunReport report = register(seen);

        assertThat(fixture.registered()).containsAll(valuesOf(hour(1))).hasSize(29);
        assertThat(report.counts().gone().vanished()).hasValue(1);
        assertThat(report.details().changes().vanishedSample().getFirst().detail())
                .contains("could not be looked at");
    }

    /** S3 has such names, although query engines do not find them. */
    @Test
    void locationThatQueryEnginesDoNotFindHarmsNothing() {
        Partition odd = new Partition(hour(1).values(), "flights/archive//hour=1/");
        register(EARLIER, odd);
        fixture.aws.s3().put("lake", "flights/archive//hour=2/a.json", "{}");
        Partition back = new Partition(hour(2).values(), "flights/archive//hour=2/");
        register(EARLIER, back);

        RunReport report = deregister(odd, back, hour(3));

        assertThat(fixture.registered()).containsAll(valuesOf(back)).hasSize(28);
        assertThat(report.counts().gone().deregistered()).hasValue(2);
    }

    @Test
    void invocationThatDiedInTheMiddleIsTakenUp() {
        Partition[] all = IntStream.range(0, 30).mapToObj(RunFixture::hour).toArray(Partition[]::new);
        Vanished seen = seen(all);
        fixture.aws.log().reset();
        fixture.aws.glue().faults().on("BatchGetPartition").nth(3).thenFail(400, "InvalidInputException", "dies");

        assertThatThrownBy(() -> register(seen)).hasMessageContaining("dies");
        RunReport report = again();

        assertThat(fixture.registered()).isEmpty();
        assertThat(report.counts().gone().deregistered()).hasValue(30);
    }

    @Test
    void whatADeadInvocationDeregisteredIsToldThoughDataIsBack() {
        Vanished seen = seen(hour(1), hour(2));
        fixture.aws.glue().faults().on("BatchGetPartition").nth(2).thenFail(400, "InvalidInputException", "dies");

        assertThatThrownBy(() -> register(seen)).hasMessageContaining("dies");
        fixture.aws.s3().put("lake", hour(1).prefix() + "part-0.json", "{}");
        RunReport report = again();

        assertThat(fixture.registered()).hasSize(28);
        assertThat(report.counts().gone().deregistered()).hasValue(2);
        assertThat(report.details().changes().vanishedSample())
                .extracting(PartitionLabel::detail)
                .containsOnly("deregistered");
    }

    @Test
    void whatIsOnlyReportedStaysAndIsRemembered() {
        RunReport report = register(new Vanished(3, named(hour(1)), 0, Optional.empty(), Optional.of("too many")));

        assertThat(fixture.registered()).hasSize(30);
        assertThat(report.counts().gone().vanished()).hasValue(3);
        assertThat(report.counts().gone().deregistered()).isEmpty();
        assertThat(report.details().changes().vanishedKept()).hasValue("too many");
        assertThat(fixture.record().vanished()).hasValue(3);
        assertThat(fixture.aws.log().count("BatchDeletePartition")).isZero();
    }

    @Test
    void laterRunThatDoesNotLookKeepsTheCount() {
        register(new Vanished(3, named(hour(1)), 0, Optional.empty(), Optional.empty()));

        fixture.pass(LATER_RUN, 0, hour(40)).register();

        assertThat(fixture.report(LATER_RUN).counts().gone().vanished()).hasValue(3);
        assertThat(fixture.report(LATER_RUN).details().changes().vanishedSample())
                .isEmpty();
    }

    /** What the detection has seen beside it, as raw data of which it can be made again, does not count any more. */
    @Test
    void nothingIsDeregisteredOnceAnotherRunHasChangedTheTable() {
        Pass overtaken = fixture.pass(RUN, 0).asked(new CatalogChanges(Optional.of(seen(hour(1))), List.of()));
        fixture.pass(LATER_RUN, 0, hour(40)).register();

        overtaken.register();

        assertThat(fixture.registered()).containsAll(valuesOf(hour(1)));
        assertThat(fixture.report(RUN).details().changes().vanishedKept())
                .hasValue("another run has changed the table since: run full again");
    }

    private RunReport deregister(Partition... partitions) {
        return register(seen(partitions));
    }

    private Vanished seen(Partition... partitions) {
        return seen(RUN, partitions);
    }

    private Vanished seen(RunId run, Partition... partitions) {
        VanishedList list = new VanishedList(
                VanishedList.VERSION,
                Stream.of(partitions)
                        .map(one -> new VanishedList.Entry(one.values(), "s3://lake/" + one.prefix(), EARLIER))
                        .toList());
        fixture.folder(run).writeVanished(list);
        return new Vanished(
                partitions.length, named(partitions), partitions.length, Optional.of(list.token()), Optional.empty());
    }

    private static List<PartitionLabel> named(Partition... partitions) {
        return Stream.of(partitions)
                .map(one -> PartitionLabel.of(one, DEFINITION.keys(), ""))
                .toList();
    }

    private RunReport register(Vanished seen) {
        fixture.pass(RUN, 0)
                .asked(new CatalogChanges(Optional.of(seen), List.of()))
                .register();
        return fixture.report(RUN);
    }

    /** Redrives the execution. */
    private RunReport again() {
        fixture.newEnvironment();
        return fixture.creator
                .register(
                        new TableCreatorInput.Register(
                                RUN, 0, RunFixture.json("[]"), RunFixture.execution(RUN, OptionalInt.of(1))),
                        Map::of,
                        (folder, answer, execution, record) -> {})
                .report();
    }

    private void register(String run, Partition partition) {
        fixture.catalog.register(
                fixture.catalog.table(RunFixture.FLIGHTS).orElseThrow(),
                List.of(new PartitionRegistration(
                        partition.values(),
                        "s3://lake/" + partition.prefix(),
                        Map.of("fanin.run", run, "numFiles", "1"))));
    }
}
