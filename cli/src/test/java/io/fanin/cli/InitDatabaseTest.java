package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.cli.CliFixture.Done;
import io.fanin.model.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All tables of databases: each has a spec or a reason, and none stops the others. */
class InitDatabaseTest {

    private final InitFixture fixture = new InitFixture();

    @TempDir
    private Path folder;

    @BeforeEach
    void tables() {
        fixture.cli.aws.glue().createDatabase("curated").createDatabase("raw_more");
        fixture.table("plain", "dt:date").data("plain", "dt=2013-02-08");
        fixture.table("guessed", "p0:string p1:string").data("guessed", "2013/02");
        fixture.table(
                "projected",
                "dt:date",
                Map.of(
                        "projection.enabled",
                        "true",
                        "projection.dt.type",
                        "date",
                        "projection.dt.format",
                        "yyyy-MM-dd"));
        fixture.table("berg", "dt:date", Map.of("table_type", "ICEBERG"));
        fixture.cli.aws.log().reset();
    }

    private Done init(String... more) {
        return fixture.cli.run(Stream.concat(Stream.of("init", "--database", "raw*"), Stream.of(more))
                .toArray(String[]::new));
    }

    private Done initInto(Path folder) {
        return fixture.cli.run("init", "--database", "raw*", "--folder", folder.toString());
    }

    @Test
    void eachTableHasItsVerdict() {
        Done done = init();

        assertThat(done.code()).isEqualTo(4);
        assertThat(done.lines())
                .anyMatch(line -> line.matches("raw\\.plain +ready +1 +1 .*"))
                .anyMatch(line -> line.matches("raw\\.guessed +check +1 +1 +layout \\$\\{p0}/\\$\\{p1}.*"))
                .anyMatch(line -> line.matches("raw\\.projected +decide +0 +0 +with projection.enabled=true.*"))
                .anyMatch(line -> line.matches("raw\\.berg +left out +- +- +table raw.berg is of format iceberg.*"))
                .contains("1 ready, 1 check, 1 decide, 1 left out, 0 kept");
        assertThat(done.err().lines()).containsExactly("raw: 4 tables", "raw_more: 0 tables");
        fixture.assertNothingWritten();
    }

    @Test
    void tablesAreNotRequestedOneByOne() {
        assertThat(init().lines()).contains(fixture.cli.aws.log().count() + " requests");

        assertThat(fixture.cli.aws.log().counts())
                .containsEntry("GetDatabases", 1)
                .containsEntry("GetTables", 2)
                .containsEntry("GetPartitions", 3)
                .doesNotContainKey("GetTable");
    }

    @Test
    void exactDatabaseIsNotSearchedFor() {
        fixture.cli.run("init", "--database", "raw");

        assertThat(fixture.cli.aws.log().counts()).doesNotContainKey("GetDatabases");
    }

    /** Results of an earlier survey are not replaced by nothing. */
    @ParameterizedTest
    @CsvSource({
        "raw_wbe, 2, not listed: database raw_wbe: there is no such database",
        "rwa*, 2, there is no database rwa*"
    })
    void databaseThatDoesNotExistIsRefused(String typed, int code, String why) throws IOException {
        initInto(folder);
        String before = Files.readString(folder.resolve("report.json"));

        Done done = fixture.cli.run("init", "--database", typed, "--folder", folder.toString());

        assertThat(done.code()).isEqualTo(code);
        assertThat(done.out() + done.err()).contains(why);
        assertThat(folder.resolve("report.json")).hasContent(before);
    }

    @Test
    void databaseThatMayNotBeListedAnyMoreIsNotForgotten() {
        fixture.in("raw_more").table("other", "dt:date").data("other", "dt=2013-02-08");
        initInto(folder);
        fixture.cli
                .aws
                .faults()
                .on("GetTables")
                .where(call -> call.target().startsWith("raw_more"))
                .thenFail(400, "AccessDeniedException", "no");

        assertThat(initInto(folder).out()).contains("not listed: database raw_more: ");

        assertThat(folder.resolve("report.json")).content().contains("raw_more.other");
    }

    @Test
    void databaseThatIsGoneIsForgotten() {
        fixture.in("raw_more").table("other", "dt:date").data("other", "dt=2013-02-08");
        initInto(folder);
        fixture.cli.aws.glue().dropTable("raw_more", "other");

        fixture.cli.run("init", "--database", "raw,raw_more", "--folder", folder.toString());

        assertThat(folder.resolve("report.json"))
                .content()
                .contains("raw.guessed")
                .doesNotContain("raw_more.other");
    }

    @Test
    void surveyOfAnotherDatabaseForgetsNoGuess() {
        fixture.in("raw_more").table("other", "dt:date").data("other", "dt=2013-02-08");
        fixture.cli.run("init", "--database", "raw", "--folder", folder.toString());
        fixture.cli.run("init", "--database", "raw_more", "--folder", folder.toString());

        Done done = fixture.cli.run("init", "--database", "raw", "--folder", folder.toString());

        assertThat(done.lines()).anyMatch(line -> line.matches("raw\\.guessed +check .*"));
        assertThat(folder.resolve("report.json")).content().contains("other");
    }

    @Test
    void specsAreWrittenWithAReport() throws IOException {
        Done done = initInto(folder);

        assertThat(done.lines())
                .last()
                .isEqualTo(
                        "report: " + folder.resolve("report.json") + ", as a page: " + folder.resolve("report.html"));
        assertThat(files())
                .containsExactlyInAnyOrder(
                        "raw.plain.json",
                        "raw.guessed.json",
                        "decide/raw.projected.json",
                        "report.json",
                        "report.html");
        assertThat(read("raw.plain.json").toString()).isEqualTo("{\"database\":\"raw\",\"table\":\"plain\"}");
        assertThat(read("report.json").path("tables")).hasSize(4);
        assertThat(Files.readString(folder.resolve("report.html")))
                .contains("Specs proposed for raw", "4 tables", "raw.projected", "\"database\" : \"raw\"");
        fixture.assertNothingWritten();
    }

    @Test
    void tableWithASpecIsNotReadAgain() throws IOException {
        initInto(folder);
        Files.writeString(folder.resolve("raw.plain.json"), "{\"mine\": 1}");
        Files.delete(folder.resolve("raw.guessed.json"));
        fixture.cli.aws.log().reset();

        Done done = initInto(folder);

        assertThat(done.lines()).contains("1 ready, 1 check, 1 decide, 1 left out, 0 kept");
        assertThat(fixture.cli.aws.log().count("GetPartitions")).isEqualTo(1);
        assertThat(read("raw.plain.json").has("mine")).isTrue();

        fixture.cli.run("init", "--database", "raw*", "--folder", folder.toString(), "--force");

        assertThat(read("raw.plain.json").has("mine")).isFalse();
    }

    @Test
    void reportKeepsWhatIsKnownOfKeptSpecs() throws IOException {
        initInto(folder);
        JsonNode first = read("report.json");

        Done done = initInto(folder);

        assertThat(done.code()).isEqualTo(4);
        for (JsonNode table : first.path("tables")) {
            JsonNode again = reported(table.path("table").asText());
            assertThat(again.path("verdict")).isEqualTo(table.path("verdict"));
            assertThat(again.path("firstRun")).isEqualTo(table.path("firstRun"));
            assertThat(again.path("findings")).containsAll(table.path("findings"));
        }
        assertThat(Files.readString(folder.resolve("report.html")))
                .contains("with projection.enabled=true Athena ignores", "the folder has a spec for it");
    }

    @Test
    void specThatAPersonHasMovedIsKept() throws IOException {
        initInto(folder);
        Files.move(folder.resolve("decide/raw.projected.json"), folder.resolve("raw.projected.json"));

        assertThat(initInto(folder).lines()).contains("1 ready, 1 check, 0 decide, 1 left out, 1 kept");

        fixture.cli.run("init", "--database", "raw*", "--folder", folder.toString(), "--force");

        assertThat(files()).contains("decide/raw.projected.json").doesNotContain("raw.projected.json");
    }

    @Test
    void reportThatCannotBeReadIsWrittenAnew() throws IOException {
        initInto(folder);
        Files.writeString(folder.resolve("report.json"), "{\"tables\": [{\"table\": 1, \"findings\": null}]}");

        assertThat(initInto(folder).lines()).contains("0 ready, 2 check, 1 decide, 1 left out, 0 kept");
        assertThat(read("report.json").path("tables")).hasSize(4);
    }

    private JsonNode reported(String table) throws IOException {
        for (JsonNode one : read("report.json").path("tables")) {
            if (one.path("table").asText().equals(table)) {
                return one;
            }
        }
        throw new AssertionError(table);
    }

    @Test
    void tableThatCannotBeReadStopsNoOther() {
        fixture.cli
                .aws
                .faults()
                .on("ListObjectsV2")
                .where(call -> call.target().startsWith("lake/guessed/"))
                .thenFail(403, "AccessDenied", "no");

        Done done = fixture.cli.run("init", "--database", "raw", "--output", "json");

        assertThat(done.json().path("tables"))
                .filteredOn(table -> table.path("table").asText().equals("raw.guessed"))
                .singleElement()
                .satisfies(table -> {
                    assertThat(table.path("verdict").asText()).isEqualTo("DECIDE");
                    assertThat(InitFixture.texts(table))
                            .contains(
                                    "s3://lake/guessed/ cannot be listed", "you need s3:ListBucket on the bucket lake")
                            .doesNotContain("DataBuckets");
                });
        assertThat(done.json().path("tables")).hasSize(4);
    }

    @Test
    void databaseThatMayNotBeListedStopsNoOther() {
        fixture.cli.aws.glue().createDatabase("secret");
        fixture.cli
                .aws
                .faults()
                .on("GetTables")
                .where(call -> call.target().startsWith("secret"))
                .thenFail(400, "AccessDeniedException", "Insufficient Lake Formation permission(s)");

        Done text = fixture.cli.run("init", "--database", "secret,raw");
        Done json = fixture.cli.run("init", "--database", "secret,raw", "--output", "json");

        assertThat(text.code()).isEqualTo(2);
        assertThat(text.out()).contains("raw.guessed", "not listed: database secret: ", "Insufficient Lake Formation");
        assertThat(json.code()).isEqualTo(2);
        assertThat(json.json().path("tables")).hasSize(4);
        assertThat(json.json().path("refused").path("secret").asText()).contains("Insufficient Lake Formation");
    }

    @Test
    void databaseThatGlueDoesNotAnswerForStopsNoOther() throws IOException {
        fixture.in("raw_more").table("other", "dt:date").data("other", "dt=2013-02-08");
        fixture.cli
                .aws
                .faults()
                .on("GetTables")
                .where(call -> call.target().startsWith("raw_more"))
                .thenFail(400, "ThrottlingException", "Rate exceeded");

        Done done = fixture.cli.run("init", "--database", "raw_more,raw", "--folder", folder.toString());

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.out()).contains("not listed: database raw_more: ", "Rate exceeded");
        assertThat(reported("raw.guessed").path("verdict").asText()).isEqualTo("CHECK");
    }

    @Test
    void guessesAreReportedWhereASurveyBreaksOff() throws IOException {
        fixture.in("raw_more").table("other", "p0:string").data("other", "2013");
        fixture.cli.run("init", "--database", "raw_more", "--folder", folder.toString());
        Path blocked = folder.resolve("decide/raw.projected.json");
        Files.createDirectories(blocked.resolve("not empty"));

        assertThat(init("--folder", folder.toString(), "--force").code()).isEqualTo(2);

        assertThat(reported("raw.guessed").path("verdict").asText()).isEqualTo("CHECK");
        assertThat(reported("raw_more.other").path("verdict").asText())
                .as("not reached this time")
                .isEqualTo("CHECK");
        Files.delete(blocked.resolve("not empty"));
        Files.delete(blocked);
        assertThat(initInto(folder).lines())
                .anyMatch(line -> line.matches("raw\\.guessed +check +1 +1 +layout .*"))
                .anyMatch(line -> line.matches("raw\\.projected +decide .*"));
    }

    @Test
    void specOfWhichNoReportTellsIsToBeChecked() throws IOException {
        initInto(folder);
        Files.delete(folder.resolve("report.json"));

        Done done = initInto(folder);

        assertThat(done.lines()).anyMatch(line -> line.matches("raw\\.plain +check .*its verdict is not known.*"));
        assertThat(initInto(folder).lines()).anyMatch(line -> line.matches("raw\\.plain +check .*"));
    }

    @Test
    void eitherATableOrDatabasesAreNamed() {
        for (List<String> words : List.of(List.of("init"), List.of("init", "a.b", "--database", "raw"))) {
            Done done = fixture.cli.run(words.toArray(String[]::new));

            assertThat(done.code()).isEqualTo(2);
            assertThat(done.err()).contains("init needs a table or --database, and not both");
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        }
    }

    private JsonNode read(String name) throws IOException {
        return Json.documents().readTree(Files.readString(folder.resolve(name)));
    }
}
