package io.fanin.core.catalog.client;

import io.fanin.core.catalog.partition.PartitionRegistration;
import io.fanin.core.catalog.partition.RegistrationOutcome.Refused;
import io.fanin.core.catalog.partition.RegistrationOutcome.Registered;
import io.fanin.core.catalog.partition.RegistrationReport;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.fakes.Call;
import io.fanin.fakes.FakeGlue;
import io.fanin.fakes.Faults;
import io.fanin.fakes.ManualClock;
import io.fanin.fakes.RequestLog;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/** A catalog over Glue in memory, which counts its waits instead of waiting. */
public final class CatalogFixture {

    public static final TableName FLIGHTS = new TableName("analytics", "flights");

    public static final TableDefinition DEFINITION = definition(DataFormat.PARQUET, CsvOptions.DEFAULT);

    public final ManualClock clock = new ManualClock(Instant.parse("2013-02-08T00:00:00Z"));
    public final FakeGlue glue = new FakeGlue(clock, new RequestLog(), new Faults());
    public final List<Duration> waits = new ArrayList<>();
    public final GlueCatalog catalog = new GlueCatalog(glue.client(), waits::add);

    /** The SDK makes one attempt only, so that every attempt in the log is the catalog's own. */
    public final GlueCatalog once = new GlueCatalog(glue.client(DefaultRetryStrategy.doNotRetry()), waits::add);

    public static TableDefinition definition(DataFormat format, CsvOptions csv) {
        return new TableDefinition(
                FLIGHTS,
                S3Location.of("s3://lake/flights/"),
                format,
                csv,
                List.of(new Column("carrier", "string"), new Column("delay", "string")),
                List.of(new PartitionKey("dt", KeyType.DATE), new PartitionKey("hour", KeyType.INT)),
                TableDefinition.HIVE_LAYOUT);
    }

    /** The table, created, with the log empty again. */
    public CatalogTable table() {
        CatalogTable table = catalog.createTableIfAbsent(DEFINITION, Map.of());
        glue.log().reset();
        return table;
    }

    public static PartitionValues hour(int hour) {
        return PartitionValues.of("2013-02-08", Integer.toString(hour));
    }

    public static PartitionRegistration registration(int hour) {
        return new PartitionRegistration(
                hour(hour), "s3://lake/flights/dt=2013-02-08/hour=" + hour + "/", Map.of("fanin.objects", "3"));
    }

    public static List<PartitionRegistration> registrations(int count) {
        return IntStream.range(0, count).mapToObj(CatalogFixture::registration).toList();
    }

    static List<Registered> registered(RegistrationReport report) {
        return report.outcomes().stream()
                .filter(Registered.class::isInstance)
                .map(Registered.class::cast)
                .toList();
    }

    static List<Refused> refused(RegistrationReport report) {
        return report.outcomes().stream()
                .filter(Refused.class::isInstance)
                .map(Refused.class::cast)
                .toList();
    }

    public List<String> operations() {
        return glue.log().calls().stream().map(Call::operation).toList();
    }

    public int registeredCount() {
        return glue.locations("analytics", "flights").size();
    }
}
