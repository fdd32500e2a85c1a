package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.hour;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.partition.Partition;
import io.fanin.model.run.BatchResult;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.PartitionVersion;
import io.fanin.model.run.RunId;
import io.fanin.model.spec.ProcessorSpec;
import io.fanin.model.spec.Specs;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import io.fanin.model.text.Sha256;
import io.fanin.tablecreator.versions.VersionCleanup;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A table that has taken another one's folder over removes nothing that readers of the other one may still read. */
class TakenOverVersionsTest {

    private static final TableDefinition OLD = RunFixture.DEFINITION;
    private static final TableDefinition NEW = new TableDefinition(
            new TableName("analytics", "flights_new"),
            OLD.location(),
            OLD.format(),
            OLD.csv(),
            OLD.columns(),
            OLD.keys(),
            OLD.layout());
    private static final Map<String, Object> TAKES_OVER = Map.of("takesOver", "analytics.flights");

    private final RunFixture fixture = new RunFixture();
    private String old;
    private int runs;

    @BeforeEach
    void newTableMakesThePartitionOfTheOldOneAgain() {
        fixture.aws.s3().createBucket("lake");
        old = make(OLD, Map.of(), hour(7), List.of());
        String version = old.substring(hour(7).prefix().length()).replace("/", "");
        make(NEW, TAKES_OVER, hour(7), List.of(version));
        fixture.clock.advance(VersionCleanup.KEPT.plusSeconds(1));
    }

    @Test
    void versionStaysWhileTheOldTableIsInTheCatalog() {
        make(NEW, TAKES_OVER, hour(8), List.of());

        assertThat(files()).hasSize(2);
    }

    /** What the spec said when it was noted counts. */
    @Test
    void versionStaysIfTheSpecDoesNotNameTheOldTableAnyMore() {
        make(NEW, Map.of(), hour(8), List.of());

        assertThat(files()).hasSize(2);
    }

    @Test
    void versionStaysIfTheOldTableCannotBeLookedUp() {
        fixture.aws.glue().dropTable("analytics", "flights");
        fixture.aws
                .faults()
                .on("GetTable")
                .where(call -> call.target().endsWith("flights"))
                .thenFail(400, "AccessDeniedException", "no");

        make(NEW, TAKES_OVER, hour(8), List.of());

        assertThat(files()).hasSize(2);
    }

    @Test
    void versionIsRemovedOnceTheOldTableIsDropped() {
        fixture.aws.glue().dropTable("analytics", "flights");

        make(NEW, Map.of(), hour(8), List.of());

        assertThat(files()).isEmpty();
    }

    private List<String> files() {
        return fixture.aws.s3().keys("lake", old);
    }

    private String make(TableDefinition table, Map<String, Object> more, Partition partition, List<String> superseded) {
        RunId run = new RunId("run-" + ++runs);
        Pass pass = fixture.pass(run, 0, List.of(partition));
        Map<String, Object> fields = new HashMap<>(more);
        fields.put("source", Map.of("location", "s3://landing/raw/"));
        fields.put("processor", ProcessorSpec.Convert.DEFAULT);
        fixture.writeSpec(run, Specs.of(table.name(), fields).resolved(table));
        String folder = PartitionVersion.folder(Sha256.token(run + "/0"), 1);
        String made = partition.prefix() + folder + "/";
        fixture.aws.s3().put("lake", made + "part-00000.parquet", "a").put("lake", made + "part-00001.parquet", "b");
        pass.result(new BatchResult(
                0,
                List.of(new PartitionResult.Processed(
                                partition, new Inventory(1, 10, Optional.empty(), "raw" + runs), OptionalLong.of(1))
                        .writing(new Inventory(2, 20, Optional.empty(), "made"))
                        .in(new PartitionVersion(folder, superseded)))));
        fixture.clock.advance(Duration.ofSeconds(1));
        pass.register();
        return made;
    }
}
