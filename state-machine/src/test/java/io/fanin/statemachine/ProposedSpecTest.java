package io.fanin.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.cli.console.Hints;
import io.fanin.cli.init.FirstRun;
import io.fanin.cli.init.RawSurvey;
import io.fanin.cli.init.TableProposal;
import io.fanin.cli.init.TableSurvey;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.S3Pages;
import io.fanin.fakes.FakeAws;
import io.fanin.model.json.Json;
import io.fanin.model.run.detection.DetectionSummary;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run with the spec that {@code fanin init} proposes finds the predicted partitions. */
class ProposedSpecTest {

    private static final TableName TABLE = new TableName("raw", "t");

    private final FakeAws aws = new FakeAws();
    private final GlueCatalog catalog = new GlueCatalog(aws.glue().client());

    /**
     * Each path has a data object. Those with an {@code @} are also registered as partitions, with the values after it.
     */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "dt:date hour:int | '' | dt=2013-02-08/hour=17@2013-02-08,17 dt=2013-02-08/hour=18 dt=2013-02-09/hour=3 backup/x dt=latest/hour=1",
                "dt:string | '' | dt=2013-02-08@2013-02-08 dt=2013-02-09",
                "partition_0:string partition_1:string partition_2:string | '' | 2013/02/08@2013,02,08 2013/02/09 2014/11/30",
                "dt:string partition_1:string | '' | dt=2013-02-08/us@2013-02-08,us dt=2013-02-09/eu",
                "dt:string | '' | 2013/02/08/17@2013/02/08/17 2013/02/08/18 2013/02/09/03",
                "region:string day:string | '' | AWSLogs/eu/2013/02/08 AWSLogs/us/2013/02/09 AWSLogs/us/2013/02/10",
                "year:int month:int day:int | '' | year=2013/month=2/day=8 year=2013/month=02/day=9@2013,2,9 year=2014/month=1/day=1",
                "y:string m:string d:string | '' | y=2013/m=2/d=8 y=2013/m=11/d=9 y=2014/m=1/d=1",
                "dt:date | '' | dt=20130208@2013-02-08 dt=20130209",
                "n:int | '' | n=7 n=07 n=8",
                "year:string | '' | year=13 year=14",
                "dt:string | dt.type=date;dt.format=yyyy/MM/dd/HH;template=s3://lake/t/x/${dt} | x/2013/02/08/17 x/2013/02/08/18 y/2013",
                "region:string dt:date | region.type=enum;dt.type=date;dt.format=yyyyMMdd;template=s3://lake/t/${region}/${dt}/ | eu/20130208 us/20130209",
                "n:int | n.type=integer;n.digits=2 | n=01 n=02",
            })
    void runFindsWhatWasSaid(String keys, String projection, String paths) throws IOException {
        aws.s3().createBucket("lake");
        aws.glue().createDatabase(TABLE.database()).putTable(TABLE.database(), TABLE.table(), table(keys, projection));
        for (String path : paths.split(" ", -1)) {
            String[] parts = path.split("@", 2);
            aws.s3().put("lake", "t/" + parts[0] + "/part-0.parquet", "x");
            if (parts.length > 1) {
                String location = "s3://lake/t/" + parts[0] + "/";
                aws.glue().putPartition(TABLE.database(), TABLE.table(), List.of(parts[1].split(",", -1)), location);
            }
        }

        TableProposal proposal = new TableSurvey(
                        catalog, new S3Pages(aws.s3().client()), new Hints("fanin", "", List.of()))
                .of(catalog.table(TABLE).orElseThrow());
        FirstRun said = proposal.firstRun().orElseThrow();
        aws.glue()
                .alterTable(
                        TABLE.database(),
                        TABLE.table(),
                        table -> ((ObjectNode) table.get("Parameters")).remove("projection.enabled"));
        DetectionSummary found = plan(proposal.spec().orElseThrow());

        assertThat(said.found().count()).isEqualTo(found.found());
        assertThat(said.unregistered().count()).isEqualTo(found.reasons().getOrDefault(Reason.NEW, 0L));
        assertThat(said.unfit().count())
                .isEqualTo(found.skippedReasons().entrySet().stream()
                        .filter(skipped -> skipped.getKey().isUnfit())
                        .mapToLong(Map.Entry::getValue)
                        .sum());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "dt=2013-02-08/hour=7 dt=2013-02-08/hour=8 dt=2013-02-09/hour=7",
        "2013/02/08/17 2013/02/08/18 2013/03/09/03",
        "logs/eu/2013/02/08 logs/us/2013/02/09 logs/us/2013/02/10",
        "2013-02-08 2013-02-09",
    })
    void runFindsRawDataThatWasSaid(String paths, @TempDir Path temporary) throws IOException {
        aws.s3().createBucket("lake");
        for (String path : paths.split(" ", -1)) {
            aws.s3().put("lake", "t/" + path + "/part-0.json", "{\"n\": 1}\n");
        }

        TableProposal proposal = new RawSurvey(
                        new S3Pages(aws.s3().client()),
                        bucket -> new BucketReader(aws.s3().client(), bucket),
                        temporary)
                .of(S3Location.of("s3://lake/t/"));
        FirstRun said = proposal.firstRun().orElseThrow();
        DetectionSummary found = plan(proposal.spec().orElseThrow());

        assertThat(said.found().count()).isEqualTo(found.found());
        assertThat(said.unregistered().count()).isEqualTo(found.reasons().getOrDefault(Reason.NEW, 0L));
        assertThat(said.unfit().count()).isZero();
    }

    private static ObjectNode table(String keys, String projection) {
        ObjectNode table = Json.documents().createObjectNode().put("Name", TABLE.table());
        ObjectNode storage = table.putObject("StorageDescriptor").put("Location", "s3://lake/t/");
        storage.putArray("Columns").addObject().put("Name", "v").put("Type", "string");
        storage.putObject("SerdeInfo")
                .put("SerializationLibrary", "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe");
        for (String key : keys.split(" ", -1)) {
            String[] parts = key.split(":", 2);
            table.withArray("PartitionKeys").addObject().put("Name", parts[0]).put("Type", parts[1]);
        }
        ObjectNode parameters = table.putObject("Parameters");
        Stream.of(projection.split(";", -1))
                .filter(parameter -> !parameter.isEmpty())
                .map(parameter -> parameter.split("=", 2))
                .forEach(parameter -> parameters
                        .put("projection.enabled", "true")
                        .put(
                                parameter[0].equals("template")
                                        ? "storage.location.template"
                                        : "projection." + parameter[0],
                                parameter[1]));
        return table;
    }

    private DetectionSummary plan(JsonNode spec) throws IOException {
        return DetectionSummary.of(new DryRun(aws, "lake").of(spec).detection().counts());
    }
}
