package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.DEFINITION;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.catalog.CatalogException;
import io.fanin.model.json.Json;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.TableChanges.AddedColumns;
import io.fanin.model.run.detection.CatalogChanges;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.Column;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
                .hasValue(new AddedColumns(List.of(GATE), 2, List.of("dt=2013-02-08/hour=1", "dt=2013-02-08/hour=2")));
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

        assertThat(fixture.report(RUN)
                        .details()
                        .changes()
                        .addedColumns()
                        .orElseThrow()
                        .partitionsWithout())
                .isEqualTo(2);
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
                .isInstanceOf(CatalogException.class)
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
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining("columns of table analytics.flights were changed");
        assertThat(names(fixture.aws.glue().table("analytics", "flights"))).containsExactly("carrier");
        assertThat(fixture.parameters()).doesNotContainKey("fanin.status");
        assertThat(fixture.registered()).hasSize(2);
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
