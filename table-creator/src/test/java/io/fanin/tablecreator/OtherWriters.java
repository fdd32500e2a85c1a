package io.fanin.tablecreator;

import io.fanin.core.catalog.partition.PartitionRegistration;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.PublishedParameters;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TestForms;
import io.fanin.core.record.TestProgress;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.Failure;
import io.fanin.model.run.TableStatus;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Changes to the table by others: other tools, other runs, and another invocation besides the tested one. */
final class OtherWriters {

    private final RunFixture fixture;

    OtherWriters(RunFixture fixture) {
        this.fixture = fixture;
    }

    void dropTable() {
        fixture.aws
                .glue()
                .client()
                .deleteTable(request ->
                        request.databaseName(RunFixture.FLIGHTS.database()).name(RunFixture.FLIGHTS.table()));
    }

    /** Registers a partition as another tool would. */
    void register(Partition partition) {
        registerAt("s3://lake/" + partition.prefix(), partition);
    }

    void registerAt(String location, Partition partition) {
        fixture.aws
                .glue()
                .putPartition(
                        RunFixture.FLIGHTS.database(),
                        RunFixture.FLIGHTS.table(),
                        partition.values().values(),
                        location);
    }

    /** Registers a partition as another run would. */
    void registerUnder(String run, Partition partition) {
        fixture.catalog.register(
                fixture.catalog.table(RunFixture.FLIGHTS).orElseThrow(),
                List.of(new PartitionRegistration(
                        partition.values(), "s3://lake/" + partition.prefix(), Map.of("fanin.run", run))));
    }

    /** Records a failure and publishes the record, as an invocation beside the one under test does. */
    void fail(Partition partition) {
        OutstandingFailure failure =
                OutstandingFailure.first(partition, new Failure(FailureCode.TRUNCATED, "cut"), RunFixture.RUN, 0);
        change(record -> record.withFailures(List.of(failure), TestForms.AS_WRITTEN));
    }

    /** Records and publishes how far the table is complete. */
    void complete(String moment) {
        change(record -> TestProgress.completeThrough(record, moment));
    }

    private void change(UnaryOperator<TableRecord> change) {
        TableRecord changed = fixture.records.update(RunFixture.FLIGHTS, change);
        fixture.catalog.updateParameters(
                fixture.catalog.table(RunFixture.FLIGHTS).orElseThrow(),
                before -> PublishedParameters.applied(
                        changed, TableStatus.PARTIAL, RunFixture.DEFINITION.keys(), before));
    }
}
