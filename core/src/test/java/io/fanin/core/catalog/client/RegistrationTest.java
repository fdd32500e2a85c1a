package io.fanin.core.catalog.client;

import static io.fanin.core.catalog.client.CatalogFixture.hour;
import static io.fanin.core.catalog.client.CatalogFixture.refused;
import static io.fanin.core.catalog.client.CatalogFixture.registered;
import static io.fanin.core.catalog.client.CatalogFixture.registration;
import static io.fanin.core.catalog.client.CatalogFixture.registrations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.partition.PartitionRegistration;
import io.fanin.core.catalog.partition.RegistrationOutcome;
import io.fanin.core.catalog.partition.RegistrationOutcome.Change;
import io.fanin.core.catalog.partition.RegistrationOutcome.LeftToOthers;
import io.fanin.core.catalog.partition.RegistrationOutcome.Refused;
import io.fanin.core.catalog.partition.RegistrationOutcome.Registered;
import io.fanin.core.catalog.partition.RegistrationReport;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.model.partition.PartitionValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests and the report of a registration without faults of Glue. */
class RegistrationTest {

    private final CatalogFixture fixture = new CatalogFixture();
    private final CatalogTable table = fixture.table();

    @Test
    void aDayOfNewPartitionsTakesTwoRequests() {
        RegistrationReport report = fixture.catalog.register(table, registrations(24));

        assertThat(fixture.operations()).containsExactly("BatchCreatePartition", "BatchGetPartition");
        assertThat(report.outcomes()).hasSize(24).allMatch(new Outcome(Change.CREATED)::isOf);
        assertThat(refused(report)).isEmpty();
        assertThat(fixture.registeredCount()).isEqualTo(24);
    }

    @Test
    void manyPartitionsAreSentInTheSizesThatGlueTakes() {
        RegistrationReport report = fixture.catalog.register(table, registrations(1050));

        assertThat(fixture.glue.log().counts()).isEqualTo(Map.of("BatchCreatePartition", 11, "BatchGetPartition", 2));
        assertThat(report.outcomes().stream().map(RegistrationOutcome::values).toList())
                .isEqualTo(registrations(1050).stream()
                        .map(PartitionRegistration::values)
                        .toList());
    }

    @Test
    void nothingToRegisterAsksNothing() {
        assertThat(fixture.catalog.register(table, List.of()).outcomes()).isEmpty();
        assertThat(fixture.operations()).isEmpty();
    }

    /** Readers take SerDe, delimiter and columns from the partition: one without them breaks every query. */
    @Test
    void eachPartitionRepeatsTheTablesStorageDescriptor() {
        fixture.catalog.register(table, registrations(1));

        JsonNode partition = fixture.glue.partitions("analytics", "flights").get(hour(0).values());
        ObjectNode expected = fixture.glue
                .table("analytics", "flights")
                .get("StorageDescriptor")
                .deepCopy();
        expected.put("Location", "s3://lake/flights/dt=2013-02-08/hour=0/");
        assertThat(partition.get("StorageDescriptor")).isEqualTo(expected);
        assertThat(partition.get("StorageDescriptor").get("Columns")).hasSize(2);
        assertThat(partition.get("Parameters").toString()).isEqualTo("{\"fanin.objects\":\"3\"}");
    }

    /** Glue's location is literal: escaping it once more reads as zero rows. */
    @Test
    void locationIsTheRawPrefix() {
        String raw = "s3://lake/flights/dt=2013-02-08/hour=1%3A00 +ü/";

        fixture.catalog.register(table, List.of(new PartitionRegistration(hour(1), raw, Map.of())));

        assertThat(fixture.glue.locations("analytics", "flights")).containsValue(raw);
    }

    @Test
    void partitionThatIsThereAsMeantIsLeftAlone() {
        fixture.catalog.register(table, registrations(24));
        fixture.glue.log().reset();

        RegistrationReport report = fixture.catalog.register(table, registrations(24));

        assertThat(fixture.operations())
                .containsExactly("BatchCreatePartition", "BatchGetPartition", "BatchGetPartition");
        assertThat(report.outcomes()).allMatch(new Outcome(Change.UNCHANGED)::isOf);
    }

    @Test
    void partitionElsewhereIsMoved() {
        fixture.catalog.register(table, registrations(2));
        fixture.glue.log().reset();
        PartitionRegistration moved = new PartitionRegistration(hour(1), "s3://lake/moved/", Map.of());

        RegistrationReport report = fixture.catalog.register(table, List.of(registration(0), moved));

        assertThat(fixture.operations())
                .containsExactly(
                        "BatchCreatePartition", "BatchGetPartition", "BatchUpdatePartition", "BatchGetPartition");
        assertThat(fixture.glue.log().calls("BatchUpdatePartition").getFirst().fact("Entries"))
                .isEqualTo("1");
        assertThat(report.outcomes())
                .containsExactly(new Registered(hour(0), Change.UNCHANGED), new Registered(hour(1), Change.ADOPTED));
        assertThat(fixture.glue.locations("analytics", "flights")).containsEntry(hour(1).values(), "s3://lake/moved/");
    }

    /** Another tool has rows there that readers would lose. */
    @Test
    void partitionOfAnotherToolElsewhereIsLeft() {
        fixture.catalog.register(table, registrations(2));
        fixture.glue.log().reset();
        PartitionRegistration own = registration(0);

        RegistrationReport report = fixture.catalog.register(
                table,
                List.of(
                        new PartitionRegistration(hour(0), own.locationUri(), Map.of("numFiles", "1"), true),
                        new PartitionRegistration(hour(1), "s3://lake/moved/", Map.of(), true)));

        assertThat(report.outcomes())
                .containsExactly(
                        new Registered(hour(0), Change.ADOPTED),
                        new LeftToOthers(hour(1), registration(1).locationUri()));
        assertThat(fixture.glue.locations("analytics", "flights"))
                .containsEntry(hour(1).values(), registration(1).locationUri());
    }

    /** Otherwise a run that verifies it would leave it as it is, again and again. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3a://lake/flights/somewhere/",
                "s3n://lake/flights/somewhere",
                "s3://lake/flights/somewhere",
                "",
                "hdfs://x/y"
            })
    void partitionOfAnotherToolInTheSameFolderIsAdopted(String written) {
        fixture.glue.putPartition("analytics", "flights", hour(0).values(), written);

        RegistrationReport report = fixture.catalog.register(
                table,
                List.of(new PartitionRegistration(
                        hour(0), "s3://lake/flights/somewhere/", Map.of("numFiles", "1"), true)));

        assertThat(report.outcomes()).containsExactly(new Registered(hour(0), Change.ADOPTED));
        assertThat(fixture.glue.locations("analytics", "flights"))
                .containsEntry(hour(0).values(), "s3://lake/flights/somewhere/");
    }

    /** The calendar shows as late what a run registers again, not what a run verifies. */
    @Test
    void partitionOfAnEarlierRunIsUpdatedAndThatOfAnotherToolAdopted() {
        PartitionRegistration ofRun = new PartitionRegistration(
                hour(0), registration(0).locationUri(), Map.of("fanin.run", "s3://state/run/1", "numFiles", "1"));
        PartitionRegistration ofOthers =
                new PartitionRegistration(hour(1), registration(1).locationUri(), Map.of("numFiles", "1"));
        fixture.catalog.register(table, List.of(ofRun, ofOthers));
        Map<String, String> parameters = Map.of("fanin.run", "s3://state/run/2", "numFiles", "1");

        RegistrationReport report = fixture.catalog.register(
                table,
                List.of(
                        new PartitionRegistration(hour(0), ofRun.locationUri(), parameters),
                        new PartitionRegistration(hour(1), ofOthers.locationUri(), parameters)));

        assertThat(report.outcomes())
                .containsExactly(new Registered(hour(0), Change.UPDATED), new Registered(hour(1), Change.ADOPTED));
    }

    @Test
    void updateKeepsWhatOthersSaidAboutThePartitionButForStatistics() {
        fixture.catalog.register(
                table,
                List.of(new PartitionRegistration(
                        hour(0), "s3://lake/a/", Map.of("owner", "ops", "numRows", "7", "fanin.objects", "1"))));

        fixture.catalog.register(
                table, List.of(new PartitionRegistration(hour(0), "s3://lake/a/", Map.of("fanin.objects", "2"))));

        JsonNode partition = fixture.glue.partitions("analytics", "flights").get(hour(0).values());
        assertThat(partition.get("Parameters").toString())
                .isEqualToIgnoringWhitespace("{\"owner\":\"ops\",\"fanin.objects\":\"2\"}");
    }

    /** Such a partition, left by a tool that knows locations only, breaks every query of the table. */
    @Test
    void partitionWithoutSerDeIsRepaired() {
        fixture.glue.putPartition(
                "analytics", "flights", hour(0).values(), registration(0).locationUri());

        RegistrationReport report = fixture.catalog.register(table, registrations(1));

        assertThat(report.outcomes()).containsExactly(new Registered(hour(0), Change.ADOPTED));
        assertThat(fixture.glue
                        .partitions("analytics", "flights")
                        .get(hour(0).values())
                        .at("/StorageDescriptor/SerdeInfo/SerializationLibrary")
                        .asText())
                .endsWith("ParquetHiveSerDe");
    }

    @Test
    void whatGlueWouldRefuseIsRefusedBeforeItHarmsItsBatch() {
        List<PartitionRegistration> given = new ArrayList<>(registrations(3));
        given.add(1, at("s3://lake/x/", "2013-02-08", ""));
        given.add(at("s3://lake/x/", "2013-02-08", "9".repeat(1025)));
        given.add(at("s3://lake/x/", "2013-02-08"));
        given.add(at("", "2013-02-08", "90"));
        given.add(at("s3://lake/" + "x".repeat(2047), "2013-02-08", "91"));

        RegistrationReport report = fixture.catalog.register(table, given);

        assertThat(fixture.operations()).containsExactly("BatchCreatePartition", "BatchGetPartition");
        assertThat(registered(report)).hasSize(3);
        assertThat(report.outcomes()).hasSize(8);
        assertThat(refused(report))
                .containsExactly(
                        new Refused(
                                PartitionValues.of("2013-02-08", ""),
                                "InvalidPartitionValues",
                                "value 2 has 0 characters, Glue takes 1 to 1024"),
                        new Refused(
                                PartitionValues.of("2013-02-08", "9".repeat(1025)),
                                "InvalidPartitionValues",
                                "value 2 has 1025 characters, Glue takes 1 to 1024"),
                        new Refused(
                                PartitionValues.of("2013-02-08"),
                                "InvalidPartitionValues",
                                "1 value for the table's 2 keys"),
                        new Refused(hour(90), "InvalidLocation", "the location has 0 characters, Glue takes 1 to 2056"),
                        new Refused(
                                hour(91), "InvalidLocation", "the location has 2057 characters, Glue takes 1 to 2056"));
    }

    /** Glue takes any text for an int or a date; every query of the table would fail on it. */
    @Test
    void valueThatItsKeysTypeCannotHoldIsRefusedAlone() {
        List<PartitionRegistration> given = new ArrayList<>(registrations(3));
        given.add(at("s3://lake/x/", "2013-02-08", "noon"));
        given.add(at("s3://lake/x/", "2013-02-30", "1"));
        given.add(at("s3://lake/x/", "2013-02-08", "99999999999"));
        given.add(at("s3://lake/null/", "2013-02-08", PartitionValues.HIVE_DEFAULT));

        RegistrationReport report = fixture.catalog.register(table, given);

        assertThat(registered(report)).hasSize(4);
        assertThat(refused(report))
                .extracting(Refused::errorCode, Refused::message)
                .containsExactly(
                        tuple("InvalidPartitionValues", "'noon' is not a value of key hour, expected one of type int"),
                        tuple(
                                "InvalidPartitionValues",
                                "'2013-02-30' is not a value of key dt, expected one such as 2013-02-08"),
                        tuple(
                                "InvalidPartitionValues",
                                "'99999999999' is not a value of key hour, expected one of type int"));
    }

    @Test
    void newPartitionTakesTheTablesColumnsButAnExistingOneIsUnchanged() {
        fixture.catalog.register(table, registrations(1));
        CatalogTable wider = withColumn("gate");

        RegistrationReport report = fixture.catalog.register(wider, registrations(2));

        assertThat(report.outcomes())
                .containsExactly(new Registered(hour(0), Change.UNCHANGED), new Registered(hour(1), Change.CREATED));
        assertThat(columnsOf(0)).containsExactly("carrier", "delay");
        assertThat(columnsOf(1)).containsExactly("carrier", "delay", "gate");
    }

    @Test
    void partitionWithChangedDataTakesTheTablesCurrentColumns() {
        fixture.catalog.register(table, registrations(1));
        CatalogTable wider = withColumn("gate");

        fixture.catalog.register(
                wider,
                List.of(new PartitionRegistration(
                        hour(0), registration(0).locationUri(), Map.of("fanin.objects", "4"))));

        assertThat(columnsOf(0)).containsExactly("carrier", "delay", "gate");
    }

    @Test
    void sameValuesWithTwoLocationsAreNotLeftToChance() {
        PartitionRegistration other = new PartitionRegistration(hour(0), "s3://lake/other/", Map.of());

        RegistrationReport report = fixture.catalog.register(table, List.of(registration(0), other, registration(0)));

        assertThat(report.outcomes().get(0)).isEqualTo(new Registered(hour(0), Change.CREATED));
        assertThat(report.outcomes().get(1)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.errorCode()).isEqualTo("DuplicatePartition");
            assertThat(refused.message()).contains(registration(0).locationUri(), "s3://lake/other/");
        });
        assertThat(report.outcomes().get(2)).isEqualTo(report.outcomes().get(0));
    }

    @Test
    void unusableTableIsNotTouched() {
        fixture.glue.alterTable(
                "analytics",
                "flights",
                input -> ((ObjectNode) input.get("Parameters")).put("projection.enabled", "true"));
        CatalogTable projected = fixture.catalog.table(CatalogFixture.FLIGHTS).orElseThrow();
        fixture.glue.log().reset();

        assertThatThrownBy(() -> fixture.catalog.register(projected, registrations(1)))
                .isInstanceOf(CatalogException.class)
                .hasMessageContainingAll("analytics.flights", "projection.enabled=true");
        assertThat(fixture.operations()).isEmpty();
    }

    private CatalogTable withColumn(String name) {
        fixture.glue.alterTable(
                "analytics",
                "flights",
                input -> input.withObject("/StorageDescriptor")
                        .withArray("Columns")
                        .addObject()
                        .put("Name", name)
                        .put("Type", "string"));
        return fixture.catalog.table(CatalogFixture.FLIGHTS).orElseThrow();
    }

    private List<String> columnsOf(int hour) {
        return fixture.glue
                .partitions("analytics", "flights")
                .get(hour(hour).values())
                .at("/StorageDescriptor/Columns")
                .findValuesAsText("Name");
    }

    private static PartitionRegistration at(String location, String... values) {
        return new PartitionRegistration(PartitionValues.of(values), location, Map.of());
    }

    private record Outcome(Change change) {
        boolean isOf(RegistrationOutcome outcome) {
            return outcome instanceof Registered registered && registered.change() == change;
        }
    }
}
