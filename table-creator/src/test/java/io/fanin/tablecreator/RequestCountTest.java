package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.fakes.Call;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What registering costs: exactly these requests. */
class RequestCountTest {

    private final RunFixture fixture = new RunFixture();

    @ParameterizedTest
    @CsvSource({
        "24,  false, 'GetTable UpdateTable BatchCreatePartition BatchGetPartition UpdateTable'",
        "24,  true,  'GetTable BatchGetPartition UpdateTable BatchCreatePartition BatchGetPartition UpdateTable'",
        "101, false, 'GetTable UpdateTable BatchCreatePartition BatchCreatePartition BatchGetPartition UpdateTable'",
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
                        "UpdateTable");
    }

    @Test
    void stateBucketIsAskedForEachResultOnceAndLittleElse() {
        Pass pass = fixture.createTable().pass(RUN, 0, hours(250));
        fixture.aws.log().reset();

        pass.register();

        List<Call> calls = fixture.aws.log().calls().stream()
                .filter(call -> call.service().equals("s3"))
                .toList();
        assertThat(calls)
                .filteredOn(call -> call.target().contains("/results/"))
                .hasSize(250);
        assertThat(calls).hasSizeLessThanOrEqualTo(266);
    }

    @Test
    void redriveOfOnePartitionCostsTheLookAtWhatWasOutstandingMore() {
        fixture.pass(RUN, 0, hours(24)).failing(17).register();
        Pass pass = fixture.pass(RUN, 1, hour(17));
        fixture.aws.log().reset();

        pass.register();

        assertThat(glueOperations())
                .containsExactly(
                        "GetTable", "BatchGetPartition", "BatchCreatePartition", "BatchGetPartition", "UpdateTable");
    }

    private List<String> glueOperations() {
        return fixture.aws.log().calls().stream()
                .filter(call -> call.service().equals("glue"))
                .map(Call::operation)
                .toList();
    }
}
