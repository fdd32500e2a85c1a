package io.fanin.core.catalog.partition;

import static io.fanin.core.catalog.client.CatalogFixture.registrations;

import io.fanin.core.catalog.client.CatalogFixture;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.fakes.Call;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table whose partitions are scanned, with the partitions and the requests of the scan. */
final class ScanFixture {

    final CatalogFixture fixture = new CatalogFixture();
    final CatalogTable table = fixture.table();
    final List<RegisteredPartition> seen = Collections.synchronizedList(new ArrayList<>());

    void register(int count) {
        fixture.catalog.register(table, registrations(count));
        fixture.glue.log().reset();
    }

    List<Call> requests() {
        return fixture.glue.log().calls("GetPartitions");
    }
}
