package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.S3Target;
import software.amazon.awssdk.services.glue.model.ScheduleState;
import software.amazon.awssdk.services.glue.model.UpdateBehavior;

/** Tables are taken over and given back by the printed commands, and readers see each partition all the time. */
@ExtendWith(Platform.class)
@ResourceLock(Platform.SPECS)
@ResourceLock(Platform.CRAWLERS)
class CutOverIT {

    private final Pipeline pipeline;
    private final TestLake.Table table;

    @TempDir
    private Path folder;

    CutOverIT(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.table = pipeline.newTable();
        pipeline.clients().s3().createBucket(request -> request.bucket(TestLake.SPEC_BUCKET));
    }

    /** Otherwise runs of all tables would find the spec, and doctor the crawler. */
    @AfterEach
    void removeWhatOthersWouldSee() {
        pipeline.clients()
                .s3()
                .deleteObject(request -> request.bucket(TestLake.SPEC_BUCKET)
                        .key(TestLake.SPEC_PREFIX + table.database() + "/" + table.name() + ".json"));
        GlueClient glue = pipeline.clients().glue();
        glue.listCrawlers(request -> {}).crawlerNames().stream()
                .filter(crawlerName()::equals)
                .forEach(name -> glue.deleteCrawler(request -> request.name(name)));
    }

    private String crawlerName() {
        return "crawler " + table.database();
    }

    @Test
    void crawlerIsReplacedAndStartedAgain() {
        create(Map.of("classification", "json"), "dt", "hour");
        table.withHours(2);
        String name = crawlerName();
        pipeline.clients()
                .glue()
                .createCrawler(request -> request.name(name)
                        .role("crawler")
                        .databaseName(table.database())
                        .schedule("cron(0 3 * * ? *)")
                        .targets(targets -> targets.s3Targets(
                                S3Target.builder().path(table.location()).build())));
        crawl(name);
        table.withHours(3);
        Runbook runbook = Runbook.of(pipeline, table, folder);

        runbook.does("Parallel");

        assertThat(visibleHours()).containsExactlyInAnyOrder("00", "01", "02");
        assertThat(parameters()).containsEntry("fanin.status", "COMPLETE");
        table.withHours(4);
        crawl(name);
        assertThat(visibleHours()).as("the crawler goes on").contains("03");
        assertThat(parameters()).as("and leaves our parameters alone").containsEntry("fanin.status", "COMPLETE");
        table.withHours(5);

        runbook.does("Cut over");

        assertThat(crawler(name).schedule().state()).isEqualTo(ScheduleState.NOT_SCHEDULED);
        assertThat(visibleHours()).containsExactlyInAnyOrder("00", "01", "02", "03", "04");
        table.withHours(6);

        runbook.does("Back");

        Crawler back = crawler(name);
        assertThat(back.schedule().state()).isEqualTo(ScheduleState.SCHEDULED);
        assertThat(back.schemaChangePolicy().updateBehavior()).isEqualTo(UpdateBehavior.UPDATE_IN_DATABASE);
        assertThat(back.lastCrawl()).as("it was started").isNotNull();
        crawl(name);
        assertThat(visibleHours()).containsExactlyInAnyOrder("00", "01", "02", "03", "04", "05");
        assertThat(parameters()).isEqualTo(Map.of("classification", "json"));
    }

    @Test
    void projectionIsReplacedAndSwitchedOnAgain() {
        Map<String, String> projection = Map.of(
                "classification", "json",
                "projection.enabled", "true",
                "projection.dt.type", "date",
                "projection.dt.format", "yyyy/MM/dd/HH",
                "projection.dt.interval", "1",
                "projection.dt.interval.unit", "HOURS",
                "projection.dt.range", "2013/02/08/00,NOW",
                "storage.location.template", table.location() + "${dt}/");
        create(projection, "dt");
        hour("2013/02/08/16").hour("2013/02/08/17");
        Runbook runbook = Runbook.of(pipeline, table, folder);

        runbook.does("Parallel");

        assertThat(parameters())
                .containsAllEntriesOf(projection)
                .containsEntry("fanin.status", "COMPLETE")
                .containsEntry("fanin.projection", "register");
        assertThat(registered()).containsExactlyInAnyOrder("2013/02/08/16", "2013/02/08/17");
        hour("2013/02/08/18");

        runbook.does("Cut over");

        assertThat(parameters())
                .containsEntry("projection.enabled", "false")
                .containsEntry("projection.dt.format", "yyyy/MM/dd/HH")
                .containsEntry("fanin.status", "COMPLETE");
        assertThat(registered()).containsExactlyInAnyOrder("2013/02/08/16", "2013/02/08/17", "2013/02/08/18");

        runbook.does("Back");

        assertThat(parameters()).isEqualTo(projection);
        assertThat(registered()).as("other engines see what they saw").hasSize(3);
    }

    @Test
    void repairOfTheWholeTableIsReplacedAndRunAgain() {
        create(Map.of("classification", "json"), "dt", "hour");
        table.withHours(1);
        Runbook runbook = Runbook.of(pipeline, table, folder);
        repair(runbook, 1);
        table.withHours(2);

        runbook.does("Parallel");

        assertThat(visibleHours()).containsExactlyInAnyOrder("00", "01");
        table.withHours(3);
        repair(runbook, 3);
        assertThat(parameters()).containsEntry("fanin.status", "COMPLETE");
        table.withHours(4);

        runbook.does("Cut over");

        assertThat(visibleHours()).containsExactlyInAnyOrder("00", "01", "02", "03");
        table.withHours(5);

        runbook.does("Back");

        Polling.await("the repair registers the last hour", () -> visibleHours().contains("04"));
        assertThat(parameters()).isEqualTo(Map.of("classification", "json"));
    }

    private CutOverIT hour(String prefix) {
        table.with(prefix + "/part-0.json", Content.json());
        return this;
    }

    private void repair(Runbook runbook, int hours) {
        runbook.aws("athena start-query-execution --query-string 'MSCK REPAIR TABLE `" + table.database() + "`.`"
                + table.name() + "`'");
        Polling.await(
                "the repair registers " + hours + " hours", () -> visibleHours().size() == hours);
    }

    private void create(Map<String, String> parameters, String... keys) {
        List<Column> columns = List.of(keys).stream()
                .map(key -> Column.builder().name(key).type("string").build())
                .toList();
        pipeline.catalog()
                .create(
                        table,
                        details -> details.tableType("EXTERNAL_TABLE")
                                .parameters(parameters)
                                .partitionKeys(columns)
                                .storageDescriptor(json -> json.location(table.location())
                                        .columns(
                                                Column.builder()
                                                        .name("carrier")
                                                        .type("string")
                                                        .build(),
                                                Column.builder()
                                                        .name("delay")
                                                        .type("int")
                                                        .build())
                                        .inputFormat("org.apache.hadoop.mapred.TextInputFormat")
                                        .outputFormat("org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat")
                                        .serdeInfo(serDe ->
                                                serDe.serializationLibrary("org.openx.data.jsonserde.JsonSerDe"))));
    }

    private Crawler crawler(String name) {
        return pipeline.clients()
                .glue()
                .getCrawler(request -> request.name(name))
                .crawler();
    }

    /** Acts like a crawler: registers folders that are not partitions, and replaces tables if it is allowed to. */
    private void crawl(String name) {
        var glue = pipeline.clients().glue();
        var found = pipeline.catalog().get(table);
        Set<List<String>> known = Set.copyOf(pipeline.catalog().values(table));
        pipeline
                .clients()
                .s3()
                .listObjectsV2(request -> request.bucket(TestLake.BUCKET).prefix(table.prefix()))
                .contents()
                .stream()
                .map(object -> object.key().substring(table.prefix().length()).split("[=/]", -1))
                .filter(parts -> !known.contains(List.of(parts[1], parts[3])))
                .forEach(parts -> pipeline.catalog()
                        .add(table, List.of(parts[1], parts[3]), "dt=" + parts[1] + "/hour=" + parts[3] + "/"));
        var policy = crawler(name).schemaChangePolicy();
        if (policy == null || policy.updateBehavior() != UpdateBehavior.LOG) {
            Map<String, String> own = new HashMap<>(found.parameters());
            own.keySet().removeIf(parameter -> parameter.startsWith("fanin."));
            glue.updateTable(request -> request.databaseName(table.database())
                    .tableInput(input -> input.name(found.name())
                            .tableType(found.tableType())
                            .partitionKeys(found.partitionKeys())
                            .storageDescriptor(found.storageDescriptor())
                            .parameters(own)));
        }
    }

    private Map<String, String> parameters() {
        return pipeline.catalog().parameters(table);
    }

    private Set<String> registered() {
        return pipeline.catalog().values(table).stream().map(List::getFirst).collect(Collectors.toSet());
    }

    private Set<String> visibleHours() {
        return pipeline.catalog().values(table).stream().map(List::getLast).collect(Collectors.toSet());
    }
}
