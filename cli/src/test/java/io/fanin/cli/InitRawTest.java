package io.fanin.cli;

import static io.fanin.cli.InitFixture.count;
import static io.fanin.cli.InitFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.cli.CliFixture.Done;
import io.fanin.model.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Raw data without a table: keys from folders, columns from files, contradictions by name. */
class InitRawTest {

    private final InitFixture fixture = new InitFixture();

    private void put(String key, String content) {
        fixture.raw(key, content);
    }

    private JsonNode init() {
        return fixture.initRaw();
    }

    @Test
    void jsonInHiveFoldersIsValidated() {
        put("dt=2013-02-08/a.json", "{\"carrier\": \"UA\", \"delay\": 1}\n");
        put("dt=2013-02-09/a.json", "{\"carrier\": \"B6\", \"delay\": 2, \"gate\": \"x\"}\n");

        JsonNode proposal = init();

        assertThat(proposal.path("spec").toString().replace('"', '\''))
                .isEqualTo(
                        "{'database':'lake','table':'raw','location':'s3://lake/raw/','format':'json',"
                                + "'columns':[{'name':'carrier','type':'string'},{'name':'delay','type':'bigint'},{'name':'gate','type':'string'}],"
                                + "'partitionKeys':[{'name':'dt','type':'date'}],'layout':'hive','processor':{'type':'validate'}}");
        assertThat(proposal.path("verdict").asText()).as(texts(proposal)).isEqualTo("CHECK");
        assertThat(count(proposal, "unregistered")).isEqualTo("2");
        assertThat(fixture.cli.aws.log().counts())
                .containsOnlyKeys("ListObjectsV2", "GetObject")
                .containsEntry("GetObject", 2)
                .containsEntry("ListObjectsV2", 3);
    }

    /** Printed output is kept in files, so names must be exact: Persian ones have characters without a width. */
    @Test
    void printedSpecIsTheProposedOne() throws IOException {
        put("dt=2013-02-08/a.json", "{\"a\u200cb\": 1, \"##[c\": 2}\n");

        JsonNode proposed = init().path("spec");
        String printed = fixture.cli.run("init", "s3://lake/raw/").out();

        assertThat(Json.documents().readTree(printed)).isEqualTo(proposed);
        assertThat(proposed.toString()).contains("a\u200cb", "##[c");
        assertThat(printed).doesNotContain("\u200c", "##[");
    }

    @Test
    void quotedCsvWithNumbersIsConverted() {
        put("2013/02/08/a.csv", "carrier,delay\n\"UA, inc\",1\n\"B6\",2\n");
        put("2013/02/09/a.csv", "carrier,delay\n\"UA, inc\",3\n\"B6\",4\n");

        JsonNode proposal = init();

        JsonNode spec = proposal.path("spec");
        assertThat(spec.path("processor").path("type").asText())
                .as(texts(proposal))
                .isEqualTo("convert");
        assertThat(spec.path("source").path("csv").path("quoted").asBoolean()).isTrue();
        assertThat(spec.path("source").path("layout").asText()).isEqualTo("${dt}");
        assertThat(spec.path("location").asText()).isEqualTo("s3://lake/raw-parquet/");
        assertThat(proposal.path("verdict").asText()).isEqualTo("DECIDE");
        assertThat(texts(proposal)).contains("is made up: choose a folder").doesNotContain("refuse");
    }

    @Test
    void contradictionsBetweenPartitionsAreNamed() {
        put("dt=2013-02-08/a.json", "{\"n\": 1, \"dt\": \"2013-02-08\"}\n");
        put("dt=2013-02-09/a.json", "{\"n\": \"many\"}\n");

        JsonNode proposal = init();

        assertThat(texts(proposal))
                .contains(
                        "column n is string in dt=2013-02-09/a.json and bigint before: taken for string",
                        "a field named like the key dt, which is left out");
        assertThat(proposal.path("spec").path("columns").toString())
                .isEqualTo("[{\"name\":\"n\",\"type\":\"string\"}]");
    }

    @Test
    void columnsOfCsvThatMoveAreForAPerson() {
        put("dt=2013-02-08/a.csv", "a,b\n1,x\n2,y\n");
        put("dt=2013-02-09/a.csv", "b,a\nx,1\ny,2\n");

        assertThat(texts(init())).contains("CSV is read by position");
    }

    @Test
    void dataWithoutFoldersHasNoSpec() {
        put("a.json", "{}");

        Done done = fixture.cli.run("init", "s3://lake/raw/");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("error: no folders below s3://lake/raw/ tell partitions apart");
    }

    @Test
    void folderThatIsNoneIsRefused() {
        assertThat(fixture.cli.run("init", "s3://x").err()).contains("error: 's3://x' is not an S3 location");
    }

    @Test
    void datesThatNoSerDeReadsAreConverted() {
        put("2013/02/08/a.csv", "id;day\n1;25.02.2013\n");
        put("2013/02/09/a.csv", "id;day\n2;26.02.2013\n");

        JsonNode proposal = init();

        assertThat(proposal.at("/spec/source/dateFormat/0").asText()).isEqualTo("dd.MM.yyyy");
        assertThat(proposal.at("/spec/processor/type").asText()).isEqualTo("convert");
        assertThat(texts(proposal))
                .contains("SerDes read dates as 2013-02-08 only, and the files have dd.MM.yyyy")
                .doesNotContain("refuse");
    }

    @Test
    void numbersAndTimesOfPeopleAreProposedWithTheirForms() {
        put("2013/02/08/a.csv", "id;at;amount\n1;08.02.2013 17:00;6.249,75\n2;08.02.2013 17:01;12\n");
        put("2013/02/09/a.csv", "id;at;amount\n3;09.02.2013 03:00;7\n");

        JsonNode proposal = init();

        JsonNode source = proposal.at("/spec/source");
        assertThat(source.path("csv").toString()).as(texts(proposal)).isEqualTo("""
                {"delimiter":";","header":true,"decimalSeparator":",","groupingSeparator":"."}""");
        assertThat(source.path("timestampFormat").toString()).isEqualTo("[\"dd.MM.yyyy HH:mm\"]");
        assertThat(proposal.at("/spec/columns").toString()).isEqualTo("""
                [{"name":"id","type":"bigint"},{"name":"at","type":"timestamp"},{"name":"amount","type":"decimal(18,2)"}]""");
        assertThat(proposal.at("/spec/processor/type").asText()).isEqualTo("convert");
        assertThat(texts(proposal))
                .contains(
                        "numbers are written with ',' before the fraction and '.' between thousands: so are all that were"
                                + " read",
                        "timestamps are written as dd.MM.yyyy HH:mm: so are all that were read",
                        "SerDes read numbers as 1234.5 only")
                .doesNotContain("refuse", "another CSV dialect", "instead of", "a file before it");
    }

    @Test
    void timesOfJsonAreProposedWithTheirForms() {
        put("2013/02/08/a.json", "{\"id\": 1, \"at\": \"25.02.2013 17:00\", \"due\": \"25-02-2013\"}\n");
        put("2013/02/09/a.json", "{\"id\": 2, \"at\": \"26.02.2013 03:00\", \"due\": \"26-02-2013\"}\n");

        JsonNode proposal = init();

        assertThat(proposal.at("/spec/source/timestampFormat").toString()).isEqualTo("[\"dd.MM.yyyy HH:mm\"]");
        assertThat(proposal.at("/spec/source/dateFormat").toString()).isEqualTo("[\"dd-MM-yyyy\"]");
        assertThat(proposal.at("/spec/columns").toString()).isEqualTo("""
                [{"name":"id","type":"bigint"},{"name":"at","type":"timestamp"},{"name":"due","type":"date"}]""");
        assertThat(proposal.at("/spec/processor/type").asText()).isEqualTo("convert");
        assertThat(texts(proposal)).doesNotContain("refuse", "local time");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dt=2013-02-08/hour=17/minute=%s | 00 15 45 | only the minutes 00, 15, 45 were seen: if there is data every 15 minutes",
                "dt=2013-02-08/hour=%s           | 00 12    | only the hours 00, 12 were seen: if there is data every 12 hours",
                "dt=2013-02-08/hour=%s           | 01 07    | ''",
                "dt=2013-02-08/hour=%s           | 10 20    | ''",
                "dt=2013-02-08/hour=17/minute=%s | 00       | ''",
                "year=2013/month=%s              | 01 04 07 | only the months 01, 04, 07 were seen: if there is data every 3 months",
            })
    void intervalIsForAPerson(String path, String names, String finding) {
        Stream.of(names.split(" ")).forEach(name -> put(path.formatted(name) + "/a.json", "{\"id\": 1}\n"));

        JsonNode proposal = init();

        if (finding.isEmpty()) {
            assertThat(texts(proposal)).doesNotContain("were seen");
        } else {
            assertThat(texts(proposal)).contains(finding, "of the key, or those between count as missing");
        }
    }

    @Test
    void zoneOfHoursIsForAPerson() {
        put("2013/02/08/17/a.json", "{\"id\": 1}\n");
        put("2013/02/09/03/a.json", "{\"id\": 2}\n");

        JsonNode proposal = init();

        assertThat(proposal.path("verdict").asText()).isEqualTo("DECIDE");
        assertThat(texts(proposal))
                .contains("the hours in the folders are taken for UTC: if they are local time, state timeZone");
    }

    @Test
    void formsThatContradictEachOtherAreNamed() {
        put("2013/02/08/a.csv", "id;amount\n1;6.249,75\n2;12,00\n");
        put("2013/02/09/a.csv", "id;amount\n3;7.5\n4;8.25\n");

        assertThat(texts(init()))
                .contains(
                        "2013/02/09/a.csv has numbers with '.' before the fraction, and a file before it ',' before the"
                                + " fraction and '.' between thousands: state csv.decimalSeparator");
    }

    private static String columns(JsonNode proposal) {
        StringBuilder columns = new StringBuilder();
        proposal.at("/spec/columns")
                .forEach(column -> columns.append(columns.isEmpty() ? "" : ", ")
                        .append(column.path("name").asText())
                        .append(' ')
                        .append(column.path("type").asText()));
        return columns.toString();
    }

    @Test
    void zerosAndPlusesBeforeNumbersStay() {
        put("dt=2013-02-08/a.csv", "zip,phone,n,share,z\n00017,+4912345,1,0.5,0\n10117,+4912346,2,-0.5,-0\n");
        put("dt=2013-02-09/a.csv", "zip,phone,n,share,z\n20095,+4912347,3,0.25,0\n");

        JsonNode proposal = init();

        assertThat(columns(proposal))
                .as(texts(proposal))
                .isEqualTo("zip string, phone string, n bigint, share double, z bigint");
        assertThat(texts(proposal))
                .contains(
                        "column zip is string: values of it begin with a zero, which a number would lose",
                        "column phone is string: values of it begin with a plus, which a number would lose")
                .doesNotContain("thousands", "column share is", "column z is");
        assertThat(proposal.at("/spec/csv").toString())
                .isEqualTo("{\"delimiter\":\",\",\"quoted\":false,\"header\":true}");
        assertThat(proposal.at("/spec/processor/type").asText()).isEqualTo("validate");
    }

    /** DuckDB accepts them as values of these types, but a conversion would have no valid record. */
    @Test
    void textsThatConversionDoesNotReadStay() {
        put("dt=2013-02-08/a.csv", "paid,open,hex,ok,n\nyes,Y,0x10,true,1\nno,N,0x11,FALSE,\n");
        put("dt=2013-02-09/a.csv", "paid,open,hex,ok,n\nyes,N,0x12,true,2.5\n");

        JsonNode proposal = init();

        assertThat(columns(proposal))
                .as(texts(proposal))
                .isEqualTo("paid string, open string, hex string, ok boolean, n double");
        assertThat(texts(proposal))
                .contains(
                        "column paid is string: values of it are not written as those of a boolean are, which would be"
                                + " bad records");
    }

    @Test
    void datesOfTwoFormsBesideEachOtherStay() {
        put("2013/02/08/a.csv", "id,on,due\n1,2013-02-08,25.02.2013\n2,2013-02-08,26.02.2013\n");

        JsonNode proposal = init();

        assertThat(columns(proposal)).as(texts(proposal)).isEqualTo("id bigint, on string, due date");
    }

    /** Also parts of columns; DuckDB takes them for HUGEINT. */
    @Test
    void negativeAndPositiveWholeNumbersOfJsonAreBigint() {
        put("2013/02/08/a.json", """
                {"delay": -5, "s": {"ids": [-1, 2]}, "mixed": -5}
                {"delay": 3, "s": {"ids": [3]}, "mixed": "5"}
                {"delay": null, "s": null, "mixed": 5}
                """);

        JsonNode proposal = init();

        assertThat(columns(proposal))
                .as(texts(proposal))
                .isEqualTo("delay bigint, s struct<ids:array<bigint>>, mixed string");
    }

    @Test
    void wholeNumbersThatNoBigintHoldsStay() {
        put("2013/02/08/a.json", """
                {"id": 12345678901234567890123, "u": 12345678901234567890, "x": 1.5, "n": 1, "s": {"ids": [12345678901234567890123]}}
                {"id": 1, "u": 1, "x": 12345678901234567890123, "n": 2, "s": {"ids": []}}
                """);

        JsonNode proposal = init();

        assertThat(columns(proposal))
                .as(texts(proposal))
                .isEqualTo("id decimal(38,0), u decimal(38,0), x string, n bigint, s struct<ids:array<decimal(38,0)>>");
        assertThat(texts(proposal))
                .contains(
                        "column id is decimal(38,0): whole numbers of it are too large for a bigint, and a double would"
                                + " change them",
                        "column x is string: whole numbers of it are too large for a bigint, and a double would change"
                                + " them");
    }

    @Test
    void wholeNumbersOfCsvThatNoBigintHoldsStay() {
        put("2013/02/08/a.csv", "id,x\n12345678901234567890123,1.5\n1,12345678901234567890123\n");
        put("2013/02/09/a.csv", "id,x\n1,1.5\n2,2.5\n");

        JsonNode proposal = init();

        assertThat(columns(proposal)).as(texts(proposal)).isEqualTo("id decimal(38,0), x string");
        assertThat(texts(proposal)).doesNotContain("thousands");
    }

    @Test
    void namesThatDifferInCaseAloneAreForAPerson() {
        put("2013/02/08/a.json", "{\"a\": 1, \"A\": 2, \"b\": 3}\n");

        JsonNode proposal = init();

        assertThat(columns(proposal)).as(texts(proposal)).isEqualTo("a bigint, b bigint");
        assertThat(texts(proposal)).contains("the fields a and A stand beside each other and are one column");
        assertThat(proposal.path("verdict").asText()).isEqualTo("DECIDE");
    }

    @Test
    void nameThatRecordsSpellDifferentlyIsOneColumn() {
        put("2013/02/08/a.json", "{\"a\": 1}\n{\"A\": \"x\"}\n");

        JsonNode proposal = init();

        assertThat(columns(proposal)).as(texts(proposal)).isEqualTo("a string");
        assertThat(texts(proposal)).doesNotContain("fields a and A");
    }

    @Test
    void headerWithNamesThatDifferInCaseAloneIsForAPerson() {
        put("2013/02/08/a.csv", "a,A\n1,x\n2,y\n");

        assertThat(texts(init())).contains("the fields a and A stand beside each other and are one column");
    }

    @Test
    void fileWithoutQuotesIsInAQuotedDialect() {
        put("2013/02/08/a.csv", "a,b\n1,x\n2,y\n");
        put("2013/02/09/a.csv", "a,b\n3,\"x, z\"\n4,y\n");

        JsonNode proposal = init();

        assertThat(texts(proposal)).doesNotContain("dialect", "another");
        assertThat(proposal.at("/spec/source/csv/quoted").asBoolean()).isTrue();
    }

    @Test
    void dialectsThatDifferAreDescribedInWords() {
        put("2013/02/08/a.csv", "a,b\n1,x\n2,y\n");
        put("2013/02/09/a.csv", "3;x\n4;\"y\"\n");

        JsonNode proposal = init();

        assertThat(texts(proposal))
                .contains(
                        "2013/02/09/a.csv is CSV with ';' between fields, quotes and no header, and the first file with"
                                + " ',' between fields, no quotes and a header")
                .doesNotContain("CsvOptions");
        assertThat(proposal.at("/spec/csv/quoted").asBoolean(true)).isFalse();
    }

    /** The output in the tutorial is that for the sample's files. */
    @Test
    void tutorialShowsItsOutput() throws IOException {
        fixture.cli.aws.s3().createBucket("landing");
        Path landed = Path.of("../samples/orders/landed");
        try (Stream<Path> files = Files.walk(landed)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                fixture.cli.aws.s3().put("landing", "orders/" + landed.relativize(file), Files.readString(file));
            }
        }
        String command = "$ ./scripts/fanin init s3://landing/orders/\n";
        String tutorial = Files.readString(Path.of("../docs/tutorial.md"));
        String shown = tutorial.substring(tutorial.indexOf(command) + command.length());

        Done done = fixture.cli.run("init", "s3://landing/orders/");

        String printed = done.out() + done.err();
        assertThat(shown.substring(0, shown.indexOf("```")).lines().filter(line -> !line.equals("...")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(printed.lines()).as(printed).contains(line));
    }
}
