package io.fanin.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.cli.console.Hints;
import io.fanin.cli.init.Amount;
import io.fanin.cli.init.Amount.Precision;
import io.fanin.cli.init.TableProposal;
import io.fanin.cli.init.TableProposal.Verdict;
import io.fanin.cli.init.TableSurvey;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.s3.S3Pages;
import io.fanin.fakes.FakeAws;
import io.fanin.model.json.Json;
import io.fanin.model.run.detection.Plan;
import io.fanin.model.table.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tables made by other tools. The proposed spec is correct, and a run with it processes exactly the partitions that are
 * not registered. Tables of awswrangler 3.17.1 and PySpark 4.3.0 are recorded, by the scripts next to them; the others
 * follow the tools' documentation.
 */
class ToolTablesTest {

    private static final Path FOLDER = Path.of("src/test/resources/tools");

    private final FakeAws aws = new FakeAws();
    private final GlueCatalog catalog = new GlueCatalog(aws.glue().client());

    /** The last partition of recorded tables is not registered. */
    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "awswrangler | bucketed    | READY | {}",
                "awswrangler | csv         | READY | {}",
                "awswrangler | dates       | READY | {}",
                "awswrangler | json        | READY | {}",
                "awswrangler | metadata    | READY | {}",
                "awswrangler | numbers     | READY | {}",
                "awswrangler | overwritten | READY | {}",
                "awswrangler | texts       | CHECK | {'partitionKeys':[{'name':'text','type':'string','format':'yyyy-MM-dd'},{'name':'region','type':'string'}]}",
                "awswrangler | projected   | DECIDE | {'partitionKeys':[{'name':'text','type':'string','format':'yyyy-MM-dd'}]}",
                "pyspark | dates      | READY | {}",
                "pyspark | hive       | READY | {}",
                "pyspark | hours      | READY | {}",
                "pyspark | mixed      | READY | {}",
                "pyspark | numbers    | READY | {}",
                "pyspark | orc        | READY | {'processor':{'type':'register'}}",
                "pyspark | texts      | READY | {}",
                "pyspark | timestamps | READY | {}",
                "documented | dbt_athena        | READY | {}",
                "documented | spark_datasource  | READY | {}",
                "documented | glue_job          | READY | {}",
                "documented | hive_msck         | CHECK | {'partitionKeys':[{'name':'dt','type':'string','format':'yyyy-MM-dd'},{'name':'country','type':'string'}],"
                        + "'processor':{'type':'register'}}",
                "documented | crawled           | CHECK | {'partitionKeys':[{'name':'partition_0','type':'string','format':'yyyy'},{'name':'partition_1','type':'string','format':'MM'},"
                        + "{'name':'partition_2','type':'string','format':'dd'}],'layout':'${partition_0}/${partition_1}/${partition_2}'}",
                "documented | firehose          | READY | {'layout':'${year}/${month}/${day}/${hour}'}",
                "documented | firehose_prefixed | READY | {}",
                "documented | trail_partitioned | READY | {'layout':'${region}/${year}/${month}/${day}','processor':{'type':'register'}}",
                "documented | trail_projected   | DECIDE | {'location':'s3://logs/AWSLogs/123456789012/CloudTrail/eu-west-1/',"
                        + "'partitionKeys':[{'name':'timestamp','type':'string','format':'yyyy/MM/dd'}],'layout':'${timestamp}','processor':{'type':'register'}}",
                "documented | alb               | DECIDE | {'partitionKeys':[{'name':'day','type':'string','format':'yyyy/MM/dd'}],'layout':'${day}','processor':{'type':'register'}}",
                "documented | flow_logs         | CHECK | {'partitionKeys':[{'name':'date','type':'date','format':'yyyy/MM/dd'}],'layout':'${date}'}",
                "documented | flow_logs_hive    | READY | {}",
                "documented | flow_logs_projected | DECIDE | {'partitionKeys':[{'name':'accountid','type':'string'},{'name':'region','type':'string'},"
                        + "{'name':'day','type':'string','format':'yyyy/MM/dd'}],'layout':'${accountid}/vpcflowlogs/${region}/${day}'}",
                "documented | s3_access_logs    | DECIDE | {'location':'s3://logs/s3/123456789012/eu-west-1/lake/',"
                        + "'partitionKeys':[{'name':'timestamp','type':'string','format':'yyyy/MM/dd'}],'layout':'${timestamp}','processor':{'type':'register'}}",
                "documented | waf               | DECIDE | {'partitionKeys':[{'name':'log_time','type':'string','format':'yyyy/MM/dd/HH/mm'}],'layout':'${log_time}'}",
            })
    void firstRunProcessesWhatIsMissing(String tool, String name, Verdict verdict, String spec) throws IOException {
        JsonNode made = made(tool, name);
        Set<String> registered = put(made, !tool.equals("documented"));

        TableProposal proposal = proposed(name);

        JsonNode proposed = proposal.spec().orElseThrow();
        assertThat(shown(proposed)).isEqualTo(spec);
        assertThat(proposal.verdict()).as(proposal.findings().toString()).isEqualTo(verdict);
        aws.glue()
                .alterTable("raw", name, table -> ((ObjectNode) table.path("Parameters")).remove("projection.enabled"));
        Plan plan = new DryRun(aws, bucket(made)).of(proposed);
        Set<String> missing = folders(made).stream()
                .filter(folder -> !registered.contains(folder))
                .collect(Collectors.toSet());
        assertThat(missing).isNotEmpty();
        assertThat(plan.detection().counts().pending().sample())
                .extracting(Plan.Planned::prefix)
                .containsExactlyInAnyOrderElementsOf(missing);
        Amount said = proposal.firstRun().orElseThrow().unregistered();
        if (said.precision() == Precision.EXACT) {
            assertThat(said.count()).isEqualTo(missing.size());
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "awswrangler, unpartitioned,   has no partition keys",
        "pyspark,     unpartitioned,   has no partition keys",
        "documented,  hudi,            is of format hudi",
        "documented,  iceberg,         is of format iceberg",
        "documented,  delta_manifests, reads lists of files instead of folders",
    })
    void tableThatKeepsItsOwnListIsLeftOut(String tool, String name, String why) throws IOException {
        put(made(tool, name), false);

        TableProposal proposal = proposed(name);

        assertThat(proposal.verdict()).isEqualTo(Verdict.LEFT_OUT);
        assertThat(proposal.findings().toString()).contains(why);
    }

    /** Only Spark knows the location, SerDe and columns of a table that it makes of JSON or CSV. */
    @ParameterizedTest
    @ValueSource(strings = {"json", "csv"})
    void tableThatOnlySparkReadsIsForAPerson(String name) throws IOException {
        put(made("pyspark", name), true);

        TableProposal proposal = proposed(name);

        assertThat(proposal.verdict()).isEqualTo(Verdict.DECIDE);
        assertThat(proposal.findings().toString()).contains("is a placeholder of Spark's");
    }

    /** awswrangler writes {@code a/b} as two folders, of which a run would consider the first a partition. */
    @Test
    void valuesWithSlashesAreForAPerson() throws IOException {
        put(made("awswrangler", "slashes"), true);

        TableProposal proposal = proposed("slashes");

        assertThat(proposal.verdict()).isEqualTo(Verdict.DECIDE);
        assertThat(proposal.findings().toString())
                .contains("1 of 2 registered partitions have other values", "such as [a/b] at path=a/b/");
    }

    private static JsonNode made(String tool, String name) throws IOException {
        JsonNode found = Json.documents()
                .readTree(Files.readString(FOLDER.resolve(tool + ".json")))
                .path(name);
        assertThat(found.isObject()).as(name).isTrue();
        return found;
    }

    private TableProposal proposed(String name) {
        return new TableSurvey(catalog, new S3Pages(aws.s3().client()), new Hints("fanin", "", List.of()))
                .of(catalog.table(new TableName("raw", name)).orElseThrow());
    }

    /** Puts the table, its objects and its partitions, and returns the prefixes of those that are registered. */
    private Set<String> put(JsonNode made, boolean isWithoutLast) {
        String name = made.at("/table/Name").asText();
        aws.glue()
                .createDatabase("raw")
                .putTable("raw", name, made.path("table").deepCopy());
        aws.s3().createBucket(bucket(made));
        elements(made.path("keys")).forEach(key -> aws.s3().put(bucket(made), key.asText(), "x"));
        List<JsonNode> partitions = elements(made.path("partitions"));
        return partitions.subList(0, Math.max(0, partitions.size() - (isWithoutLast ? 1 : 0))).stream()
                .map(partition -> registered(name, partition))
                .collect(Collectors.toSet());
    }

    private String registered(String table, JsonNode partition) {
        String location = partition.path("Location").asText();
        List<String> values = elements(partition.path("Values")).stream()
                .map(JsonNode::asText)
                .toList();
        aws.glue().putPartition("raw", table, values, location);
        String prefix = location.substring(location.indexOf('/', "s3://".length()) + 1);
        return prefix.endsWith("/") ? prefix : prefix + "/";
    }

    private static Set<String> folders(JsonNode made) {
        return elements(made.path("keys")).stream()
                .map(JsonNode::asText)
                .filter(key -> !key.endsWith("/_SUCCESS"))
                .map(key -> key.substring(0, key.lastIndexOf('/') + 1))
                .collect(Collectors.toSet());
    }

    private static String bucket(JsonNode made) {
        return made.at("/table/StorageDescriptor/Location").asText().split("/", -1)[2];
    }

    private static String shown(JsonNode spec) {
        ObjectNode shown = spec.deepCopy();
        shown.remove(List.of("database", "table"));
        return shown.toString().replace('"', '\'');
    }

    private static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
