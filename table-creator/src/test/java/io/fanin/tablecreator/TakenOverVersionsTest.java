package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.hour;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.partition.Partition;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import io.fanin.tablecreator.versions.VersionCleanup;
import java.util.List;
import java.util.Map;
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
    private final MadeVersions versions = new MadeVersions(fixture);
    private String old;

    @BeforeEach
    void newTableMakesThePartitionOfTheOldOneAgain() {
        fixture.aws.s3().createBucket("lake");
        old = make(OLD, Map.of(), hour(7));
        make(NEW, TAKES_OVER, hour(7), old);
        fixture.clock.advance(VersionCleanup.KEPT.plusSeconds(1));
    }

    @Test
    void versionStaysWhileTheOldTableIsInTheCatalog() {
        make(NEW, TAKES_OVER, hour(8));

        assertThat(files()).hasSize(2);
    }

    /** What the spec said when it was noted counts. */
    @Test
    void versionStaysIfTheSpecDoesNotNameTheOldTableAnyMore() {
        make(NEW, Map.of(), hour(8));

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

        make(NEW, TAKES_OVER, hour(8));

        assertThat(files()).hasSize(2);
    }

    @Test
    void versionIsRemovedOnceTheOldTableIsDropped() {
        fixture.aws.glue().dropTable("analytics", "flights");

        make(NEW, Map.of(), hour(8));

        assertThat(files()).isEmpty();
    }

    private List<String> files() {
        return versions.files(old);
    }

    private String make(TableDefinition table, Map<String, Object> more, Partition partition, String... superseded) {
        return versions.make(table, more, List.of(partition), List.of(superseded))
                .getFirst();
    }
}
