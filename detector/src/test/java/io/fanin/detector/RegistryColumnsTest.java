package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.NAMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.spec.SpecException;
import org.junit.jupiter.api.Test;

/** A table whose columns are those of a schema in the Glue Schema Registry. */
class RegistryColumnsTest {

    private final DetectorFixture fixture = new DetectorFixture().table("");

    /** Glue would refuse them once everything was processed. */
    @Test
    void noneAreAddedTo() {
        fixture.data("dt=2026-11-20/hour=8")
                .aws
                .glue()
                .alterTable(
                        "analytics",
                        "flights",
                        input -> ((ObjectNode) input.get("StorageDescriptor"))
                                .putObject("SchemaReference")
                                .put("SchemaVersionId", "v1"));

        assertThatThrownBy(() -> fixture.detect(NAMES
                        + ", 'onNewColumns': 'append', 'columns': [{'name': 'carrier', 'type': 'string'},"
                        + " {'name': 'delay', 'type': 'int'}, {'name': 'more', 'type': 'int'}]"))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContaining("Glue Schema Registry");
        assertThat(fixture.detect(NAMES).partitions()).isOne();
    }
}
