package io.fanin.records.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.model.failure.FailureCode;
import io.fanin.model.run.PartitionVersion;
import io.fanin.records.objects.SourceObjects.FolderInventory;
import org.junit.jupiter.api.Test;

/** The raw data of a partition, which may be another table's partition. */
class SourceObjectsTest {

    private static final String HOUR = "flights/hour=7/";
    private static final String ONE = HOUR + PartitionVersion.folder("0123456789abcdef", 1) + "/";
    private static final String OTHER = HOUR + PartitionVersion.folder("fedcba9876543210", 1) + "/";

    private final InMemoryObjects objects = new InMemoryObjects().put(ONE + "part-00000.parquet", "a");

    @Test
    void oneVersionOfAnotherTablesPartitionIsRead() {
        objects.put(ONE + "part-00001.parquet", "b").put(OTHER + "_begun", "").put(HOUR + "_SUCCESS", "");

        assertThat(SourceObjects.of(objects, HOUR).objects()).hasSize(2);
        assertThat(FolderInventory.ofSource(objects, HOUR).inventory().files()).isEqualTo(2);
    }

    /** Late data has come to that table, or a run of it has failed: readers without the catalog would read both. */
    @Test
    void severalVersionsAreRefused() {
        objects.put(OTHER + "part-00000.parquet", "b");

        assertThatThrownBy(() -> SourceObjects.of(objects, HOUR))
                .isInstanceOfSatisfying(
                        ObjectDefectException.class,
                        refused -> assertThat(refused.code()).isEqualTo(FailureCode.SEVERAL_VERSIONS))
                .hasMessageContaining("flights/hour=7/ holds several versions of a partition");
        assertThatThrownBy(() -> FolderInventory.ofSource(objects, HOUR)).isInstanceOf(ObjectDefectException.class);
        assertThat(FolderInventory.of(objects, HOUR).inventory().files()).isEqualTo(2);
    }
}
