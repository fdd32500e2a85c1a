package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.DEFINITION;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.catalog.table.TableReplacedException;
import io.fanin.fakes.Fault;
import io.fanin.model.json.Json;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.TableChanges;
import io.fanin.model.run.TableChanges.AddedColumns;
import io.fanin.model.run.TableStatus;
import io.fanin.model.run.detection.CatalogChanges;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.Column;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run whose spec has additional columns after those of the table. */
class ColumnAdditionTest {

    private static final Column GATE = new Column("gate", "string");

    private final RunFixture fixture = new RunFixture();

    @BeforeEach
    void registerWithTheTablesColumns() {
        fixture.createTable();
        fixture.others.register(hour(1));
        fixture.others.registerUnder("s3://state/runs/earlier/", hour(2));
    }

    @Test
    void tableGetsTheColumnsAndThePartitionsFromThenOn() {
        adding(hour(3)).register();

        assertThat(names(fixture.aws.glue().table("analytics", "flights"))).containsExactly("carrier", "delay", "gate");
        assertThat(names(fixture.partition(hour(3)))).containsExactly("carrier", "delay", "gate");
        assertThat(names(fixture.partition(hour(2)))).doesNotContain("gate");
    }

    @Test
    void reportTellsWhichPartitionsHaveTheColumnsFromBefore() {
        adding(hour(3)).register();

        assertThat(fixture.report(RUN).details().changes().addedColumns())
                .hasValue(new AddedColumns(
                        List.of(GATE), 2, false, List.of("dt=2013-02-08/hour=1", "dt=2013-02-08/hour=2")));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void passEndsIfThePartitionsCannotBeCounted(Fault failure) {
        fixture.aws
                .glue()
                .scanAtMost(1)
                .faults()
                .on("GetPartitions")
                .where(call -> !call.fact("NextToken").isEmpty())
                .then(failure);

        TableCreatorAnswer answer = adding(hour(3)).register();

        assertThat(answer.status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(fixture.parameters()).containsEntry("fanin.status", "COMPLETE");
        assertThat(added().partitionsWithout()).isEqualTo(1);
        assertThat(added().atLeast()).isTrue();
        assertThat(Schemas.errors("run-report-1", Json.documents().valueToTree(fixture.report(RUN))))
                .isEmpty();
    }

    static Stream<Fault> failures() {
        return Stream.of(Fault.throttling(), Fault.accessDenied());
    }

    @Test
    void earlierReportsHaveCountedAll() {
        TableChanges changes = Json.read(
                "{\"addedColumns\": {\"columns\": [], \"partitionsWithout\": 2, \"sample\": []}}",
                TableChanges.class,
                "report");

        assertThat(changes.addedColumns()).hasValue(new AddedColumns(List.of(), 2, false, List.of()));
    }

    @Test
    void partitionsAreCountedUpToALimit() {
        fixture.aws.glue().scanAtMost(1);
        IntStream.range(0, ColumnAddition.MAX_PAGES).forEach(i -> fixture.others.register(hour(4 + i)));

        adding(hour(3)).register();

        assertThat(added().partitionsWithout())
                .isBetween(ColumnAddition.MAX_PAGES - 1L, (long) ColumnAddition.MAX_PAGES);
        assertThat(added().atLeast()).isTrue();
        assertThat(fixture.aws.log().count("GetPartitions")).isEqualTo(ColumnAddition.MAX_PAGES);
    }

    @Test
    void partitionsAreCountedForALimitedTime() {
        fixture.aws
                .glue()
                .scanAtMost(1)
                .faults()
                .on("GetPartitions")
                .thenRun(() -> fixture.clock.advance(ColumnAddition.MAX_TIME));
        CatalogTable table = fixture.catalog.table(DEFINITION.name()).orElseThrow();

        AddedColumns told = new ColumnAddition(fixture.catalog, fixture.clock)
                .effect(table, fixture.folder(RUN), List.of(GATE))
                .orElseThrow();

        assertThat(told.partitionsWithout()).isEqualTo(1);
        assertThat(told.atLeast()).isTrue();
    }

    @Test
    void tableGetsTheColumnsWhereNothingIsRegistered() {
        adding().register();

        assertThat(names(fixture.aws.glue().table("analytics", "flights"))).contains("gate");
    }

    @Test
    void secondInvocationTellsTheSame() {
        Pass pass = adding(hour(3));
        fixture.aws
                .s3()
                .faults()
                .on("PutObject")
                .where(call -> call.target().endsWith("pass-0/report.json"))
                .first(1)
                .thenFail(403, "AccessDenied", "dies");
        assertThatThrownBy(pass::register).isInstanceOf(RuntimeException.class);
        fixture.newEnvironment();

        pass.register();

        assertThat(added().partitionsWithout()).isEqualTo(2);
        assertThat(names(fixture.aws.glue().table("analytics", "flights"))).containsExactly("carrier", "delay", "gate");
    }

    @Test
    void tableThatOthersGaveOtherColumnsMeanwhileIsLeft() {
        Pass pass = adding(hour(3));
        fixture.aws
                .glue()
                .faults()
                .on("UpdateTable")
                .first(1)
                .thenRun(() -> fixture.aws
                        .glue()
                        .alterTable(
                                "analytics",
                                "flights",
                                table -> ((ObjectNode) table.get("StorageDescriptor"))
                                        .withArray("Columns")
                                        .addObject()
                                        .put("Name", "terminal")
                                        .put("Type", "string")));

        assertThatThrownBy(pass::register)
                .isExactlyInstanceOf(TableReplacedException.class)
                .hasMessageContaining("columns of table analytics.flights were changed");
        assertThat(fixture.registered()).hasSize(2);
    }

    /** It was added back, and every partition with it. */
    @Test
    void columnThatOthersRemovedSinceDetectionStaysRemoved() {
        Pass pass = adding(hour(3)).sawTheTable(new CatalogChanges(Optional.empty(), List.of(GATE)));
        fixture.aws
                .glue()
                .alterTable(
                        "analytics",
                        "flights",
                        table -> table.withObject("/StorageDescriptor")
                                .withArray("Columns")
                                .remove(1));

        assertThatThrownBy(pass::register)
                .isExactlyInstanceOf(TableReplacedException.class)
                .hasMessageContaining("columns of table analytics.flights were changed");
        assertThat(names(fixture.aws.glue().table("analytics", "flights"))).containsExactly("carrier");
        assertThat(fixture.parameters()).doesNotContainKey("fanin.status");
        assertThat(fixture.registered()).hasSize(2);
    }

    private AddedColumns added() {
        return fixture.report(RUN).details().changes().addedColumns().orElseThrow();
    }

    private Pass adding(Partition... partitions) {
        Pass pass = fixture.pass(RUN, 0, partitions);
        ResolvedSpec spec = fixture.folder(RUN).spec();
        ObjectNode json = Json.documents().valueToTree(spec);
        json.put("onNewColumns", "append");
        json.withArray("columns").addObject().put("name", GATE.name()).put("type", GATE.type());
        fixture.writeSpec(RUN, Json.read(json.toString(), ResolvedSpec.class, "spec"));
        assertThat(fixture.folder(RUN).spec().definition().columns())
                .hasSize(DEFINITION.columns().size() + 1);
        return pass.asked(new CatalogChanges(Optional.empty(), List.of(GATE)));
    }

    private static List<String> names(JsonNode tableOrPartition) {
        return tableOrPartition.at("/StorageDescriptor/Columns").findValuesAsText("Name");
    }
}
