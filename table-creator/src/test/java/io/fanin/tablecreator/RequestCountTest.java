package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.fakes.Call;
import io.fanin.model.json.Json;
import io.fanin.model.run.detection.DetectionReport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exact requests of a registration. */
class RequestCountTest {

    private final RunFixture fixture = new RunFixture();

    @ParameterizedTest
    @CsvSource({
        "24,  false, 'GetTable GetTable UpdateTable BatchCreatePartition BatchGetPartition GetTable UpdateTable'",
        "24,  true,  'GetTable BatchGetPartition GetTable UpdateTable BatchCreatePartition BatchGetPartition GetTable UpdateTable'",
        "101, false, 'GetTable GetTable UpdateTable BatchCreatePartition BatchCreatePartition BatchGetPartition GetTable UpdateTable'",
    })
    void glueIsAskedNoMoreThanNeeded(int partitions, boolean oneFails, String expected) {
        fixture.createTable();
        Pass pass = fixture.pass(RUN, 0, hours(partitions), 8);
        if (oneFails) {
            pass.failing(0);
        }
        fixture.aws.log().reset();

        pass.register();

        assertThat(glueOperations()).containsExactly(expected.split(" "));
    }

    @Test
    void tenThousandPartitionsTakeAHundredBatchesAndLittleElse() {
        Pass pass = fixture.createTable().pass(RUN, 0, hours(10_000), 100);
        fixture.aws.log().reset();

        pass.register();

        assertThat(glueOperations())
                .hasSizeLessThanOrEqualTo(230)
                .containsSubsequence(
                        "GetTable", "UpdateTable", "BatchCreatePartition", "BatchGetPartition", "UpdateTable");
        assertThat(fixture.aws.log().count("BatchCreatePartition")).isEqualTo(100);
        assertThat(fixture.aws.log().count("BatchGetPartition")).isEqualTo(10);
    }

    @Test
    void absentTableCostsItsCreationMore() {
        Pass pass = fixture.pass(RUN, 0, hours(24));
        fixture.aws.log().reset();

        pass.register();

        assertThat(glueOperations())
                .containsExactly(
                        "GetTable",
                        "GetTable",
                        "GetDatabase",
                        "CreateDatabase",
                        "CreateTable",
                        "GetTable",
                        "BatchCreatePartition",
                        "BatchGetPartition",
                        "GetTable",
                        "UpdateTable");
    }

    /** The second run of a table, as every hour begins one: 24 results and fifteen more. */
    @Test
    void stateBucketIsAskedForEachDocumentOnce() {
        Pass pass = detectedPass(24);

        pass.register();

        assertThat(stateRequests())
                .containsExactly(
                        "GetObject runs/nightly-2/spec.json",
                        "GetObject runs/nightly-2/pass-0/manifest.json",
                        "GetObject tables/analytics/flights/state.json",
                        "PutObject tables/analytics/flights/lease.json",
                        "24 results",
                        "PutObject tables/analytics/flights/state.json",
                        "PutObject runs/nightly-2/pass-0/report.json",
                        "PutObject runs/nightly-2/report.json",
                        "PutObject tables/analytics/flights/lease.json",
                        "GetObject tables/analytics/flights/calendar.json",
                        "PutObject tables/analytics/flights/calendar.json",
                        "GetObject tables/analytics/flights/history.json",
                        "PutObject tables/analytics/flights/history.json",
                        "PutObject runs/nightly-2/report.html",
                        "PutObject tables/analytics/flights/index.html");
    }

    @Test
    void environmentReadsTheSpecOnceForARun() {
        Pass pass = detectedPass(24);
        pass.register();
        fixture.aws.log().reset();

        pass.register();

        assertThat(stateRequests()).noneMatch(request -> request.endsWith("/spec.json"));
    }

    /** Requests with a bus that is notified, too. */
    @Test
    void tellingCostsALookAndAMarkMore() {
        Pass pass = detectedPass(24);

        pass.registerAndTell();

        assertThat(stateRequests())
                .hasSize(15 + 2)
                .endsWith(
                        "GetObject runs/nightly-2/told/0-complete-event.json",
                        "PutObject runs/nightly-2/told/0-complete-event.json");
    }

    /** A pass of a later run than one that has come to its end, which the detector has begun. */
    private Pass detectedPass(int partitions) {
        fixture.pass(RUN, 0, hour(0)).register();
        Pass pass = fixture.pass(RunFixture.LATER_RUN, 0, hours(partitions));
        String saw =
                "{\"found\":1,\"registered\":0,\"skipped\":{},\"skippedSample\":[],\"after\":\"%s\",\"tableCreated\":%s}"
                        .formatted(RUN, Json.text(fixture.created()));
        fixture.starts.beginLeased(RunFixture.LATER_RUN, Json.read(saw, DetectionReport.class, "detection"));
        fixture.newEnvironment();
        fixture.aws.log().reset();
        return pass;
    }

    private List<String> stateRequests() {
        List<String> requests = new ArrayList<>();
        int results = 0;
        for (Call call : fixture.aws.log().calls()) {
            if (call.service().equals("s3") && call.target().contains("/results/")) {
                results++;
                if (results == 1) {
                    requests.add("results");
                }
            } else if (call.service().equals("s3")) {
                requests.add(call.operation() + " " + call.target().replace("state/", ""));
            }
        }
        int all = results;
        requests.replaceAll(request -> request.equals("results") ? all + " results" : request);
        return requests;
    }

    @Test
    void redriveCostsOneReadOfOutstandingPartitionsMore() {
        fixture.pass(RUN, 0, hours(24)).failing(17).register();
        Pass pass = fixture.pass(RUN, 1, hour(17));
        fixture.aws.log().reset();

        pass.register();

        assertThat(glueOperations())
                .containsExactly(
                        "GetTable",
                        "BatchGetPartition",
                        "BatchCreatePartition",
                        "BatchGetPartition",
                        "GetTable",
                        "UpdateTable");
    }

    private List<String> glueOperations() {
        return fixture.aws.log().calls().stream()
                .filter(call -> call.service().equals("glue"))
                .map(Call::operation)
                .toList();
    }
}
