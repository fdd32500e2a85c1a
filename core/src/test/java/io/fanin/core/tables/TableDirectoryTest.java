package io.fanin.core.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.CatalogUnavailableException;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.input.ExecutionInput;
import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.S3AccessException;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.tables.SkippedTable.Reason;
import io.fanin.fakes.FakeAws;
import io.fanin.fakes.Fault;
import io.fanin.fakes.ManualClock;
import io.fanin.model.json.Json;
import io.fanin.model.table.TableName;
import io.fanin.model.text.NamePatterns;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;

/** The tables of the stack, their sources, and the number of requests to find them. */
class TableDirectoryTest {

    private static final Fault DENIED = new Fault.Fail(
            400, "AccessDeniedException", "Insufficient Lake Formation permission(s): Required Describe on raw_locked");

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T10:00:00Z"));
    private final FakeAws aws = new FakeAws(clock);
    private final S3Client s3 = aws.s3().createBucket("config").client();
    private final GlueCatalog catalog = new GlueCatalog(aws.glue().client(), duration -> {});
    private final TableDirectory directory = directory("raw_*");

    private TableDirectory directory(String databases) {
        return TableDirectory.of(
                "s3://config/specs/",
                databases,
                new S3Pages(s3),
                new S3Texts(bucket -> new BucketReader(s3, bucket), StackBuckets.of("state", "lake", "", "config")),
                catalog,
                Workers.THREADS);
    }

    private void spec(String key, String table, String more) {
        TableName name = TableName.of(table);
        aws.s3()
                .put(
                        "config",
                        "specs/" + key,
                        "{\"database\": \"%s\", \"table\": \"%s\"%s}".formatted(name.database(), name.table(), more));
    }

    private void table(String name, Map<String, String> parameters) {
        RawTable.create(catalog, name, parameters);
    }

    private KnownTables look() {
        aws.log().reset();
        return directory.find(TableFilter.ALL);
    }

    private static List<String> names(KnownTables known) {
        return known.tables().stream().map(table -> table.name().toString()).toList();
    }

    /** What one author adds would take the memory in which all tables are known. */
    @Test
    void largeSpecsBeyondTheLimitAreLeftOutTheNewestFirst() {
        spec("zz.json", "analytics.first", "");
        clock.advance(Duration.ofHours(1));
        int size = ExecutionInput.MAX_BYTES - 200;
        int more = (int) (SpecFolder.MAX_BYTES / size) + 3;
        for (int i = 0; i < more; i++) {
            spec("large/t" + i + ".json", "large.t" + i, " ".repeat(size));
        }

        KnownTables known = look();

        assertThat(names(known)).contains("analytics.first");
        assertThat(known.tables()).hasSize(more - 2);
        assertThat(known.leftOut())
                .hasSize(3)
                .allSatisfy(one -> assertThat(one.message()).contains("32 MiB together"))
                .extracting(SkippedTable::reason)
                .containsOnly(Reason.UNREADABLE);
    }

    /** Such names lead into other tables' folders of the state bucket. */
    @ParameterizedTest
    @CsvSource({"one/superseded/two", "../one", "one two"})
    void tableWhoseNameIsNoneHereIsLeftOutWithoutIt(String name) {
        RawTable.create(catalog, new TableName("raw_x", name), Map.of());

        assertThat(look().leftOut())
                .extracting(SkippedTable::what, SkippedTable::table, SkippedTable::reason)
                .containsExactly(tuple("raw_x." + name, Optional.empty(), Reason.UNREADABLE));
    }

    @Test
    void specsOfAnyDepthAreTables() {
        spec("flights.json", "analytics.flights", "");
        spec("deep/down/arrivals.json", "analytics.arrivals", ", \"onEmpty\": \"skip\"");
        aws.s3().put("config", "specs/README.md", "none").put("config", "other/x.json", "none");

        KnownTables known = look();

        assertThat(known.tables())
                .extracting(table -> table.name().toString(), KnownTable::specUri)
                .containsExactly(
                        tuple("analytics.arrivals", Optional.of("s3://config/specs/deep/down/arrivals.json")),
                        tuple("analytics.flights", Optional.of("s3://config/specs/flights.json")));
        assertThat(known.leftOut()).isEmpty();
    }

    @Test
    void onlyChangedSpecsAreFetchedAgain() {
        for (int i = 0; i < 30; i++) {
            spec("t" + i + ".json", "analytics.t" + i, "");
        }
        look();
        assertThat(aws.log().counts()).containsEntry("ListObjectsV2", 1).containsEntry("GetObject", 30);

        spec("t7.json", "analytics.t7", ", \"enabled\": false");
        aws.s3().delete("config", "specs/t8.json");

        assertThat(look().tables()).hasSize(28);
        assertThat(aws.log().counts()).containsEntry("ListObjectsV2", 1).containsEntry("GetObject", 1);
    }

    @Test
    void brokenSpecHarmsNoOtherTable() {
        spec("flights.json", "analytics.flights", "");
        spec("x.json", "analytics.wrong", ", \"detection\": {\"mode\": \"guess\"}");
        aws.s3().put("config", "specs/y.json", "{").put("config", "specs/z.json", "x".repeat(300_000));

        KnownTables known = look();

        assertThat(names(known)).containsExactly("analytics.flights");
        assertThat(known.leftOut()).extracting(SkippedTable::reason).containsOnly(Reason.UNREADABLE);
        assertThat(known.leftOut())
                .extracting(SkippedTable::what)
                .containsExactly("s3://config/specs/x.json", "s3://config/specs/y.json", "s3://config/specs/z.json");
        assertThat(known.leftOut().getFirst().message()).contains("$.detection.mode", "guess");
        assertThat(SkippedTable.mistaken(known.leftOut())).isNotEmpty();
    }

    @Test
    void severalSpecsOfOneTableAreNamedAndNotRun() {
        spec("a.json", "analytics.flights", "");
        spec("b.json", "analytics.flights", "");
        table("raw_x.one", Map.of());

        KnownTables known = look();

        assertThat(names(known)).containsExactly("raw_x.one");
        assertThat(known.leftOut())
                .extracting(SkippedTable::what, SkippedTable::reason)
                .containsExactly(
                        tuple("s3://config/specs/a.json", Reason.SEVERAL_SPECS),
                        tuple("s3://config/specs/b.json", Reason.SEVERAL_SPECS));
        assertThat(known.leftOut())
                .allSatisfy(one -> assertThat(one.message()).contains("specs/a.json", "specs/b.json"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "any.json            | {\"database\": \"raw_x\", \"table\": \"one\"}",
                "any.json            | {\"database\": \"raw_x\", \"table\": \"one\", \"enabled\": false}",
                "any.json            | {\"database\": \"raw_x\", \"table\": \"one\", \"unknown\": 1}",
                "raw_x/one.json      | {",
            })
    void specWinsOverTheCatalogEvenWhenItIsBroken(String key, String spec) {
        table("raw_x.one", Map.of());
        table("raw_x.two", Map.of());
        aws.s3().put("config", "specs/" + key, spec);

        assertThat(look().tables())
                .filteredOn(table -> table.specUri().isEmpty())
                .extracting(table -> table.name().toString())
                .containsExactly("raw_x.two");
    }

    @Test
    void unusableTablesOfTheCatalogAreLeftOut() {
        table("raw_x.good", Map.of("fanin.onEmpty", "skip", "fanin.detection", "", "fanin.enabled", " "));
        table("raw_x.iceberg", Map.of("table_type", "ICEBERG"));
        table("raw_x.projected", Map.of("projection.enabled", "true"));
        table("raw_x.wrong", Map.of("fanin.detection", "{\"mode\": \"guess\"}"));
        table("raw_x.off", Map.of("fanin.enabled", "false"));
        table("raw_x.view", Map.of());
        aws.glue().alterTable("raw_x", "view", table -> table.put("TableType", "VIRTUAL_VIEW"));
        table("raw_x.whole", Map.of());
        aws.glue().alterTable("raw_x", "whole", table -> table.remove("PartitionKeys"));
        table("other.good", Map.of());

        KnownTables known = look();

        assertThat(names(known)).containsExactly("raw_x.good");
        assertThat(known.leftOut())
                .extracting(SkippedTable::what, SkippedTable::reason)
                .containsExactly(
                        tuple("raw_x.iceberg", Reason.UNUSABLE),
                        tuple("raw_x.off", Reason.DISABLED),
                        tuple("raw_x.projected", Reason.UNUSABLE),
                        tuple("raw_x.view", Reason.UNUSABLE),
                        tuple("raw_x.whole", Reason.UNUSABLE),
                        tuple("raw_x.wrong", Reason.UNREADABLE));
        assertThat(known.disabled())
                .as("an execution of its own may run it")
                .extracting(table -> table.name().toString())
                .containsExactly("raw_x.off");
    }

    @Test
    void tableOfUnknownFormatIsLeftOutUnlessItIsOnlyRegistered() {
        table("raw_x.orc", Map.of());
        table("raw_x.registered", Map.of("fanin.processor", "{\"type\": \"register\"}"));
        for (String table : List.of("orc", "registered")) {
            aws.glue()
                    .alterTable(
                            "raw_x",
                            table,
                            json -> json.withObject("/StorageDescriptor/SerdeInfo")
                                    .put("SerializationLibrary", "org.apache.hadoop.hive.ql.io.orc.OrcSerde"));
        }

        KnownTables known = look();

        assertThat(names(known)).containsExactly("raw_x.registered");
        assertThat(known.leftOut())
                .extracting(SkippedTable::what, SkippedTable::reason)
                .containsExactly(tuple("raw_x.orc", Reason.UNUSABLE));
        assertThat(known.leftOut().getFirst().message())
                .contains("has SerDe org.apache.hadoop.hive.ql.io.orc.OrcSerde")
                .endsWith(
                        "The processor register registers its partitions without reading them: {\"database\": \"raw_x\","
                                + " \"table\": \"orc\", \"processor\": {\"type\": \"register\"}}");
    }

    @Test
    void tablesOfTheCatalogCostOneRequestForAHundred() {
        for (int i = 0; i < 250; i++) {
            table("raw_x.t" + i, Map.of());
        }

        assertThat(look().tables()).hasSize(250);
        assertThat(aws.log().counts())
                .containsEntry("GetDatabases", 1)
                .containsEntry("GetTables", 3)
                .doesNotContainKey("GetTable");
    }

    @Test
    void databasesThatAreWrittenOutAreNotLookedFor() {
        table("raw_x.one", Map.of());
        aws.log().reset();

        assertThat(names(directory("raw_x,raw_gone").find(TableFilter.ALL))).containsExactly("raw_x.one");
        assertThat(aws.log().counts()).containsEntry("GetTables", 2).doesNotContainKey("GetDatabases");
    }

    @Test
    void filterChoosesDatabasesAndTables() {
        table("raw_x.bikes", Map.of());
        table("raw_x.cars", Map.of());
        table("raw_y.bikes", Map.of());
        spec("flights.json", "analytics.flights", "");
        aws.s3().put("config", "specs/broken.json", "{");
        aws.log().reset();

        KnownTables known =
                directory.find(new TableFilter(NamePatterns.of("raw_x,analytics"), NamePatterns.of("*.b*")));

        assertThat(names(known)).containsExactly("raw_x.bikes");
        assertThat(known.leftOut()).as("whose it is nobody knows").hasSize(1);
        assertThat(aws.log().count("GetTables")).isOne();
    }

    @Test
    void folderThatCannotBeListedIsNoEmptyFolder() {
        aws.faults().on("ListObjectsV2").thenFail(403, "AccessDenied", "Access Denied");

        assertThatThrownBy(this::look).isInstanceOf(S3AccessException.class);
    }

    @ParameterizedTest
    @CsvSource({"GetTables, raw_locked", "GetDatabases, raw_*"})
    void whatTheCatalogRefusesStopsNoOtherTable(String operation, String leftOut) {
        table("raw_x.one", Map.of());
        table("raw_locked.two", Map.of());
        spec("flights.json", "analytics.flights", "");
        aws.faults()
                .on(operation)
                .where(call -> operation.equals("GetDatabases") || call.target().contains("raw_locked"))
                .then(DENIED);

        KnownTables known = look();

        assertThat(names(known)).contains("analytics.flights").doesNotContain("raw_locked.two");
        assertThat(known.leftOut())
                .extracting(SkippedTable::what, SkippedTable::table, SkippedTable::reason)
                .containsExactly(tuple(leftOut, Optional.empty(), Reason.UNREADABLE));
        assertThat(known.leftOut().getFirst().message()).contains(operation, "Lake Formation denies it");
        assertThat(SkippedTable.mistaken(known.leftOut())).isNotEmpty();
    }

    @Test
    void refusalThatLeavesNoTableIsNoEmptyCatalog() {
        table("raw_locked.two", Map.of());
        aws.faults().on("GetTables").then(DENIED);

        assertThatThrownBy(this::look).isExactlyInstanceOf(CatalogException.class);
    }

    @Test
    void catalogThatGivesNoAnswerIsAskedAgainByTheStateMachine() {
        table("raw_x.one", Map.of());
        spec("flights.json", "analytics.flights", "");
        aws.faults().on("GetTables").then(Fault.throttling());

        assertThatThrownBy(this::look).isInstanceOf(CatalogUnavailableException.class);
    }

    @Test
    void tableThatTheCatalogRefusesIsLeftOutByItsName() {
        table("raw_x.one", Map.of());
        aws.faults().on("GetTable").then(DENIED);

        assertThat(directory.find(TableName.of("raw_x.one")).leftOut())
                .extracting(SkippedTable::what, SkippedTable::table, SkippedTable::reason)
                .containsExactly(tuple("raw_x.one", Optional.of(TableName.of("raw_x.one")), Reason.UNREADABLE));
    }

    @Test
    void tablesOfTheCatalogSayNothingButTheirName() {
        table("raw_x.one", Map.of("fanin.detection", "{\"mode\": \"full\"}"));

        KnownTable known = look().tables().getFirst();

        ObjectNode given = Json.documents().valueToTree(known.spec());
        assertThat(given.properties()).extracting(Map.Entry::getKey).containsExactly("database", "table");
        assertThat(known.catalog()).isPresent();
    }

    @Test
    void databasesAreListedSideBySide() {
        for (int i = 0; i < 20; i++) {
            table("raw_" + i + ".hits", Map.of());
        }
        CountDownLatch together = new CountDownLatch(8);
        AtomicBoolean isAlone = new AtomicBoolean();
        aws.glue().faults().on("GetTables").first(8).thenRun(() -> {
            together.countDown();
            isAlone.compareAndSet(false, !isReached(together));
        });

        assertThat(names(look())).hasSize(20).isSorted();

        assertThat(isAlone).isFalse();
    }

    private static boolean isReached(CountDownLatch latch) {
        try {
            return latch.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
